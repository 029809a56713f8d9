"""Where phrases may begin in a text, looked up in one pass over its words for all tables that texts are read by."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

# stands behind the last word of a text, and in a trie where a phrase ends
_END = ""


class Openings:
    """The words that open the phrases of some tables, each with those that may come next.

    Both are looked at, since a word that opens some phrase seldom opens one where it stands.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        # word -> next word -> the tables with a phrase that begins so; under "" those whose phrase the word alone is
        self._next: dict[str, dict[str, tuple[int, ...]]] = {}

    def add(self, trie: Mapping[str, Mapping[str, Any]]) -> int:
        """Take up the phrases of a table; the number that it has from now on."""
        with self._lock:
            number, self._count = self._count, self._count + 1
            for word, node in trie.items():
                tables = self._next.setdefault(word, {_END: ()})
                if _END in node:
                    self._next[word] = {second: (*known, number) for second, known in tables.items()}
                else:
                    tables |= {second: (*tables.get(second, tables[_END]), number) for second in node}
        return number

    def of(self, words: list[str]) -> list[list[int]]:
        """By the numbers of the tables, which words of a text open one of their phrases, in order."""
        with self._lock:
            found: list[list[int]] = [[] for _ in range(self._count)]
            for index, word in enumerate(words):
                tables = self._next.get(word)
                if tables is None:
                    continue
                following = words[index + 1] if index + 1 < len(words) else _END
                for number in tables.get(following, tables[_END]):
                    found[number].append(index)
        return found
