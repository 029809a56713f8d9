"""Whether a title is that of a plan, and which of its sections tell how things are."""

from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns

_WORDS = patterns("kind_words.yaml")


def is_plan_title(title: str) -> bool:
    """Whether a folded title is that of a plan ("Nghị quyết của HĐND huyện về nhiệm vụ năm 2012")."""
    return _WORDS["plan_title"].search(title) is not None and _WORDS["heading_result"].search(title) is None


def tells_how_things_are(folded: str, block: Block) -> bool:
    """Whether the nearest heading above a block of a plan is of how things are ("1. Tình hình chăn nuôi")."""
    if not block.headings:
        return False
    heading = block.headings[-1]
    return _WORDS["as_things_are"].search(folded, *heading) is not None and (
        _WORDS["heading_target"].search(folded, *heading) is None
    )
