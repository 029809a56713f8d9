"""Numbers with their units, comparators, ranges and fractions; numbers that only name things are left out."""

import re
from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.ambiguous import settled
from civic_etl.extract.comparators import Comparators
from civic_etl.extract.dashed_shares import apart_from, dashed_shares
from civic_etl.extract.exclusions import Exclusions
from civic_etl.extract.leading_units import leading_unit
from civic_etl.extract.lent_scale import with_lent_scale
from civic_etl.extract.lexicon import UnitWord, read_data, unit_words
from civic_etl.extract.number_pairs import Part, is_fraction, is_out_of, is_range, lent_factor, unit_of
from civic_etl.extract.number_pieces import joined
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Quantity
from civic_etl.extract.spoken_ratios import told_in_words
from civic_etl.extract.tokens import TokenLine
from civic_etl.vietnamese.numbers import NumberSpan, scan_numbers

__all__ = ["Quantity", "QuantityReader"]

(
    _MONEY_MAGNITUDE,
    _CARRIED_FAR,
    _RANGE,
    _SLASH,
    _PER_PEOPLE,
    _OUT_OF,
    _BARELY_OUT_OF,
    _DASH,
    _SHARE_DASH,
    _RANKED,
    _RANKED_AMONG,
    _AMONG,
    _NAME_JOINT,
) = (
    compiled("quantities.yaml", key)
    for key in (
        "money_magnitude",
        "carried_far",
        "range",
        "slash",
        "per_people",
        "out_of",
        "barely_out_of",
        "dash",
        "share_dash",
        "ranked",
        "ranked_among",
        "among",
        "name_joint",
    )
)
_WHOLE_BEHIND, _WHOLE_ENDS, _SITES, _AT_SITES, _BEFELL, _SLID, _PLACES, _ROSE, _STANDS_AT = (
    compiled("quantities.yaml", key)
    for key in ("whole_behind", "whole_ends", "sites", "at_sites", "befell", "slid", "places", "rose", "stands_at")
)
# no part of another figure
_NO_PARTS = frozenset({"percent", "permille", "times", "percentage_point"})
_SCALES = frozenset(map(Decimal, read_data("quantities.yaml")["scales"]))
_NOUN = re.compile(r"\s?([^\W\d_]+)")
_CLASSED = frozenset(
    {"product", "school", "household", "cooperative", "enterprise", "establishment", "person", "party_member"}
)
# the class of a product or of a wound ("OCOP hạng 3 sao", "thương binh hạng 1/4")
_CLASS = re.compile(r"\s*(?:sao\b|/\s*4\b)")
_POINTED = re.compile(r"\.\s?(?:đồng|đ)\b")
_MINUS = re.compile(r"trừ\s+")
_MONEY = UnitWord("VND", Decimal(1), False)
_COUNTED = UnitWord("unit", Decimal(1), False)
# the first words of what is counted where the ground slid, each a case of its own
_SPOTS, _SLIDES = frozenset({"điểm", "vị"}), UnitWord("case", Decimal(1), True)
_NO_MONEY = frozenset(read_data("quantities.yaml")["no_money"])
_MAX_UNIT_TOKENS = 8
_STARS = re.compile(r"\s*(?:(?:[-–]|đến)\s*[1-5]\s*)?sao\b")
_RANK_REACH = 24
_ORDINAL = "thứ "
# no rate by so many people is as high, but some of so many people may be
_MOST_BY_PEOPLE = 1000
_NAME_REACH = 6
# two larger numbers with a dash between are years, or the numbers of documents
_MOST_BARE = 1000
_NOUN_REACH = 20
_BEFELL_REACH = 40
# ... and how far before what is done at them
_AT_REACH = 80


