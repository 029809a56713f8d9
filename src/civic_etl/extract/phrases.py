"""Phrases of a lexicon, found in a line of tokens in one pass (longest first, no overlap inside one table)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from civic_etl.extract.openings import Openings
from civic_etl.extract.spots import Stretches
from civic_etl.extract.tokens import TokenLine, tokenise
from civic_etl.vietnamese.fold import fold_same_length
from civic_etl.vietnamese.short_words import spelled_out

Payload = TypeVar("Payload")
_END = ""
# of all tables that whole texts are read by
_OPENINGS = Openings()


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """A phrase found: its characters, its tokens, and what the lexicon says of it."""

    start: int
    end: int
    first: int
    last: int
    payload: Payload

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.last - self.first + 1


def as_found(phrase: str) -> str:
    """The one form of a phrase that a table finds in several spellings ("bác sỹ", "BHYT")."""
    return " ".join(_tokens(phrase))


def _tokens(phrase: str) -> tuple[str, ...]:
    return tokenise(spelled_out(fold_same_length(phrase)))


class Hits(Generic[Payload]):
    """Phrases found in a text, in its order, to be asked for by where they start."""

    def __init__(self, found: Iterable[Hit[Payload]]) -> None:
        self._found = list(found)
        self._starts = [hit.start for hit in self._found]

    def within(self, start: int, end: int) -> list[Hit[Payload]]:
        """Those that start inside [start, end)."""
        low = bisect_left(self._starts, start)
        return self._found[low : bisect_left(self._starts, end, low)]

    def outside(self, spans: list[tuple[int, int]]) -> "Hits[Payload]":
        """Those that are no part of any of some spans, given in order ("cần" is none in "Cần Thơ")."""
        starts = [start for start, _ in spans]
        kept: list[Hit[Payload]] = []
        for hit in self._found:
            at = bisect_right(starts, hit.start) - 1
            if at < 0 or hit.end > spans[at][1]:
                kept.append(hit)
        return Hits(kept)


def tree_of(entries: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Phrases as a tree of their words; the payload of one that ends at a node stands there under no word."""
    root: dict[str, Any] = {}
    for phrase, payload in entries:
        node = root
        for word in _tokens(phrase):
            node = node.setdefault(word, {})
        node.setdefault(_END, payload)
    return root


