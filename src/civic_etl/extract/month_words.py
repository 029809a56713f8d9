"""Months told by words, which are read as those told by numbers ("tháng Sáu", "Tháng Mười Một")."""

import re
from collections.abc import Iterator

from civic_etl.extract.lexicon import read_data

_DATA = read_data("months.yaml")
_NUMBERS: dict[str, int] = _DATA["named"]
_SMALL = frozenset(_DATA["small"])
_COUNTED, _OF_NAME = frozenset(_DATA["counted"]), frozenset(_DATA["of_name"])
_COUNTS_ON = "|".join(_DATA["counts_on"])
_NAMED = re.compile(rf"(?i:\btháng) (?P<name>(?i:{'|'.join(_NUMBERS)}))(?![^\W_])(?! (?i:{_COUNTS_ON})\b)")
_WORD_BEFORE = re.compile(r"([^\W_]+)[ \t]$")
_REACH = 12
# in capitals "NĂM" is the year ("SÁU THÁNG NĂM 2020")
_YEAR = "NĂM"


def month_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each name of a month, with its number."""
    for found in _NAMED.finditer(text):
        name = found["name"]
        before = _WORD_BEFORE.search(text, max(0, found.start() - _REACH), found.start())
        word = before[1].lower() if before is not None else ""
        if word.isdecimal() or word in _COUNTED or word in _OF_NAME or name == _YEAR:
            continue
        if name[0].isupper() or name.lower() in _SMALL:
            yield found.start("name"), found.end("name"), str(_NUMBERS[" ".join(name.lower().split())])
