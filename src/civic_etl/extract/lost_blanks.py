"""Digits right behind letters: those of a code, or a number behind a word that only lost its blank."""

import re

from civic_etl.extract.lexicon import read_data
from civic_etl.vietnamese.syllables import is_syllable

_LETTERS = re.compile(r"[^\W\d_]+$")
_LONGEST_GLUED = 16
_GLUED = tuple(read_data("exclusions.yaml")["glued"])
# a verb behind another word, and right before a figure
_VERB = re.compile(rf"(?:{'|'.join(read_data('exclusions.yaml')['glued_verbs'])})(?= ?[+-]?\d)")


# where the second syllable begins of each word of two that is written without the blank between them
_PAIRS = {"".join(pair.split()): len(pair.split()[0]) for pair in read_data("exclusions.yaml")["glued_pairs"]}
_LONG = re.compile(rf"[^\W\d_]{{{min(map(len, _PAIRS))},}}")


def lost_inside_words(text: str) -> list[int]:
    """Where the second syllable begins of words that lost the blank before it ("lũykế", "thuhoạch")."""
    return [found.start() + _PAIRS[word] for found in _LONG.finditer(text) if (word := found[0].lower()) in _PAIRS]


def lost_blank(text: str, start: int) -> bool:
    """Whether the letters right before digits are words that only lost the blank behind them ("đạt95%")."""
    run = _LETTERS.search(text, max(0, start - _LONGEST_GLUED), start)
    if run is None:
        return False
    rests = (run[0][: -len(word)] for word in _GLUED if run[0].endswith(word))
    return any(not rest or is_syllable(rest) for rest in rests)


def lost_before_figures(text: str) -> list[int]:
    """Where verbs begin that stand before a figure and lost the blank behind the word before them ("điệntăng 2%")."""
    found: list[int] = []
    for verb in _VERB.finditer(text):
        run = _LETTERS.search(text, max(0, verb.start() - _LONGEST_GLUED), verb.start())
        # a syllable of its own may end like a verb
        if run is not None and is_syllable(run[0]) and not is_syllable(run[0] + verb[0]):
            found.append(verb.start())
    return found
