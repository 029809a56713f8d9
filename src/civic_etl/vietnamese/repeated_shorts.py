"""Short forms in brackets that only repeat the words before them: "hợp tác xã (HTX)", "tiểu thủ công nghiệp (TTCN)"."""

import re

from civic_etl.vietnamese.fold import fold_ascii

_BRACKETED = re.compile(r" ?\(([A-ZĐ]{2,7})\)")
_WORDS = re.compile(r"[^\W\d_]+")
# so long is the longest syllable, with the blank or the dash behind it
_SYLLABLE = 9


def repeated_shorts(text: str) -> list[tuple[int, int]]:
    """The spans of such brackets in an NFC text, with the blank before them, in order."""
    return [found.span() for found in _BRACKETED.finditer(text) if _repeats(text, found.start(), found[1])]


def _repeats(text: str, end: int, short: str) -> bool:
    """Whether the last words before a position begin with the letters of a short form, one each."""
    words = _WORDS.findall(text, max(0, end - _SYLLABLE * len(short)), end)[-len(short) :]
    return [_letter(word[0]) for word in words] == list(short)


def _letter(letter: str) -> str:
    """The letter that a short form has for one with a mark ("ủy ban": UB); đ is a letter of its own."""
    capital = letter.upper()
    return capital if capital == "Đ" else fold_ascii(letter).upper()
