"""How deep headings stand, and which of them goes on from which."""

import re

from civic_etl.extract.patterns import patterns
from civic_etl.gazetteer.numerals import numbered_otherwise

_OWN_NUMBER = re.compile(r"(\d+|[IVX]+)\W*$")
# a heading that only names a field ("Trong lĩnh vực kinh tế:")
_FIELD = patterns("layout.yaml")["field"]
# how much deeper it stands than the heading it is under
_DEEPER = 0.5
Stack = list[tuple[float, tuple[int, int]]]


def rank_of(line: str, marker: str | None, stack: Stack) -> float:
    """How deep a heading stands: capitals, Roman, digits, letters, dashes.

    One without a marker that only names a field stands below whatever heads it.
    """
    if marker is None:
        above = [rank for rank, _ in stack if float(rank).is_integer()]
        if above and _FIELD.fullmatch(line.lower()) is not None:
            return above[-1] + _DEEPER
        return 0 if line.upper() == line else 1
    head = marker.strip()
    if head.split()[0] in {"Phần", "Chương", "Mục", "Điều"}:
        return 1
    if head[:1] in "IVX":
        return 2
    if head[:1] in "ABCDEFGHĐ":
        return 1
    if head[:1].isdigit() or head[:2].strip("(").isdigit():
        return 3 + head.count(".")
    if head[:1] in "+*•":
        return 7
    return 5 if head[:1].isalpha() or head[:1] == "(" else 6


def goes_on_in(text: str, left: Stack, stack: Stack, rank: float, line: str) -> bool:
    """Whether a numbered heading is the next one behind a heading that has been left, and none like it stands since.

    ("1. ...", "Năm học 2020-2021:", "2. ...")
    """
    if any(each == rank for each, _ in stack):
        return False
    before = next((text[slice(*span)] for each, span in reversed(left) if each == rank), None)
    return before is not None and _follows(before, line)


def one_before(text: str, stack: Stack, rank: float, line: str) -> int | None:
    """Where the heading stands among those above an item that has the number right before it, if any does.

    ("1. Nông nghiệp", "* Chăn nuôi", "2. Thương mại: bán lẻ đạt 40 tỷ đồng")
    """
    return next(
        (i for i, (each, span) in enumerate(stack) if each == rank and _follows(text[slice(*span)], line)), None
    )


def _follows(before: str, line: str) -> bool:
    """Whether the number of a line is the one behind that of another."""
    number = _number(line)
    return number is not None and _number(before) == number - 1


def _number(line: str) -> int | None:
    """The last number of what opens a line ("1.2." is the second), in digits or in Roman letters."""
    told = _OWN_NUMBER.search(line.split(maxsplit=1)[0])
    if told is None:
        return None
    digits = told[1] if told[1].isdigit() else numbered_otherwise(f"- {told[1]}").rpartition(" ")[2]
    return int(digits) if digits.isdigit() else None
