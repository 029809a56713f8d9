"""Parts of a whole: whether a figure is one, where its words begin, and those of a kind that no category expresses."""

from collections.abc import Sequence

from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART, WORDS

_KIND_REACH = 30


def part_start(figure: Figure) -> int:
    """Where the words of a figure begin: behind "trong đó" or a semicolon between it and the one before."""
    at = figure.folded.rfind(PART, figure.spot.floor, figure.q.start)
    floor = figure.past_brackets if at < 0 else at + len(PART)
    return max(floor, figure.folded.rfind(";", floor, figure.q.start) + 1)


def is_part(figure: Figure, whole: Draft) -> bool:
    """Whether a figure is told as a part of one before it in its sentence."""
    if whole.sentence.start != figure.spot.sentence.start:
        return False
    between = figure.folded[whole.quantity.end : figure.q.start]
    return PART in between or "gồm" in between


def opens_parts(figure: Figure) -> bool:
    """Whether the sentence of a figure opens with "trong đó": it tells the parts of what was told before it.

    ("Kinh tế tăng 6%. Trong đó, dịch vụ tăng 7%")
    """
    return figure.folded.startswith(PART, figure.spot.sentence.start)


def is_told_part(figure: Figure, whole: Draft) -> bool:
    """Whether a figure is told as a part of one before it, or in a sentence behind it that tells its parts."""
    return is_part(figure, whole) if whole.sentence.start == figure.spot.sentence.start else opens_parts(figure)


def is_other_part(figure: Figure, whole: Draft) -> bool:
    """Whether a part of a count or an area is told by what no category expresses ("trong đó 2.900 ha kinh doanh")."""
    q = figure.q
    if q.unit in RATES | {"VND", "USD", "times", ""} or q.unit != whole.quantity.unit or not is_part(figure, whole):
        return False
    return WORDS["part_of_kind"].match(figure.folded, q.end) is not None


def parts_told_behind(figure: Figure, told: Sequence[Draft]) -> Draft | None:
    """The count of the sentence before whose parts a sentence tells by their noun alone.

    ("180 hộ kinh doanh. Trong đó: dịch vụ 90 hộ; xây dựng 20 hộ")
    """
    if not opens_parts(figure):
        return None
    first, q = figure.spot.sentence.start, figure.q
    alike = (d for d in reversed(told) if d.sentence.start < first and d.quantity.unit == q.unit)
    whole = next(alike, None)
    if whole is None or whole.measure != "level" or whole.quantity.value < q.value:
        return None
    return whole


def is_unknown_part(figure: Figure, whole: Draft | None, categories: Categories) -> bool:
    """Whether a bare count is a part of one before, of a kind that no category expresses."""
    if whole is None or not is_other_part(figure, whole):
        return False
    end = min(figure.q.end + _KIND_REACH, figure.spot.ceiling)
    return not categories.has_key(whole.code, part_start(figure), end)
