"""What stands around a number and its unit: "hơn", "trở lên", "/người/năm"."""

from civic_etl.extract.lexicon import label_table
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Comparator
from civic_etl.extract.tokens import TokenLine

_PER = compiled("quantities.yaml", "per")
_OPEN = compiled("quantities.yaml", "from_on")
_COMPARED = frozenset({"cao", "thấp", "nhiều", "ít", "lớn"})
_MAX_TOKENS = 4
_MAX_TOKENS_AFTER = 3


class Comparators:
    """Finds the comparators beside the numbers of one text."""

    def __init__(self, folded: str, line: TokenLine) -> None:
        self._folded = folded
        self._line = line
        self._before = label_table("comparators.yaml", "before")
        self._after = label_table("comparators.yaml", "after")

    def before(self, start: int) -> tuple[int, Comparator]:
        """The comparator that stands before a number in its line: where it starts, and which."""
        index = self._line.at_or_after(start)
        words = self._line.words
        for first, comparator in self._before.ending_at(words, index, max(index - _MAX_TOKENS, 0)):
            if comparator == "eq" or self._is_above(first, start):
                # "phân bố trên 5 thôn": the words hold one that compares, and compare nothing
                return start, "eq"
            if not self._compares(index, index - first):
                return self._line.starts[first], comparator  # type: ignore[return-value]
        if index and words[index - 1] == "từ" and not self._is_above(index - 1, start):
            return self._line.starts[index - 1], "eq"
        return start, "eq"

    def _is_above(self, index: int, start: int) -> bool:
        """Whether a word stands in a line above the one that a number starts in."""
        return "\n" in self._folded[self._line.ends[index] : start]

    def _compares(self, index: int, back: int) -> bool:
        """Whether "hơn" before a number is of a comparison ("cao hơn 2%")."""
        words = self._line.words
        return back == 1 and words[index - 1] == "hơn" and index > 1 and words[index - 2] in _COMPARED

    def is_least(self, start: int, number: int, end: int) -> bool:
        """Whether "từ" before a share says that it is the least, as nothing is told that it goes up to ("từ 15%;")."""
        return self._folded.startswith("từ ", start, number) and _OPEN.match(self._folded, end) is not None

    def behind(self, end: int) -> tuple[int, Comparator | None, str]:
        """Where what follows a number and its unit ends, the comparator of it, and what it is counted by."""
        end, after = self._following(end)
        per = ""
        while (match := _PER.match(self._folded, end)) is not None:
            told = match.group().replace(" ", "")
            per += told if told.startswith("/") else f"/{told}"
            end = match.end()
        if not after:
            end, after = self._following(end)
        return end, after, per

    def _following(self, end: int) -> tuple[int, Comparator | None]:
        index = self._line.at_or_after(end)
        words = self._line.words
        found = self._after.longest_at(words, index, index + _MAX_TOKENS_AFTER) if index < len(words) else None
        if found is None or "\n" in self._folded[end : self._line.ends[found[0] - 1]]:
            # what opens the next line is of another sentence
            return end, None
        return self._line.ends[found[0] - 1], found[1]  # type: ignore[return-value]
