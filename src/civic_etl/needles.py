"""What every match of a pattern begins with or has in it, read off the pattern: spares the search where it is not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

Needles = frozenset[str]

# so many readings of a run of letters are told one by one, and so many needles looked for before a text is searched
_MOST_READINGS, _MOST_NEEDLES = 24, 40
_MOST_LETTERS = 4
_SHORTEST_HEAD = 2
# what looking for a needle costs, and searching a text where one is found
_LOOK, _SEARCH = 1, 60
# how likely a text has a needle of so many letters, in hundredths
_LIKELY = (100, 90, 60, 35, 20, 12)
_PIECE = re.compile(
    r"\(\?P=\w+\)|\(\?(?:P<\w+>|<?[=!]|[:>]|[a-zA-Z]+\)|\(\w+\))"
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?:[*+?]|\{\d*,?\d*\})[+?]?|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"([*+?]|\{(\d*)(,?)(\d*)\})[+?]?")
_NOTHING = frozenset({""})
_ZERO_WIDTH = frozenset({r"\b", r"\B", r"\A", r"\Z", "^", "$"})
_CONTROLS = {r"\n": "\n", r"\t": "\t", r"\r": "\r"}
_RANGE = re.compile(r".-.")


@dataclass(frozen=True, slots=True)
class Signs:
    """By what the matches of a pattern are known: each begins with one of `heads` and has one of `needles` in it.

    None are given where nothing is sure, or hardly anything is spared.
    """

    heads: tuple[str, ...]
    needles: tuple[str, ...]


def signs(pattern: str) -> Signs:
    """By what the matches of a pattern are known. What it only looks at tells nothing, nor one that ignores case."""
    part = _Pieces(_PIECE.findall(pattern)).alternatives()
    heads = _openings(part.heads) if all(len(head) >= _SHORTEST_HEAD for head in part.heads) else ()
    sure = part.sure if part.sure is not None and _cost(part.sure)[0] < _SEARCH else ()
    return Signs(tuple(heads), tuple(sorted(sure, key=lambda each: (len(each), each))))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: all that it may be, strings one of which it has, and one of which it begins with."""

    readings: Needles | None = None
    sure: Needles | None = None
    heads: Needles = _NOTHING


class _Pieces:
    """The pieces of a pattern, read from left to right."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._at = 0
        self._known = True

    def alternatives(self) -> _Part:
        """What stands up to the end of a group."""
        found = [self._row()]
        while self._next() == "|":
            self._at += 1
            found.append(self._row())
        if not self._known:
            return _Part()
        return _either(found)

    def _next(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _row(self) -> _Part:
        """Items one behind the other."""
        items: list[_Part] = []
        while self._next() not in {"", "|", ")"}:
            item = self._item()
            times = _QUANTIFIER.fullmatch(self._next())
            if times is not None:
                self._at += 1
                item = _repeated(item, times)
            items.append(item)
        return _in_row(items)

    def _item(self) -> _Part:
        piece = self._next()
        self._at += 1
        if piece.startswith("(?P=") or piece in _CONTROLS or piece in _ZERO_WIDTH:
            return _Part() if piece.startswith("(") else _told({_CONTROLS.get(piece, "")})
        if piece.startswith("(?(") or (piece.startswith("(?") and piece.endswith(")")):
            # what depends on a group is not read, and with `i` or `x` no letter stands for itself alone
            self._known &= not {"(", "i", "x"} & set(piece[2:])
            return _told(_NOTHING)
        if piece.startswith("("):
            inside = self.alternatives()
            self._at += 1
            return _told(_NOTHING) if piece.endswith(("=", "!")) else inside
        if piece.startswith("[") and len(piece) > 1:
            return _letters(piece[1:-1])
        if piece == "." or (piece.startswith("\\") and piece[1].isalnum()):
            return _Part()
        return _told({piece[-1]})


def _told(readings: Iterable[str]) -> _Part:
    """A part that may be one of a few strings."""
    known = frozenset(readings)
    return _Part(known, known if "" not in known else None, known)


def _letters(inside: str) -> _Part:
    """One of a few letters; what may be any of many tells nothing."""
    plain = not inside.startswith("^") and "\\" not in inside and _RANGE.search(inside) is None
    return _told(inside) if plain and len(inside) <= _MOST_LETTERS else _Part()


def _repeated(part: _Part, times: re.Match[str]) -> _Part:
    """A part with its quantifier."""
    quantifier, least, comma, most = times[1], times[2], times[3], times[4]
    if quantifier in {"?", "{0,1}", "{,1}"}:
        return _Part() if part.readings is None else _told(part.readings | _NOTHING)
    if quantifier == "+" or (least and int(least)):
        once = least == "1" and (not comma or most == "1")
        return part if once else _Part(None, part.sure, part.heads)
    return _Part()


def _either(parts: Sequence[_Part]) -> _Part:
    """One of several parts."""
    if len(parts) == 1:
        return parts[0]
    readings: set[str] = set()
    sure: set[str] = set()
    heads: set[str] = set()
    is_told = all(part.readings is not None for part in parts)
    for part in parts:
        readings |= part.readings or set()
        sure |= part.sure or set()
        heads |= part.heads
    known = all(part.sure is not None for part in parts)
    least = _least(sure)
    told = frozenset(readings) if is_told and len(readings) <= _MOST_READINGS else None
    begun = frozenset(heads) if len(heads) <= _MOST_NEEDLES else _NOTHING
    return _Part(told, least if known and len(least) <= _MOST_NEEDLES else None, begun)


def _in_row(parts: Sequence[_Part]) -> _Part:
    """Parts one behind the other: of the runs of known readings, and of the parts, what spares the most."""
    runs = [_NOTHING]
    found: list[Needles] = []
    opening: Needles | None = None
    for part in parts:
        run = runs[-1]
        if part.readings is not None and len(run) * len(part.readings) <= _MOST_READINGS:
            runs[-1] = _joined(run, part.readings)
            continue
        if opening is None:
            opening = _joined(run, part.heads) if len(run) * len(part.heads) <= _MOST_NEEDLES else run
        if part.readings is None:
            found += [part.sure] if part.sure is not None else []
            runs.append(_NOTHING)
        else:
            runs.append(part.readings)
    sure = [_least(each) for each in (*found, *runs) if "" not in each]
    told = runs[0] if opening is None else None
    return _Part(told, min(sure, key=_cost, default=None), runs[0] if opening is None else opening)


def _joined(one: Needles, other: Needles) -> Needles:
    return frozenset(map("".join, product(one, other)))


def _openings(found: Iterable[str]) -> list[str]:
    """Strings without those that begin with another one."""
    kept: list[str] = []
    for each in sorted(found):
        if not each.startswith(tuple(kept)):
            kept.append(each)
    return kept


def _least(found: Iterable[str]) -> Needles:
    """Strings without those that have another one in them."""
    kept: list[str] = []
    for each in sorted(found, key=len):
        if not any(other in each for other in kept):
            kept.append(each)
    return frozenset(kept)


def _cost(found: Needles) -> tuple[float, list[str]]:
    """What it costs to look for some needles and to search a text that has one."""
    missing = 1.0
    for each in found:
        missing *= 1 - _LIKELY[min(len(each.strip()), len(_LIKELY) - 1)] / 100
    return len(found) * _LOOK + _SEARCH * (1 - missing), sorted(found)
