"""Digits right behind letters: those of a code, or a number behind a word that only lost its blank."""

import re

from civic_etl.extract.lexicon import read_data
from civic_etl.vietnamese.syllables import is_syllable

_LETTERS = re.compile(r"[^\W\d_]+$")
_LONGEST_GLUED = 16
_GLUED = tuple(read_data("exclusions.yaml")["glued"])


def lost_blank(text: str, start: int) -> bool:
    """Whether the letters right before digits are words that only lost the blank behind them ("đạt95%")."""
    run = _LETTERS.search(text, max(0, start - _LONGEST_GLUED), start)
    if run is None:
        return False
    rests = (run[0][: -len(word)] for word in _GLUED if run[0].endswith(word))
    return any(not rest or is_syllable(rest) for rest in rests)
