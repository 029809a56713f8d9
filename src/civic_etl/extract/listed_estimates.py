"""Items that tell the parts of what the sentence above them estimates.

("Tổng đàn ước đạt 12.000 con, trong đó:", "- Trâu 2.000 con")
"""

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns

_WHOLE = patterns("kind_words.yaml")["estimated_whole"]
# blanks before the sign of an item
_INDENT = 40


def is_part_of_estimate(context: Context, block: Block) -> bool:
    """Whether a block is an item below such a sentence, and no item beside it."""
    if block.lead_in is None or block.kind not in {"bullet", "row"}:
        return False
    line = context.text.rfind("\n", 0, block.lead_in[0]) + 1
    beside = (
        context.text[line : line + _INDENT].lstrip()[:1] == context.text[block.start]
        and not context.text[block.start].isalnum()
    )
    return not beside and _WHOLE.fullmatch(context.folded, *block.lead_in) is not None
