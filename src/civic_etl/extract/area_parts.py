"""Parts of an area that is told of something done or suffered, though their names are those of stocks of the place."""

from civic_etl.extract.count_parts import is_part
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART
from civic_etl.extract.link import Link

_STOCKS = frozenset({"forest_area", "agricultural_land_area", "natural_area"})


def part_of_area(figure: Figure, link: Link, frame: Frame) -> str | None:
    """What a part of an area is of, where its words alone name a stock; "other" where the whole has no code.

    ("cấp giấy chứng nhận cho 130 ha, trong đó đất nông nghiệp 120 ha"; the next sentence may open with "trong đó")
    """
    if link.code not in _STOCKS:
        return None
    whole = next((d for d in frame.backwards() if _is_whole(d, figure)), None)
    return whole.code if whole is not None and whole.code not in _STOCKS else None


def _is_whole(draft: Draft, figure: Figure) -> bool:
    if draft.quantity.unit != figure.q.unit or draft.measure != "level" or draft.value < figure.q.value:
        return False
    first = figure.spot.sentence.start
    if draft.sentence.start == first:
        return is_part(figure, draft)
    return figure.folded.startswith(PART, first)
