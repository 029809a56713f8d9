"""Bare counted nouns: a stock of the place, or only some of it."""

from functools import lru_cache

from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.tokens import TokenLine
from civic_etl.indicators.lexicon import load_stocks

_REACH = 5
_STOPS = frozenset(";.:(")
# "tại 3 xã": the noun of a part
_OF = frozenset({"tại", "của", "ở"})


# right before a count of those who got something
_GIVEN = frozenset({"cho", "tặng", "giúp", "thăm", "trao", "mời"})


def is_given_to(line: TokenLine, start: int) -> bool:
    """Whether a counted noun tells who got something, by the word right before its number at `start`."""
    index = line.at_or_after(start)
    return index > 0 and line.words[index - 1] in _GIVEN


def is_where(code: str, line: TokenLine, start: int) -> bool:
    """Whether a count of the place's own parts tells where others are ("640 hộ thuộc 7 tổ dân phố đạt danh hiệu")."""
    index = line.at_or_after(start)
    return code in load_stocks().parts and index > 0 and line.words[index - 1] == "thuộc"


@lru_cache(maxsize=1)
def _words() -> PhraseTable[bool]:
    """Words before a bare counted noun: True where they make it a stock of the place."""
    stocks = load_stocks()
    return PhraseTable([*((word, True) for word in stocks.stock), *((word, False) for word in stocks.other)])


def is_stock(code: str, line: TokenLine, start: int) -> bool:
    """Whether a counted noun is a stock of the place, by the nearest telling word before the number at `start`."""
    index = line.at_or_after(start)
    first = max(index - _REACH, 0)
    for position in range(index - 1, first - 1, -1):
        if line.words[position] in _STOPS or line.words[position][0].isdigit():
            first = position + 1
            break
    hits = list(_words().find(line, first, index))
    if not hits:
        return True
    return hits[-1].payload or (code in load_stocks().parts and line.words[hits[-1].first] in _OF)
