"""Numbers with their units, comparators, ranges and fractions; numbers that only name things are left out."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from civic_etl.extract.exclusions import Exclusions
from civic_etl.extract.lexicon import UnitWord, label_table, unit_words
from civic_etl.extract.tokens import TokenLine
from civic_etl.vietnamese.numbers import NumberSpan, scan_numbers

Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]

_MAGNITUDE = re.compile(r"(?:tỷ|tỉ|triệu|tr|nghìn|ngàn|vạn|trăm|chục|k|rưỡi)\s*\d*$", re.IGNORECASE)
_MONEY_MAGNITUDE = re.compile(r"(?:tỷ|tỉ|triệu|tr)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—]|đến|tới)\s*(?:hơn |trên |gần |khoảng )?", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*(?:tổng số\s+|tổng\s+)?")
_PER = re.compile(
    r"\s*/\s*(?:1\s*)?(?:người|năm|tháng|hộ|ha|xã|khẩu|lao động|ngày|đầu người|vụ|thôn|héc-?ta|hecta|m2|m²|con|sào)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"(?:xếp|đứng|hạng|vị trí|xếp hạng|thứ hạng|xếp vị trí)\s+((?:thứ|hạng|vị trí|vị thứ)?\s*(?:thứ )?)$"
)
_MAX_COMPARATOR_TOKENS = 4
_NAME_JOINT = re.compile(r"\s*(?:,|và|, và|;)\s*")
# denominators of the scales of maps ("quy hoạch tỷ lệ 1/500")
_SCALES = frozenset(map(Decimal, (200, 500, 1000, 2000, 5000, 10000, 25000)))
_SMALL = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text gives it.

    `start`/`end` span comparator, number and unit; `number_start`/`number_end` the digits alone. `unit` is a base unit,
    "" for a bare number, "unit" for a noun the lexicon does not know. `parallel` is the rank inside a list of shares.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    upper: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    generic: bool
    noun: str
    comparator: Comparator
    per: str
    ambiguous: bool
    parallel: int | None = None
    equation: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    number: NumberSpan
    end: int
    unit: UnitWord | None
    noun: str


class QuantityReader:
    """Reads the quantities of one text."""

    def __init__(self, text: str, folded: str, line: TokenLine, exclusions: Exclusions) -> None:
        self._text = text
        self._folded = folded
        self._line = line
        self._exclusions = exclusions
        self._units = unit_words()
        self._before = label_table("comparators.yaml", "before")
        self._after = label_table("comparators.yaml", "after")
        self._named_end = -1

    def read(self) -> list[Quantity]:
        """All quantities, left to right."""
        numbers = [n for n in _joined(scan_numbers(self._text), self._text) if self._exclusions.may_count(n)]
        found: list[Quantity] = []
        index = 0
        while index < len(numbers):
            quantity, used = self._quantity(numbers, index)
            if quantity is not None:
                found.append(quantity)
            index += used
        return _mark_parallels(found, self._folded)

    def _quantity(self, numbers: list[NumberSpan], index: int) -> tuple[Quantity | None, int]:
        first = self._part(numbers[index])
        used = 1
        upper: _Part | None = None
        over: _Part | None = None
        follower = self._part(numbers[index + 1]) if index + 1 < len(numbers) else None
        if follower is not None:
            gap = self._folded[first.end : follower.number.start]
            if _SLASH.fullmatch(gap) and _comparable(first, follower):
                over, used = follower, 2
            elif (
                _RANGE.fullmatch(gap)
                and _is_range(first, follower)
                and not self._is_journey(first, gap)
                and not self._goes_on(numbers, index + 1, follower)
            ):
                upper, used = follower, 2
        last = over or upper or first
        unit, noun = _unit_of(first, last)
        rank = over is None and upper is None and self._rank(numbers[index].start)
        if rank:
            return self._ranked(numbers[index], rank), 1
        if self._exclusions.excludes(
            numbers[index], last.end, unit is not None, noun, over is not None
        ) or self._named_on(numbers[index], unit is not None):
            self._named_end = last.end
            return None, used
        if over is not None and first.number.value == 1 and over.number.value in _SCALES:
            return None, used
        return self._assemble(first, upper, over, unit, noun), used

    def _named_on(self, number: NumberSpan, has_unit: bool) -> bool:
        """Whether a bare number goes on a list of names ("mức độ 3, 4", "các số 2, 3 và 12")."""
        if has_unit or self._named_end < 0 or number.start - self._named_end > 6:
            return False
        return _NAME_JOINT.fullmatch(self._folded, self._named_end, number.start) is not None

    def _rank(self, start: int) -> int:
        """Where the words of a place in a league table begin ("xếp thứ 3", "xếp hạng 5"); 0 for other numbers."""
        match = _RANKED.search(self._folded, max(0, start - 24), start)
        return match.start(1) if match else 0

    def _ranked(self, number: NumberSpan, start: int) -> Quantity:
        low, high = number.start, number.end
        return Quantity(start, high, low, high, number.value, None, None, None, "rank", False, "", "eq", "", False)

    def _goes_on(self, numbers: list[NumberSpan], index: int, second: _Part) -> bool:
        """Whether a third number is dashed on: a list of shares, and no range ("32% - 46,5% - 21,5%")."""
        if second.noun != "%" or index + 1 >= len(numbers):
            return False
        return re.fullmatch(r"\s*[-–—]\s*", self._folded[second.end : numbers[index + 1].start]) is not None

    def _is_journey(self, first: _Part, gap: str) -> bool:
        """Whether "đến" leads to a second state ("từ 4,7% đến cuối năm") rather than closing a range."""
        return "đến" in gap and first.unit is not None and first.noun != "%" and "-" in gap

    def _part(self, number: NumberSpan) -> _Part:
        index = self._line.at_or_after(number.end)
        words = self._line.words
        if index < len(words) and self._near(number.end, self._line.tokens[index].start):
            found = self._units.longest_at(words, index, min(index + 8, len(words)))
            if found is not None:
                after, unit = found
                end = self._line.tokens[after - 1].end
                return _Part(number, end, unit, " ".join(words[index:after]))
        if _MONEY_MAGNITUDE.search(self._folded[number.start : number.end]):
            return _Part(number, number.end, UnitWord("VND", Decimal(1), False), "")
        return _Part(number, number.end, None, "")

    def _near(self, end: int, start: int) -> bool:
        return start - end <= 2 and "\n" not in self._text[end:start]

    def _assemble(
        self, first: _Part, upper: _Part | None, over: _Part | None, unit: UnitWord | None, noun: str
    ) -> Quantity:
        last = over or upper or first
        factor = unit.factor if unit else Decimal(1)
        low = first.number.value
        high = upper.number.value if upper else None
        if last is not first and not _has_magnitude(self._folded, first) and _has_magnitude(self._folded, last):
            low *= _magnitude(self._folded[last.number.start : last.number.end])
        start, comparator = self._comparator_before(first.number.start)
        end, after = self._comparator_after(last.end)
        per = ""
        while (match := _PER.match(self._folded, end)) is not None:
            per += match.group().replace(" ", "")
            end = match.end()
        if not after:
            end, after = self._comparator_after(end)
        return Quantity(
            start=start,
            end=end,
            number_start=first.number.start,
            number_end=last.number.end,
            value=low * factor,
            upper=high * factor if high is not None else None,
            numerator=low * factor if over else None,
            denominator=over.number.value * factor if over else None,
            unit=unit.unit if unit else self._unknown_noun(last.end),
            generic=unit.generic if unit else False,
            noun=noun,
            comparator=after or comparator,
            per=per,
            ambiguous=first.number.ambiguous,
            equation=bool(over) and self._folded[end : end + 3].strip().startswith("="),
        )

    def _unknown_noun(self, end: int) -> str:
        """ "unit" where a word follows that could be counted, "" for a bare number."""
        match = re.match(r"\s?([^\W\d_]+)", self._folded[end : end + 20])
        return "unit" if match and self._exclusions.could_be_noun(match.group(1)) else ""

    def _comparator_before(self, start: int) -> tuple[int, Comparator]:
        """The comparator that stands before a number: where it starts, and which."""
        index = self._line.at_or_after(start)
        words = self._line.words
        for back in range(min(_MAX_COMPARATOR_TOKENS, index), 0, -1):
            found = self._before.longest_at(words, index - back, index)
            if found is not None and found[0] == index:
                return self._line.tokens[index - back].start, found[1]  # type: ignore[return-value]
        if index and words[index - 1] == "từ":
            return self._line.tokens[index - 1].start, "eq"
        return start, "eq"

    def _comparator_after(self, end: int) -> tuple[int, Comparator | None]:
        index = self._line.at_or_after(end)
        found = self._after.longest_at(self._line.words, index, index + 3) if index < len(self._line.words) else None
        if found is None:
            return end, None
        return self._line.tokens[found[0] - 1].end, found[1]  # type: ignore[return-value]


def _joined(numbers: list[NumberSpan], text: str) -> list[NumberSpan]:
    """Numbers written with a space ("28 000", "5 ngàn 412", "1 triệu 2") as one."""
    found: list[NumberSpan] = []
    for number in numbers:
        if found and _broken_thousands(found[-1], number, text):
            power = number.value / Decimal(text[number.start : number.start + 3])
            found[-1] = replace(
                number, start=found[-1].start, value=found[-1].value * 1000 * power + number.value, ambiguous=False
            )
            continue
        if found and text[found[-1].end : number.start] == " " and not number.in_words:
            whole = _join(found[-1], number, text)
            if whole is not None:
                found[-1] = whole
                continue
        found.append(number)
    return found


def _broken_thousands(first: NumberSpan, second: NumberSpan, text: str) -> bool:
    """Whether two numbers are one whose separator got a blank ("đạt trên 1. 357 tỷ đồng"); a list marker opens its line."""
    head = text[first.start : first.end]
    if (
        text[first.end : second.start] not in {". ", " ."}
        or not _SMALL.fullmatch(head)
        or head.startswith("0")
        or second.in_words
    ):
        return False
    opening = text[text.rfind("\n", 0, first.start) + 1 : first.start]
    return (
        bool(opening.strip(" -+*•")) and re.match(r"\d{3}(?![\d.,])", text[second.start : second.end + 1]) is not None
    )


def _join(first: NumberSpan, second: NumberSpan, text: str) -> NumberSpan | None:
    head, tail = text[first.start : first.end], text[second.start : second.end]
    if not _SMALL.fullmatch(tail):
        return None
    if _SMALL.fullmatch(head) and len(tail) == 3 and not head.startswith("0"):
        return replace(second, start=first.start, value=first.value * 1000 + second.value, ambiguous=False)
    power = next((p for word, p in _POWERS if head.lower().endswith(word)), None)
    if power is None or first.in_words:
        return None
    if len(tail) == 1 and tail != "0":
        return replace(second, start=first.start, value=first.value + second.value * 10 ** (power - 1))
    if len(tail) == 3 and power in {3, 6, 9}:
        return replace(second, start=first.start, value=first.value + second.value * 10 ** (power - 3))
    return None


def _unit_of(first: _Part, last: _Part) -> tuple[UnitWord | None, str]:
    """The unit of a pair is the one written last, unless only the first has one."""
    if last.unit is not None and (last.noun or first.unit is None):
        return last.unit, last.noun
    if first.unit is not None:
        return first.unit, first.noun
    return last.unit, last.noun


def _comparable(first: _Part, second: _Part) -> bool:
    if first.unit is not None and first.unit.unit == "percent" and first.noun:
        return False
    if (
        first.unit is not None
        and first.unit.unit == "VND"
        and first.noun
        and (second.unit is None or second.unit.unit != "VND")
    ):
        return False
    return first.unit is None or second.unit is None or first.unit.unit == second.unit.unit


def _is_range(first: _Part, second: _Part) -> bool:
    """Both ends in one unit, the second larger; a first end without a unit takes the second's."""
    if first.unit is not None and second.unit is None:
        return False
    if first.unit is not None and second.unit is not None and first.unit.unit != second.unit.unit:
        return False
    if second.unit is None:
        return False
    low, high = first.number.value, second.number.value
    return low < high or (first.unit is None and low < 1000)


def _has_magnitude(folded: str, part: _Part | None) -> bool:
    return part is not None and bool(_MAGNITUDE.search(folded[part.number.start : part.number.end]))


_POWERS = (("tỷ", 9), ("tỉ", 9), ("triệu", 6), ("tr", 6), ("nghìn", 3), ("ngàn", 3), ("vạn", 4), ("trăm", 2))


def _magnitude(number: str) -> Decimal:
    """The power of ten that the upper end of a range lends to its lower end ("6-9 tỷ")."""
    return Decimal(next((10**power for word, power in _POWERS if word in number), 1))


def _mark_parallels(quantities: list[Quantity], folded: str) -> list[Quantity]:
    """Number the shares of a dashed list (`68% - 31,2% - 0,8%`)."""
    marked = list(quantities)
    index = 0
    while index < len(marked):
        stop = index
        while (
            stop + 1 < len(marked)
            and marked[stop].unit == marked[stop + 1].unit == "percent"
            and re.fullmatch(r"\s*[-–—]\s*", folded[marked[stop].end : marked[stop + 1].start])
        ):
            stop += 1
        if stop > index:
            for rank in range(index, stop + 1):
                marked[rank] = replace(marked[rank], parallel=rank - index)
        index = stop + 1
    return marked
