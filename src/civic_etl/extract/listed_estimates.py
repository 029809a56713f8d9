"""Items that tell the parts of what the sentence above them estimates, or that a line above says are estimates.

("Tổng đàn ước đạt 12.000 con, trong đó:", "- Trâu 2.000 con")
"""

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, has_figure
from civic_etl.extract.patterns import patterns

_PATTERNS = patterns("kind_words.yaml")
_WHOLE, _LIST = _PATTERNS["estimated_whole"], _PATTERNS["estimated_list"]
# blanks before the sign of an item
_INDENT = 40
_ITEMS = frozenset({"bullet", "row"})


def is_part_of_estimate(context: Context, block: Block) -> bool:
    """Whether a block is an item below such a sentence, and no item beside it, or one of a list of estimates."""
    if block.kind not in _ITEMS:
        return False
    return _is_part(context, block) or any(_lists_estimates(context, span) for span in _above(block))


def _is_part(context: Context, block: Block) -> bool:
    if block.lead_in is None:
        return False
    line = context.text.rfind("\n", 0, block.lead_in[0]) + 1
    beside = (
        context.text[line : line + _INDENT].lstrip()[:1] == context.text[block.start]
        and not context.text[block.start].isalnum()
    )
    return not beside and _WHOLE.fullmatch(_joined(context, block.lead_in, line)) is not None


def _joined(context: Context, lead_in: tuple[int, int], line: int) -> str:
    """A lead-in behind the sentence before it in its line, as one ("ước đạt 9,8%. Trong đó:")."""
    before = context.folded[line : lead_in[0]].rstrip(" .")
    return f"{before.rpartition('. ')[2]} {context.folded[slice(*lead_in)]}"


def _above(block: Block) -> list[tuple[int, int]]:
    return [*block.headings, *([block.lead_in] if block.lead_in is not None else [])]


def _lists_estimates(context: Context, span: tuple[int, int]) -> bool:
    """Whether a line without a figure says that what it heads are estimates ("Một số chỉ tiêu ước năm 2020:")."""
    return _LIST.fullmatch(context.folded, *span) is not None and not has_figure(context.folded[slice(*span)])
