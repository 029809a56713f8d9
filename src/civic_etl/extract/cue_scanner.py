"""The scanner of time expressions: the cues of `time_cues.yaml` that begin with a word, in one pattern each."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from civic_etl.extract.cue_openings import BRACKET, DIGIT, openings
from civic_etl.extract.lexicon import read_data

# what a text is scanned for again: its day is found by its cues, which are read anew from that day
_TEXTS_KEPT = 4
_GROUP = re.compile(r"[?]P<(\w+)>")
_SHAPES: dict[str, str] = read_data("periods.yaml")["shapes"]


def written_out(pattern: str) -> str:
    """A pattern with the shapes it names in its place."""
    for name in ("DATE", "HOUR", "LONG_DATE", "NUM", "YEAR"):
        pattern = pattern.replace("{" + name + "}", _SHAPES[name])
    return pattern


_CUES: list[tuple[str, str]] = [(name, written_out(pattern)) for name, pattern in read_data("time_cues.yaml")]


def _cues_by_opening() -> dict[str, tuple[int, ...]]:
    """What opens cues, with the numbers of those it opens, in their order."""
    by_opening: dict[str, tuple[int, ...]] = {}
    for index, (_, pattern) in enumerate(_CUES):
        for opening in openings(pattern):
            by_opening[opening] = (*by_opening.get(opening, ()), index)
    return by_opening


_BY_OPENING = _cues_by_opening()


def _opening() -> re.Pattern[str]:
    """A digit, a bracket or a word that opens a cue, where it begins."""
    tails: dict[str, set[str]] = {}
    for word in _BY_OPENING.keys() - {DIGIT, BRACKET}:
        tails.setdefault(word[0], set()).add(word[1:])
    words = "|".join(f"{first}(?:{'|'.join(sorted(rest))})" for first, rest in sorted(tails.items()))
    # one look behind for all of them lets the scanner pass over the insides of words
    return re.compile(rf"(?<![\w/])(?:[\d(]|(?:{words})(?![^\W\d_]))")


_OPENING = _opening()


def alternatives(indices: Iterable[int]) -> str:
    """Cues by their numbers, each as a group p0, p1, ..., with the groups inside it numbered like it."""
    return "|".join(f"(?P<p{index}>" + _GROUP.sub(rf"?P<\g<1>_{index}>", _CUES[index][1]) + ")" for index in indices)


@cache
def _scanner(indices: tuple[int, ...]) -> tuple[re.Pattern[str], dict[int, list[tuple[str, int]]]]:
    """Cues in one pattern, and of each the numbers of the groups inside it with the names they have in its file."""
    pattern = re.compile(alternatives(indices))
    groups: dict[int, list[tuple[str, int]]] = {index: [] for index in indices}
    for key, number in pattern.groupindex.items():
        name, _, index = key.rpartition("_")
        if name:
            groups[int(index)].append((name, number))
    return pattern, groups


@lru_cache(maxsize=_TEXTS_KEPT)
def scan_cues(folded: str) -> tuple[tuple[int, int, str, dict[str, str]], ...]:
    """Start, end and kind of each time expression of a folded text, with what its groups hold."""
    cues: list[tuple[int, int, str, dict[str, str]]] = []
    after = 0
    for opening in _OPENING.finditer(folded):
        start = opening.start()
        if start < after:
            continue
        word = opening[0]
        pattern, groups = _scanner(_BY_OPENING.get(word) or _BY_OPENING[DIGIT])
        match = pattern.match(folded, start)
        if match is None:
            continue
        after = match.end()
        # the group that closed last is the cue's own, as it holds the others
        index = int((match.lastgroup or "")[1:])
        cues.append((start, after, _CUES[index][0], {key: match[n] for key, n in groups[index] if match[n]}))
    return tuple(cues)
