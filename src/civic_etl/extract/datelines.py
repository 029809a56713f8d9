"""Signs of a paper before the first words of what it reports.

"(GLO)- Sáng 2-7, ...", "BHG - Trong 7 ngày ...", "Hà Nội (TTXVN 1/12) - Tỉnh ...".
"""

import re

# where an agency has its desk, with the day
_AGENCY = (
    r"[A-ZĐÀ-Ỹ][^\W\d_]+(?: [A-ZĐÀ-Ỹ][^\W\d_]+){0,3}(?:, (?:ngày )?\d{1,2}[/-]\d{1,2})? ?"
    r"\((?:TTXVN|VNA|Vietnam\+|VOV)[^()]{0,14}\)\s*[-–—:]\s*"
)
# in brackets, or in capitals before a dash with no second short form behind it ("HĐND - UBND huyện")
_DATELINE = re.compile(
    r"\((?=[A-ZĐ])[^\W\d_][\w.]{1,24}(?: online| Online)?\)\.?\s*[-–—]?\s*(?=[A-ZĐÀ-Ỹ])"
    rf"|{_AGENCY}(?=[A-ZĐÀ-Ỹ])"
    r"|[A-ZĐ]{2,6}(?:\.VN|\.vn|Online)?\s?[-–—]\s?(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])"
)


def past_dateline(text: str, start: int, end: int) -> int:
    """Where the words of a paragraph begin: behind the sign of its paper, or at `start`."""
    sign = _DATELINE.match(text, start, end)
    return sign.end() if sign is not None else start