class QuantityReader:
    """Reads the quantities of one text."""

    def __init__(self, text: str, folded: str, line: TokenLine, exclusions: Exclusions) -> None:
        self._text = text
        self._folded = folded
        self._line = line
        self._exclusions = exclusions
        self._units = unit_words()
        self._comparators = Comparators(folded, line)
        self._named_end = -1
        # the number looked at last, with its unit: the one behind a number is looked at before its turn
        self._last: Part | None = None

    def read(self) -> list[Quantity]:
        """All quantities, left to right."""
        scanned = (_without_minus(number, self._folded) for number in scan_numbers(self._text))
        shares = list(dashed_shares(self._folded))
        pieces = joined(apart_from(list(scanned), shares), self._text)
        numbers = [n for n in pieces if self._exclusions.may_count(n)]
        found: list[Quantity] = []
        index = 0
        while index < len(numbers):
            quantity, used = self._quantity(numbers, index)
            if quantity is not None:
                found.append(quantity)
            index += used
            while quantity is not None and index < len(numbers) and numbers[index].start < quantity.end:
                # the one that another is counted by ("14 tiêu chí/1 xã")
                index += 1
        found = sorted([*found, *shares, *told_in_words(self._folded)], key=lambda q: q.start)
        found = with_lent_scale(found, self._folded)
        return _mark_parallels(settled(found, self._folded), self._folded)

    def _quantity(self, numbers: list[NumberSpan], index: int) -> tuple[Quantity | None, int]:
        """The quantity that begins with a number, if it is one, and how many numbers it takes."""
        number = numbers[index]
        first = self._part(number)
        upper, over = self._second(numbers, index, first)
        last = over or upper or first
        used = 1 if last is first else 2
        unit, noun = unit_of(first, last)
        whole = self._named_whole(numbers, index, first) if last is first else None
        rank = self._rank(number) if upper is None and not _counts_things(first) else 0
        if rank:
            return _ranked(number, rank), used
        if upper is None and (moved := self._places_moved(number)) is not None:
            return moved, used
        excluded = self._exclusions.excludes(number, last.end, unit is not None, noun, over is not None)
        if excluded or self._named_on(number, unit is not None):
            self._named_end = last.end
            return None, used
        if over is not None and number.value == 1 and over.number.value in _SCALES:
            return None, used
        quantity = self._assemble(first, upper, over, unit, noun=noun)
        if whole is not None:
            # the words between are told of the count, which ends before them
            unit = whole.unit or first.unit
            of = whole.number.value * (unit.factor if unit is not None else 1)
            count, of_all = _counted_of(quantity.value, of)
            quantity = replace(quantity, numerator=count, denominator=of_all)
        return quantity, used if whole is None else 2

    def _named_whole(self, numbers: list[NumberSpan], index: int, first: Part) -> Part | None:
        """What a count is of, behind the rest of its noun ("12 hộ nghèo/350 hộ")."""
        if first.unit is None or not first.noun or first.unit.unit in _NO_PARTS or index + 1 >= len(numbers):
            return None
        gap = self._folded[first.end : numbers[index + 1].start]
        if "/" not in gap or _WHOLE_BEHIND.fullmatch(gap) is None:
            return None
        follower = self._part(numbers[index + 1])
        alike = follower.unit is None or follower.unit.unit == first.unit.unit
        return follower if alike and _WHOLE_ENDS.match(self._folded, follower.end) is not None else None

    def _second(self, numbers: list[NumberSpan], index: int, first: Part) -> tuple[Part | None, Part | None]:
        """The upper end of a range, or the denominator of a fraction, where the next number is one."""
        if index + 1 >= len(numbers):
            return None, None
        follower = self._part(numbers[index + 1])
        gap = self._folded[first.end : follower.number.start]
        if "\n" in gap or "\t" in gap:
            return None, None
        if _SLASH.fullmatch(gap) and is_fraction(first, follower):
            by_people = first.number.value < _MOST_BY_PEOPLE and _PER_PEOPLE.match(self._folded, first.end) is not None
            return None, None if by_people else follower
        # "xã thứ 9 trong tổng số 24 xã" is but one
        ordinal = self._folded.endswith(_ORDINAL, 0, first.number.start)
        several = first.number.value > 1 and _BARELY_OUT_OF.fullmatch(gap) is not None
        if not ordinal and (several or _OUT_OF.fullmatch(gap)) and is_out_of(first, follower):
            return None, follower
        ranges = is_range(first, follower) or self._is_bare_range(first, follower, gap)
        if not _RANGE.fullmatch(gap) or not ranges or _is_journey(first, gap):
            return None, None
        if self._dashed_on(numbers, index):
            return None, None
        return (None if self._goes_on(numbers, index + 1, follower) else follower), None

    def _is_bare_range(self, first: Part, second: Part, gap: str) -> bool:
        """Whether two numbers with a dash between count what no table of units has ("trồng 15 - 20 vườn mẫu")."""
        if first.unit is not None or second.unit is not None or _DASH.fullmatch(gap) is None:
            return False
        small = first.number.value < second.number.value < _MOST_BARE
        return small and self._unknown_noun(second.end) != ""

    def _dashed_on(self, numbers: list[NumberSpan], index: int) -> bool:
        """Whether a number is the next share of a dashed list, and begins no range ("23% - 35 % - 42%")."""
        if index == 0:
            return False
        behind = self._folded[numbers[index - 1].end : numbers[index].start]
        return _SHARE_DASH.fullmatch(behind) is not None

    def _named_on(self, number: NumberSpan, has_unit: bool) -> bool:
        """Whether a bare number goes on a list of names ("mức độ 3, 4", "các số 2, 3 và 12")."""
        if has_unit or self._named_end < 0 or number.start - self._named_end > _NAME_REACH:
            return False
        return _NAME_JOINT.fullmatch(self._folded, self._named_end, number.start) is not None

    def _rank(self, number: NumberSpan) -> int:
        """Where the words of a place in a league table begin ("xếp thứ 3", "đông thứ 2 của tỉnh"); 0 for others."""
        if _CLASS.match(self._folded, number.end) is not None:
            return 0
        reach = max(0, number.start - _RANK_REACH), number.start
        if _STARS.match(self._folded, number.end) is not None:
            # "xếp hạng 3 sao" is a rating
            return 0
        match = _RANKED.search(self._folded, *reach)
        if match is None and _AMONG.match(self._folded, number.end) is not None:
            match = _RANKED_AMONG.search(self._folded, *reach)
        return match.start(1) if match else 0

    def _places_moved(self, number: NumberSpan) -> Quantity | None:
        """By how many places one rose or fell in a league table ("tăng 5 bậc so với năm trước")."""
        places = _PLACES.match(self._folded, number.end)
        if places is None or _ROSE.search(self._folded, max(0, number.start - _RANK_REACH), number.start) is None:
            return None
        return replace(_ranked(number, number.start), end=places.end(), number_end=number.end, noun=places[0].strip())

    def _goes_on(self, numbers: list[NumberSpan], index: int, second: Part) -> bool:
        """Whether a third number is dashed on: a list of shares, and no range ("32% - 46,5% - 21,5%")."""
        if second.noun != "%" or index + 1 >= len(numbers):
            return False
        return _DASH.fullmatch(self._folded[second.end : numbers[index + 1].start]) is not None

    def _part(self, number: NumberSpan) -> Part:
        """A number with what it is counted in."""
        if self._last is None or self._last.number is not number:
            self._last = self._read_part(number)
        return self._last

    def _read_part(self, number: NumberSpan) -> Part:
        carried = _CARRIED_FAR.match(self._folded, number.end)
        if carried is not None:
            return Part(number, carried.end(), _COUNTED, carried[0].strip(" ."))
        index = self._line.at_or_after(number.end)
        words = self._line.words
        if self._folded[number.end : number.end + 2] in {",%", ".%"}:
            # "95,%"
            index += 1
        if index < len(words) and self._near(number.end, self._line.starts[index]):
            found = self._unit_at(index)
            if found is not None:
                after, unit = found
                if unit.unit == "point" and self._is_of_sites(number, self._line.ends[after - 1]):
                    unit = _COUNTED
                if words[index] in _SPOTS and self._is_of_slides(number):
                    unit = _SLIDES
                return Part(number, self._line.ends[after - 1], unit, " ".join(words[index:after]))
        if _MONEY_MAGNITUDE.search(self._folded[number.start : number.end]):
            if index < len(words) and words[index] in _NO_MONEY and self._near(number.end, self._line.starts[index]):
                return Part(number, self._line.ends[index], _COUNTED, words[index])
            # "6.500 tr.đồng"
            written_out = _POINTED.match(self._folded, number.end)
            return Part(number, written_out.end() if written_out else number.end, _MONEY, "")
        before = leading_unit(self._folded, self._line, number.start, number.end)
        return Part(number, number.end, UnitWord(*before, generic=False) if before is not None else None, "")

    def _is_of_sites(self, number: NumberSpan, end: int) -> bool:
        """Whether so many points are places and no score: their kind is told, or what befell a road ("45 điểm bán")."""
        if number.value != number.value.to_integral_value():
            return False
        if _SITES.match(self._folded, end) is not None:
            return True
        told = ((_AT_SITES, _AT_REACH), (_BEFELL, _BEFELL_REACH))
        return any(p.search(self._folded, max(0, number.start - reach), number.start) is not None for p, reach in told)

    def _is_of_slides(self, number: NumberSpan) -> bool:
        """Whether so many places are those where the ground slid ("sạt lở bờ sông xảy ra tại 17 điểm")."""
        return _SLID.search(self._folded, max(0, number.start - _BEFELL_REACH), number.start) is not None

    def _unit_at(self, index: int) -> tuple[int, UnitWord] | None:
        """The unit that begins at a token and ends in its line ("96%" above "o ..." is no "96 %o")."""
        line, stop = self._line, min(index + _MAX_UNIT_TOKENS, len(self._line.words))
        found = self._units.longest_at(line.words, index, stop)
        while found is not None and "\n" in self._text[line.starts[index] : line.ends[found[0] - 1]]:
            found = self._units.longest_at(line.words, index, found[0] - 1)
        if found is not None and _STANDS_AT.match(self._folded, line.starts[found[0] - 1]) is not None:
            # "40 nhà ở 7 thôn bị ngập"
            return self._units.longest_at(line.words, index, found[0] - 1)
        return found

    def _near(self, end: int, start: int) -> bool:
        return start - end <= 2 and "\n" not in self._text[end:start]

    def _assemble(
        self, first: Part, upper: Part | None, over: Part | None, unit: UnitWord | None, *, noun: str
    ) -> Quantity:
        last = over or upper or first
        factor = unit.factor if unit else Decimal(1)
        low = first.number.value * lent_factor(first, last, self._folded) * factor
        count, of_all = _counted_of(low, over.number.value * factor) if over is not None else (None, None)
        start, before = self._comparators.before(first.number.start)
        end, behind, per = self._comparators.behind(last.end)
        if unit is not None and unit.unit == "percent" and upper is None and before == "eq":
            before = "ge" if self._comparators.is_least(start, first.number.start, end) else before
        return Quantity(
            start=start,
            end=end,
            number_start=first.number.start,
            number_end=last.number.end,
            value=low,
            upper=upper.number.value * factor if upper else None,
            numerator=count,
            denominator=of_all,
            unit=unit.unit if unit else self._unknown_noun(last.end),
            generic=unit.generic if unit else False,
            noun=noun,
            comparator=behind or before,
            per=per,
            ambiguous=first.number.ambiguous,
            equation=bool(over) and self._folded[end : end + 3].strip().startswith("="),
        )

    def _unknown_noun(self, end: int) -> str:
        """ "unit" where a word follows that could be counted, "" for a bare number."""
        match = _NOUN.match(self._folded[end : end + _NOUN_REACH].partition("\n")[0])
        return "unit" if match and self._exclusions.could_be_noun(match.group(1)) else ""