class PhraseTable(Generic[Payload]):
    """A trie over tokens. No phrase ends inside one of `compounds`, pairs of words that are one ("thu nhập")."""

    def __init__(self, entries: Iterable[tuple[str, Payload]], compounds: Iterable[str] = ()) -> None:
        self._compounds: dict[str, set[str]] = {}
        for compound in compounds:
            first, second = tokenise(fold_same_length(compound))
            self._compounds.setdefault(first, set()).add(second)
        self._root = tree_of(entries)
        self._number: int | None = None
        self._backwards: dict[str, Any] | None = None
        self._longest: int | None = None

    @classmethod
    def of(cls, root: dict[str, Any], compounds: Iterable[str] = ()) -> "PhraseTable[Payload]":
        """The table of a tree that is there already."""
        table = cls((), compounds)
        table._root = root
        return table

    @property
    def longest(self) -> int:
        """The most tokens that a phrase has."""
        if self._longest is None:
            depth, level = 0, [self._root]
            while level := [below for node in level for word, below in node.items() if word != _END]:
                depth += 1
            self._longest = depth
        return self._longest

    @property
    def _reversed(self) -> dict[str, Any]:
        """The same trie with the last words of the phrases first."""
        if self._backwards is None:
            self._backwards = self._turned_round()
        return self._backwards

    def _turned_round(self) -> dict[str, Any]:
        root: dict[str, Any] = {}
        pending: list[tuple[dict[str, Any], tuple[str, ...]]] = [(self._root, ())]
        while pending:
            node, words = pending.pop()
            for word, below in node.items():
                if word != _END:
                    pending.append((below, (*words, word)))
                    continue
                at = root
                for each in reversed(words):
                    at = at.setdefault(each, {})
                at[_END] = below
        return root

    def longest_at(self, words: list[str], index: int, stop: int) -> tuple[int, Payload] | None:
        """The longest phrase that starts at a token: (index after its last token, payload)."""
        node: Any = self._root
        after, best = 0, None
        compounds = self._compounds
        for at in range(index, min(stop, len(words))):
            node = node.get(words[at])
            if node is None:
                break
            if _END in node and not (words[at] in compounds and self._is_inside(words, at + 1)):
                after, best = at + 1, node
        return None if best is None else (after, best[_END])

    def _is_inside(self, words: list[str], after: int) -> bool:
        """Whether a phrase that ends before token `after` would end inside a compound."""
        second = self._compounds.get(words[after - 1])
        return second is not None and after < len(words) and words[after] in second

    def ending_at(self, words: list[str], stop: int, first: int) -> list[tuple[int, Payload]]:
        """The phrases that end right before token `stop` and start at `first` or after it, the longest first.

        Each is (index of its first token, payload).
        """
        found: list[tuple[int, Payload]] = []
        position = stop - 1
        if position < first or self._is_inside(words, stop):
            return found
        node = self._reversed.get(words[position])
        while node is not None:
            if _END in node:
                found.append((position, node[_END]))
            position -= 1
            if position < first:
                break
            node = node.get(words[position])
        found.reverse()
        return found

    def find(self, line: TokenLine, start: int = 0, stop: int | None = None) -> Iterator[Hit[Payload]]:
        """Phrases in tokens [start, stop), left to right, longest first, not overlapping."""
        starts, ends = line.starts, line.ends
        for first, after, payload in self.spans(line, start, stop):
            yield Hit(starts[first], ends[after - 1], first, after - 1, payload)

    def find_in_lines(self, line: TokenLine, folded: str) -> Iterator[Hit[Payload]]:
        """The same phrases, but none over a line break: a heading is no part of what is told below it.

        ("1. Tài chính", "Kế hoạch thu ngân sách ...")
        """
        for hit in self.find(line):
            broken = folded.find("\n", hit.start, hit.end)
            if broken < 0:
                yield hit
                continue
            below = line.at_or_after(broken)
            yield from self.find(line, hit.first, below)
            yield from self.find(line, below, hit.last + 1)

    def spans(self, line: TokenLine, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int, Payload]]:
        """The same phrases, each as its first token, the one behind it, and its payload."""
        words, after = line.words, start
        end = len(words) if stop is None else min(stop, len(words))
        for index in self.openings(line) if stop is None else self._openings_in(words, start, end):
            if index < after:
                continue
            found = self.longest_at(words, index, end)
            if found is not None:
                after = found[0]
                yield index, after, found[1]

    def openings(self, line: TokenLine) -> list[int]:
        """The tokens of a whole line that open a phrase by their word, or that and the next one, in order."""
        if self._number is None:
            self._number = _OPENINGS.add(self._root)
        if line.openings is None or len(line.openings) <= self._number:
            line.openings = _OPENINGS.of(line.words)
        return line.openings[self._number]

    def _openings_in(self, words: list[str], start: int, stop: int) -> list[int]:
        """The tokens of [start, stop) that open a phrase by their word, or that and the next one."""
        root = self._root
        found: list[int] = []
        for index in range(start, stop):
            node = root.get(words[index])
            if node is not None and (_END in node or (index + 1 < stop and words[index + 1] in node)):
                found.append(index)
        return found


class Beginnings(Generic[Payload]):
    """The tokens of one line that phrases of a table begin at, each asked for the longest one there once.

    Those inside `names` are left out.
    """

    def __init__(self, table: PhraseTable[Payload], line: TokenLine, names: Stretches) -> None:
        self._table = table
        self._words = line.words
        self._openings = [index for index in table.openings(line) if not names.cover(line.starts[index])]
        self._longest: dict[int, tuple[int, Payload] | None] = {}

    def payloads(self, start: int, stop: int) -> Iterator[Payload]:
        """What `find` finds in tokens [start, stop)."""
        after = start
        for place in range(bisect_left(self._openings, start), bisect_left(self._openings, stop)):
            index = self._openings[place]
            if index < after:
                continue
            found = self._longest_at(index)
            if found is not None and found[0] > stop:
                # the longest one is cut off: a shorter one may end inside
                found = self._table.longest_at(self._words, index, stop)
            if found is not None:
                after = found[0]
                yield found[1]

    def _longest_at(self, index: int) -> tuple[int, Payload] | None:
        if index not in self._longest:
            self._longest[index] = self._table.longest_at(self._words, index, len(self._words))
        return self._longest[index]
