"""The numbers that a reader sees in a text."""

import re
from dataclasses import dataclass
from datetime import date

from civic_etl.extract.normal import NormalText
from civic_etl.vietnamese import scan_dates, scan_numbers

_PHONE = re.compile(r"(?<![\w.,])(?:\+84|0)\d{1,4}(?:[ .]?[\dx]{2,})+")
# days that their words name, without "ngày": "đến 30/4", "16 và 17-6"
_DAY_MONTH = re.compile(
    r"(?<![^\W_])(?:đến|từ|hết|trước|sau|sáng|trưa|chiều|tối|đêm|rạng|quốc khánh|ngày)\s+"
    r"(\d{1,2}(?:(?:,|\sđến|\svà|\s?-)\s?\d{1,2})*\s?[/-]\s?(?:1[0-2]|0?[1-9])(?:[/-]\d{4})?)(?![\d%/])"
)
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A number, or a date or telephone number as a whole. Offsets count the NFC text."""

    start: int
    end: int
    kind: str


def seen_numbers(normal: NormalText) -> list[Seen]:
    """All of them from left to right, none inside another. A digit word alone ("một cửa", "năm") is not one."""
    wholes = [Seen(*match.span(), "phone") for match in _PHONE.finditer(normal.text)]
    wholes += [Seen(start, end, "date") for start, end, _ in scan_dates(normal.text, _ANY_DAY)]
    wholes += [Seen(*match.span(1), "date") for match in _DAY_MONTH.finditer(normal.folded)]
    singles = [Seen(n.start, n.end, "number") for n in scan_numbers(normal.text) if n.pattern != "word"]
    found: list[Seen] = []
    reached = 0
    for seen in sorted(wholes + singles, key=lambda s: (s.start, -s.end)):
        # "năm ngoái" is a period without a number
        numeric = seen.kind == "number" or any(c.isdigit() for c in normal.text[seen.start : seen.end])
        if numeric and seen.start >= reached:
            found.append(seen)
            reached = seen.end
    return found