def _without_minus(number: NumberSpan, folded: str) -> NumberSpan:
    """A number without "trừ" before it, which in prose is no minus ("khai trừ 1", "phòng trừ 5 ha")."""
    minus = _MINUS.match(folded, number.start, number.end)
    return number if minus is None else replace(number, start=minus.end(), value=abs(number.value))


def _ranked(number: NumberSpan, start: int) -> Quantity:
    low, high = number.start, number.end
    return Quantity(start, high, low, high, number.value, None, None, None, "rank", False, "", "eq", "", False)


def _counted_of(count: Decimal, whole: Decimal) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """A count and all that it is of; neither where more than nothing is said to be of nothing ("50/0 hộ")."""
    return (count, whole) if whole or not count else (None, None)


def _counts_things(part: Part) -> bool:
    """Whether a number counts what was put into a class ("phân hạng 9 sản phẩm OCOP") and is no place in it."""
    return part.noun != "" and part.unit is not None and part.unit.unit in _CLASSED


def _is_journey(first: Part, gap: str) -> bool:
    """Whether "đến" leads to a second state ("từ 4,7% đến cuối năm") rather than closing a range."""
    return "đến" in gap and first.unit is not None and first.noun != "%" and "-" in gap


def _mark_parallels(quantities: list[Quantity], folded: str) -> list[Quantity]:
    """Number the shares of a dashed list (`68% - 31,2% - 0,8%`)."""
    marked = list(quantities)
    index = 0
    while index < len(marked):
        stop = index
        while (
            stop + 1 < len(marked)
            and marked[stop].unit == marked[stop + 1].unit == "percent"
            and _DASH.fullmatch(folded[marked[stop].end : marked[stop + 1].start])
        ):
            stop += 1
        if stop > index:
            for rank in range(index, stop + 1):
                marked[rank] = replace(marked[rank], parallel=rank - index)
        index = stop + 1
    return marked
