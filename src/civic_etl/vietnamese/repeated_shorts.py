"""Short forms in brackets that only repeat the words before them: "hợp tác xã (HTX)", "tiểu thủ công nghiệp (TTCN)"."""

import re
from collections.abc import Iterable

from civic_etl.vietnamese.fold import fold_ascii
from civic_etl.vietnamese.lexicon import read_data

# how the names of bodies begin, which are read by their short forms
_BODIES: tuple[str, ...] = tuple(f"{word} " for word in read_data("short_words.yaml")["bodies"])

_BRACKETED = re.compile(r" ?\(([A-ZĐ]{2,7})\)")
_WORDS = re.compile(r"[^\W\d_]+")
# so long is the longest syllable, with the blank or the dash behind it
_SYLLABLE = 9


def repeated_shorts(text: str) -> list[tuple[int, int]]:
    """The spans of such brackets in an NFC text, with the blank before them, in order."""
    return [found.span() for found in _BRACKETED.finditer(text) if _repeats(text, found.start(), found[1])]


def defined_shorts(text: str, repeated: Iterable[tuple[int, int]]) -> dict[str, str]:
    """What the short forms stand for that a text defines in such brackets and uses alone behind them.

    ("hồ sơ (HS) ... 132 HS")
    """
    shorts = ((start, text[start:end].strip(" ()")) for start, end in repeated)
    found = {short.lower(): " ".join(_words_before(text, start, short)).lower() for start, short in shorts}
    return {short: full for short, full in found.items() if not full.startswith(_BODIES)}


def _repeats(text: str, end: int, short: str) -> bool:
    """Whether the last words before a position begin with the letters of a short form, one each."""
    return [_letter(word[0]) for word in _words_before(text, end, short)] == list(short)


def _words_before(text: str, end: int, short: str) -> list[str]:
    """As many words before a position as a short form has letters."""
    return _WORDS.findall(text, max(0, end - _SYLLABLE * len(short)), end)[-len(short) :]


def _letter(letter: str) -> str:
    """The letter that a short form has for one with a mark ("ủy ban": UB); đ is a letter of its own."""
    capital = letter.upper()
    return capital if capital == "Đ" else fold_ascii(letter).upper()
