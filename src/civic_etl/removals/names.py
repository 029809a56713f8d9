"""Find a person's name in running text and in addresses, however it is spelled, and black it out.

A name is found composed or decomposed, in any case, with the tone on either vowel, with y for i, and without any
accents (`Nguyen Van A`, `nguyen-van-a`); not where another accent makes it another name. Initials and given names alone
are not found: they are half of the country's.
"""

import re
import unicodedata
from collections.abc import Iterator

from civic_etl.vietnamese.fold import fold

BLACK = "█"
_MARKS = "[\u0300-\u036f]"
_BETWEEN = r"(?:[\s_.+\-]|%20){0,3}"
_APOSTROPHES = "'’‘`ʼ"


_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựđ"


class _Bases(dict[int, str]):
    """Each character by its plain letter in lower case; as many characters as before."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0]
        self[code] = base = {"đ": "d", "Đ": "d"}.get(letter, letter.lower()[0])
        return base


_BASES = _Bases()


def syllables(name: str) -> list[str]:
    """The parts of a name as written, composed."""
    return unicodedata.normalize("NFC", name).split()


class NameFinder:
    """Finds one person's name."""

    def __init__(self, name: str) -> None:
        self._parts = [fold(part) for part in syllables(name)]
        bases = [part.translate(_BASES) for part in syllables(name)]
        groups = _BETWEEN.join(f"({''.join(map(_letter, base))})" for base in bases)
        edge = rf"[^\W_]|{_MARKS}"
        self._pattern = re.compile(f"(?<!{edge}){groups}(?!{edge})")
        # For RE2, which reads a whole table in a moment: it finds all that is one, and some that is not.
        self.sieve = r"(?:[^\p{L}\p{N}]|%20){0,3}".join("".join(map(_any_letter, base)) for base in bases)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the name stands, in characters of the text as it is."""
        for match in self._pattern.finditer(text.translate(_BASES)):
            parts = [text[slice(*match.span(number))] for number in range(1, len(self._parts) + 1)]
            if all(part.isascii() or fold(part) == own for part, own in zip(parts, self._parts, strict=True)):
                yield match.span()


def black_out(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with every character of the spans that is no blank made black; offsets stay what they were."""
    out = list(text)
    for start, end in spans:
        out[start:end] = [letter if letter.isspace() else BLACK for letter in out[start:end]]
    return "".join(out)


def _letter(base: str) -> str:
    if base in _APOSTROPHES:
        return f"[{_APOSTROPHES}]?"
    return ("[iy]" if base in "iy" else re.escape(base)) + f"{_MARKS}*"


def _any_letter(base: str) -> str:
    if base in _APOSTROPHES:
        return r"\PL?"
    own = "".join(sorted(letter for letter in _LETTERS if letter.translate(_BASES) == base))
    return ("[iyìíỉĩịỳýỷỹỵ]" if base in "iy" else f"[{re.escape(base)}{own}]") + r"\p{M}*"
