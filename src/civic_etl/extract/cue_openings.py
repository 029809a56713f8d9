"""What a time expression may begin with, read off its pattern: spares the scanner the cues that cannot be there."""

import re

# the openings that are no words: any digit, and a bracket
DIGIT, BRACKET = "0", "("

_PIECE = re.compile(r"\(\?(?:P<\w+>|:|<?[=!])|\\.|\[[^\]]*\]|[^\W\d_]+|\{\d+,\d+\}|.")


def openings(pattern: str) -> frozenset[str]:
    """The words, `DIGIT` and `BRACKET` that what a pattern matches may begin with.

    Reads the syntax that cues are written in: groups, classes of digits, whole words, quantifiers behind a group.
    """
    found, optional = _Pieces(_PIECE.findall(pattern)).alternatives()
    odd = [each for each in found if not each.isalpha() and each not in {DIGIT, BRACKET}]
    if optional or odd:
        raise ValueError(f"a cue begins with a word, a digit or a bracket: {pattern}")
    return frozenset(found)


class _Pieces:
    """The pieces of a pattern, read from left to right."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._at = 0

    def alternatives(self) -> tuple[set[str], bool]:
        """The openings of what stands up to the end of a group, and whether it may be passed over as a whole."""
        found: set[str] = set()
        optional = False
        while True:
            passed = True
            while self._next() not in {"", "|", ")"}:
                opens, may_miss = self._item()
                if passed:
                    found |= opens
                    passed = may_miss
            optional |= passed
            if self._next() != "|":
                return found, optional
            self._at += 1

    def _next(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _item(self) -> tuple[set[str], bool]:
        """The openings of one item with its quantifier, and whether it may be missing."""
        piece = self._next()
        self._at += 1
        may_miss = piece == r"\b"
        if piece.startswith("("):
            opens, may_miss = self.alternatives()
            self._at += 1
            if piece.endswith(("=", "!")):
                # what is only looked at opens nothing
                opens, may_miss = set(), True
        elif may_miss:
            opens = set()
        elif piece == r"\d" or piece[0] == "[" or piece.isdigit():
            opens = {DIGIT}
        else:
            opens = {piece.removeprefix("\\")}
        quantifier = self._next()
        if quantifier in {"?", "*", "+"} or quantifier.startswith("{"):
            self._at += 1
            may_miss |= quantifier in {"?", "*"} or quantifier.startswith("{0")
        return opens, may_miss
