"""Phrases of a lexicon, found in a line of tokens in one pass (longest first, no overlap inside one table)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from civic_etl.extract.tokens import TokenLine, tokenise
from civic_etl.vietnamese.fold import fold_same_length

Payload = TypeVar("Payload")
_END = ""


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


class PhraseTable(Generic[Payload]):
    """A trie over tokens."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, payload in entries:
            node = self._root
            for word in tokenise(fold_same_length(phrase)):
                node = node.setdefault(word, {})
            node.setdefault(_END, payload)

    def longest_at(self, words: list[str], index: int, stop: int) -> tuple[int, Payload] | None:
        """The longest phrase that starts at a token: (index after its last token, payload)."""
        stop = min(stop, len(words))
        node = self._root.get(words[index]) if index < stop else None
        best: tuple[int, Payload] | None = None
        position = index
        while node is not None:
            position += 1
            if _END in node:
                best = (position, node[_END])
            if position >= stop:
                break
            node = node.get(words[position])
        return best

    def find(self, line: TokenLine, start: int = 0, stop: int | None = None) -> Iterator[Hit[Payload]]:
        """Phrases in tokens [start, stop), left to right, longest first, not overlapping."""
        stop = len(line.words) if stop is None else stop
        index = start
        words, root = line.words, self._root
        while index < stop:
            if words[index] not in root:
                index += 1
                continue
            found = self.longest_at(line.words, index, stop)
            if found is None:
                index += 1
                continue
            after, payload = found
            yield Hit(line.tokens[index].start, line.tokens[after - 1].end, index, after - 1, payload)
            index = after
