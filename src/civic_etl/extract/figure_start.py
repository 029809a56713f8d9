"""Takes up a figure: its unit where it is left out, its number as it is meant, the cues round it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from civic_etl.extract.bare_numbers import counts_hurt, unit_of_bare
from civic_etl.extract.built_works import unit_of_works
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import MOVES, Figure, Spot
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.measure import Surroundings, surroundings
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrase_position import is_told_apart
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.quantity import is_whole
from civic_etl.extract.told_beside import unit_told_beside

# units that are counted one by one: a comma in their numbers groups thousands ("1,250 hộ")
_COUNTED_UNITS = frozenset(read_data("elision.yaml")["counted_units"])
# units of nouns that say little, and those whose longer nouns they may stand for
_GENERAL, _NAMED_LONGER = frozenset({"unit", "agency"}), _COUNTED_UNITS | {"blood_unit"}
# nouns that quarters of a ward are counted by, and spots of any kind
_SPOTS = frozenset({"khu vực"})
# a bare "tổ" is a quarter of a ward, or a team of any kind
_TEAM = "tổ"
# among so many figures before it the last one that says which
_COUNTED_BEFORE = 30
_TEAMS_OR_QUARTERS = frozenset({"group", "residential_group"})
_QUARTERS = tuple(read_data("elision.yaml")["quarters"])
_TITLE_REACH = 40
# a bare "nhóm" counts groups of goods where its sentence speaks of those ("trong 11 nhóm hàng có 7 nhóm tăng giá")
_GROUP, _OF_GOODS = "nhóm", re.compile(r"\bnhóm (?:mặt )?hàng\b")
# a bare "phần" counts gifts where its sentence speaks of them ("quà của tỉnh là 80 phần, mỗi phần 300.000 đồng")
_SHARE, _GIVEN = " phần", compiled("figure_words.yaml", "given")
_GIVEN_REACH = 90
_JOINT = re.compile(r"\s*(?:và|,)\s*")
_SHARED_REACH = 60
_FIRST_REACH = 300
_TOLD_REACH = 600
_OPENS_ITEM = (";", ",", ":", ".", "-", "+", "*", "nếu", "nhưng")
# measures that a comparison told first is of
_RELATED = frozenset({"rise", "fall", "equal", "exceed", "times"})
_TOLD_FIRST, _OF_PLAN, _AGAIN, _BELOW_PLAN = (
    compiled("figure_words.yaml", key) for key in ("told_first", "of_plan", "again", "below_plan")
)
_BELOW, _BELOW_REACH = re.compile(r"(?:thấp|cao) hơn\s*$"), 12


def _named_longer(q: Quantity, frame: Frame) -> str:
    """The unit of a count whose noun says more before, for one with its first words only; "" where none is.

    ("10 tổ chức cơ sở đảng hoàn thành xuất sắc, 38 tổ chức hoàn thành tốt", "hiến 246 đơn vị máu, ... lên 517 đơn vị")
    """
    if q.noun not in _SPOTS and (q.unit not in _GENERAL or not q.noun):
        return ""
    before = [d.quantity for d in frame.backwards() if d.quantity.noun.startswith(q.noun + " ")]
    if q.noun in _SPOTS:
        # "20/22 khu vực kinh doanh tự phát (đã xóa 5/22 khu vực)": no quarters of a ward
        return next((other.unit for other in before[:1] if other.unit == "unit"), "")
    return next((other.unit for other in before if other.unit in _NAMED_LONGER), "")


def _before_of(q: Quantity, frame: Frame) -> Draft | None:
    """The last level of the paragraph in the unit of a change that opens its sentence ("So với cùng kỳ, tăng 4 vụ")."""
    return frame.level_before(q.unit) if q.unit not in RATES else None


def _counts_of(frame: Frame) -> Iterator[Quantity]:
    """The counts of the paragraph before a sentence, last first."""
    return (d.quantity for d in reversed(frame.trail.recent) if d.measure == "level")


def _told(spot: Spot, frame: Frame) -> Iterator[Quantity]:
    """The levels told not far before a sentence, last first, whatever paragraph they are of."""
    near = (d for d in reversed(frame.trail.told) if spot.sentence.start - d.quantity.end < _TOLD_REACH)
    return (d.quantity for d in near if d.measure == "level" and d.code != "other")


class FigureStart:
    """Takes up the figures of one document."""

    def __init__(self, context: Context, elision: Elision) -> None:
        self._context = context
        self._elision = elision

    def take_up(self, q: Quantity, spot: Spot, frame: Frame) -> Figure:
        """A figure with its surroundings; a sentence without a subject is given that of the one before."""
        elided = False
        counted = next((d for d in reversed(frame.seen) if d.quantity.unit not in RATES), None)
        if counts_hurt(self._context, q, spot):
            q = replace(q, unit="person")
        elif counted is not None and (unit := self._elision.counted_unit(q, counted.quantity, spot.floor)):
            q, elided = replace(q, unit=unit), self._elision.tells_state(q)
        elif counted is None and (unit := self._listed_unit(q, spot, frame)):
            q = replace(q, unit=unit)
        recent = frame.trail.recent
        if frame.draft is None and recent and spot.opens and self._elision.opens_with_ratio(q, spot.sentence):
            frame.draft = frame.last = _before_of(q, frame) or recent[-1]
        if q.ambiguous and q.unit in _COUNTED_UNITS and not is_whole(q.value):
            q = replace(q, value=q.value * 1000, upper=q.upper * 1000 if q.upper is not None else None)
        if not is_told_apart(self._context.line, q) and (longer := _named_longer(q, frame)):
            q = replace(q, unit=longer)
        if q.noun == _TEAM and self._is_team(q):
            q = replace(q, unit="group")
        if q.noun == _GROUP and _OF_GOODS.search(self._context.folded, spot.sentence.start, q.start) is not None:
            q = replace(q, unit="unit")
        folded = self._context.folded
        if unit := unit_of_works(folded, q, spot) or unit_told_beside(folded, q, spot):
            q = replace(q, unit=unit)
        if q.unit == "unit" and self._is_gift(q, spot):
            q = replace(q, unit="gift", noun=_SHARE.strip(), end=max(q.end, q.number_end + len(_SHARE)))
        around = self._around(q, spot)
        if unit := unit_of_bare(self._context, q, spot, around):
            q = replace(q, unit=unit)
        apart = is_told_apart(self._context.line, q)
        return Figure(q, spot, self._context.folded, around, elided=elided, apart=apart)

    def _listed_unit(self, q: Quantity, spot: Spot, frame: Frame) -> str:
        """The unit of the first bare number of a list, told before its sentence."""
        unit = self._elision.listed_unit(q, spot.sentence, _counts_of(frame))
        placed = spot.opens and not unit
        return self._elision.placed_unit(q, spot.sentence, _told(spot, frame)) if placed else unit

    def _is_gift(self, q: Quantity, spot: Spot) -> bool:
        """Whether a bare "phần" behind a number is that of a gift."""
        folded = self._context.folded
        if not folded.startswith(_SHARE, q.number_end) or not is_whole(q.value):
            return False
        low = max(spot.sentence.start, q.start - _GIVEN_REACH)
        told = folded[low : q.start] + folded[q.number_end : q.number_end + _TITLE_REACH]
        return _GIVEN.search(told) is not None

    def _is_team(self, q: Quantity) -> bool:
        """Whether "tổ" counts teams: those counted last, or the text speaks of no quarters, nor is it said of culture.

        ("236 tổ tiết kiệm và vay vốn ở các thôn, tổ dân phố; 219 tổ xếp loại tốt")
        """
        folded = self._context.folded
        if "văn hóa" in folded[q.end : q.end + _TITLE_REACH]:
            return False
        figures = self._context.quantities
        last = figures.first_from(q.start)
        counted = (figures[index] for index in range(last - 1, max(0, last - _COUNTED_BEFORE) - 1, -1))
        # "4 tổ chức hội" are none
        told = (each for each in counted if each.noun.startswith(f"{_TEAM} ") and each.unit in _TEAMS_OR_QUARTERS)
        named = next(told, None)
        if named is not None:
            return named.unit == "group"
        return not any(word in folded for word in _QUARTERS)

    def _around(self, q: Quantity, spot: Spot) -> Surroundings:
        around = surroundings(self._context, q, spot.floor, spot.ceiling)
        if spot.following is not None and around.before in MOVES:
            again = self._told_in_percent(q, spot.following)
            if again is not None:
                return replace(again, before=around.before, before_start=around.before_start)
        if not around.against and around.before in _RELATED and (told := self._told_first(q, spot)):
            against = "plan" if _OF_PLAN.search(told) else "prior"
            return replace(around, against=against, prior_text=told if against == "prior" else "")
        if not around.against and around.before in MOVES and self._is_led_by_plan(q, spot):
            return replace(around, against="plan")
        if around.against or spot.following is None:
            return around
        if q.unit not in RATES:
            return around
        return replace(around, against=self._shared_comparison(q, spot.following))

    def _told_in_percent(self, q: Quantity, following: Quantity) -> Surroundings | None:
        """What stands behind brackets that tell a change again in percent, which is of the change before, too.

        ("tăng 129 tỷ đồng (+5,02%) so với đầu năm")
        """
        if following.unit not in RATES or _AGAIN.fullmatch(self._context.folded, q.end, following.number_start) is None:
            return None
        told = surroundings(self._context, following, q.end, following.end + _SHARED_REACH)
        return told if told.against == "prior" else None

    def _told_first(self, q: Quantity, spot: Spot) -> str:
        """What opens a sentence, or an item of it, as what all its figures are held against; "" without such.

        ("So với cùng kỳ, số dự án cấp mới tăng 5 dự án nhưng vốn đăng ký chỉ bằng 83%")
        """
        folded, low = self._context.folded, max(spot.sentence.start, q.start - _FIRST_REACH)
        told = _TOLD_FIRST.first_in(folded, low, q.start)
        if told is None or ";" in folded[told.end() : q.start]:
            return ""
        before = folded[spot.sentence.start : told.start()].rstrip()
        return told[0] if not before or before.endswith(_OPENS_ITEM) else ""

    def _is_led_by_plan(self, q: Quantity, spot: Spot) -> bool:
        """Whether the item of a list says how far a place is below or above the plan that leads in the list."""
        folded = self._context.folded
        if _BELOW.search(folded, max(spot.floor, q.start - _BELOW_REACH), q.start) is None:
            return False
        return _BELOW_PLAN.search(folded, max(spot.sentence.start, q.start - _FIRST_REACH), q.start) is not None

    def _shared_comparison(self, q: Quantity, following: Quantity) -> str:
        """ "đạt 60% và 58% kế hoạch": the comparison of the second holds for the first."""
        if following.unit not in RATES or not _JOINT.fullmatch(self._context.folded, q.end, following.start):
            return ""
        return surroundings(self._context, following, q.end, following.end + _SHARED_REACH).against
