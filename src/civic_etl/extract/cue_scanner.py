"""The scanner of time expressions: all cues of `time_cues.yaml` in one pattern."""

import re
from collections.abc import Iterator

from civic_etl.extract.lexicon import read_data

_SHAPES: dict[str, str] = read_data("periods.yaml")["shapes"]
_LOOKS_AROUND = re.compile(r"\(\?<?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_SYNTAX = re.compile(r"\?P<\w+>|\\\w")
_WORD = re.compile(r"[^\W\d_]+")


def written_out(pattern: str) -> str:
    """A pattern with the shapes it names in its place."""
    for name in ("DATE", "LONG_DATE", "NUM", "YEAR"):
        pattern = pattern.replace("{" + name + "}", _SHAPES[name])
    return pattern


_CUES: list[tuple[str, str]] = [(name, written_out(pattern)) for name, pattern in read_data("time_cues.yaml")]


def alternatives() -> Iterator[str]:
    """Each cue as the group p0, p1, ..., the groups inside it numbered with it."""
    for index, (_, pattern) in enumerate(_CUES):
        numbered = re.sub(r"\?P<(\w+)>", rf"?P<\g<1>_{index}>", pattern)
        yield f"(?P<p{index}>{numbered})"


def _opening() -> str:
    """A look ahead at what any cue begins with: a digit, a bracket, or one of the words that the cues are made of.

    It spares the scanner the cues themselves at most words of a text.
    """
    tails: dict[str, set[str]] = {}
    for _, pattern in _CUES:
        consumed = _SYNTAX.sub("", _LOOKS_AROUND.sub("", pattern))
        for word in _WORD.findall(consumed):
            tails.setdefault(word[0], set()).add(word[1:])
    words = "|".join(f"{first}(?:{'|'.join(sorted(rest))})" for first, rest in sorted(tails.items()))
    return rf"(?=[\d(]|(?:{words})(?![^\W\d_]))"


# one look behind for all of them lets the scanner pass over the insides of words
_SCANNER = re.compile(rf"(?<![\w/]){_opening()}(?:{'|'.join(alternatives())})")


def _groups(index: int) -> list[tuple[str, int]]:
    """The numbers of the groups inside a cue, with the names they have in its file."""
    suffix = f"_{index}"
    return [(key.removesuffix(suffix), n) for key, n in _SCANNER.groupindex.items() if key.endswith(suffix)]


_GROUPS = [_groups(index) for index in range(len(_CUES))]


def scan_cues(folded: str) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """Start, end and kind of each time expression of a folded text, with what its groups hold."""
    for match in _SCANNER.finditer(folded):
        # the group that closed last is the cue's own, as it holds the others
        index = int((match.lastgroup or "")[1:])
        groups = {key: held for key, number in _GROUPS[index] if (held := match[number])}
        yield match.start(), match.end(), _CUES[index][0], groups
