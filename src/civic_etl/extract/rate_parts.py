"""Parts of a count that are told by what only its rate knows.

("24/47 trường đạt chuẩn quốc gia, trong đó: mầm non 6/13 trường, tỷ lệ 46%; tiểu học 12/20 trường, tỷ lệ 60%")
"""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.count_parts import part_start
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.own_categories import end_of_item
from civic_etl.extract.unexpressed import ALONE, SUM
from civic_etl.indicators.lexicon import load_lexicon, load_stocks, load_variants

_UNTOLD = frozenset({"part", "inherit", "unlinked", "unit-noun"})
_NAMED = frozenset({"unit-phrase"})


def part_by_rate(figure: Figure, frame: Frame, categories: Categories) -> tuple[str, Breakdown] | None:
    """The count that a part is of, with the categories of its rate that tell the part; None for any other figure."""
    listed = figure.rules[0] in _NAMED and figure.code in load_stocks().codes
    if not (listed or figure.rules[0] in _UNTOLD) or (whole := _whole(figure, frame)) is None:
        return None
    if listed and whole.sentence.start != figure.spot.sentence.start:
        return None
    rate = load_lexicon().rate_of[whole.code]
    low = max(part_start(figure), figure.folded.rfind(",", figure.spot.floor, figure.q.start) + 1)
    found = categories.read(rate, figure.q, low, end_of_item(figure), None)
    told = {key: value for key, value in found.items() if key in load_variants()["rate_only"][whole.code]}
    return (whole.code, told) if told else None


def _whole(figure: Figure, frame: Frame) -> Draft | None:
    """The count whose parts are listed: behind "trong đó", in the next sentence too, and from each part to the next."""
    known, q = load_variants()["rate_only"], figure.q
    counts = [d for d in frame.seen if d.quantity.unit == q.unit and d.measure == "level"]
    if counts and counts[-1].code in known and SUM in counts[-1].rules:
        return counts[-1]
    told = counts or [d for d in frame.trail.recent if d.quantity.unit == q.unit and d.measure == "level"]
    whole = told[-1] if told else None
    if whole is None or whole.code not in known or {SUM, ALONE} & {*whole.rules} or whole.quantity.value <= q.value:
        return None
    start = whole.quantity.end if counts else figure.spot.sentence.start
    return whole if WORDS["tells_parts"].search(figure.folded, start, q.start) is not None else None
