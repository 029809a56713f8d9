"""Text in the fonts from before Unicode, and UTF-8 that was encoded twice, made readable."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import ftfy

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.resources import DATA
from civic_etl.vietnamese.fold import nfc
from civic_etl.vietnamese.syllables import looks_vietnamese

# Letters and signs that Vietnamese in Unicode has no use for, and the leads of a doubly encoded letter.
_ODD = re.compile(
    r"[¡¢¤¥¦¨ª¬¯³´µ¶¸¹º¼¾¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ\u00ad]|Ã[\u0080-\u00bf]|[áÄÆÂ][\u0080-\u00bf“”‘’»º]|â€"
)
_LEAST = 3
_READABLE = 0.6
_LONGEST_TRIAL = 3_000
_WORD = re.compile(r"[^\W\d_]+")


def repair(text: str) -> tuple[str, str | None]:
    """The text in Unicode and the name of what it was in (`TCVN3`, `VNI`, `double UTF-8`); None where it was sound.

    A text is only changed where it then reads like Vietnamese and did not before.
    """
    if len(_ODD.findall(text, 0, _LONGEST_TRIAL)) < _LEAST:
        return text, None
    sample = text[:_LONGEST_TRIAL]
    before = looks_vietnamese(sample)
    tried = [(looks_vietnamese(turn(sample)), name) for name, turn in _TURNS.items()]
    score, name = max(tried)
    if score < _READABLE or score < before + 0.2:
        return text, None
    return _TURNS[name](text), name


def _from_tcvn3(text: str) -> str:
    return _capital_words(text.translate(_tcvn3_table()))


def _from_vni(text: str) -> str:
    pattern, table = _vni_table()
    return pattern.sub(lambda match: table[match.group()], text)


def _from_double(text: str) -> str:
    return nfc(ftfy.fix_encoding(text))


_TURNS: dict[str, Callable[[str], str]] = {
    "TCVN3": _from_tcvn3,
    "VNI": _from_vni,
    "double UTF-8": _from_double,
}


@cache
def _fonts() -> dict[str, Any]:
    fonts: dict[str, Any] = read_yaml_file(DATA / "legacy_fonts.yaml")
    return fonts


@cache
def _tcvn3_table() -> dict[int, str]:
    return {ord(code): letter for code, letter in _fonts()["tcvn3"].items()}


@cache
def _vni_table() -> tuple[re.Pattern[str], dict[str, str]]:
    """Pairs in every case a page may have them in, and the letters that stand for themselves."""
    rows = _fonts()["vni"]
    table: dict[str, str] = {}
    for base, marks in rows["marks"].items():
        for mark, letter in marks.items():
            table[base + mark] = letter
            table[base.upper() + mark.upper()] = table[base.upper() + mark] = letter.upper()
    for code, letter in rows["alone"].items():
        table[code], table[code.upper()] = letter, letter.upper()
    pattern = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return re.compile(pattern), table


def _capital_words(text: str) -> str:
    """In a word of capitals the letters with marks become capitals too: `CộNG` is `CỘNG`."""
    return _WORD.sub(lambda match: match.group().upper() if _is_capital(match.group()) else match.group(), text)


def _is_capital(word: str) -> bool:
    plain = [letter for letter in word if letter.isascii()]
    return len(plain) >= 2 and all(letter.isupper() for letter in plain)
