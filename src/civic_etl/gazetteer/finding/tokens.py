"""A text as folded tokens that know where they stand in the text as given."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from civic_etl.gazetteer.keys import TOKEN, token_keys
from civic_etl.vietnamese.fold import fold_same_length, nfc
from civic_etl.vietnamese.word_starts import words_apart

_BREAK = re.compile(r"\n")


class Tokens:
    """The tokens of one text: letters or digits, their keys, and what lies between them.

    `text` is the NFC text, `folded` has its length. Indexes `starts`, `ends` count its characters; `original` turns
    such an index into one of the text as given.
    """

    __slots__ = ("_back", "_capitals", "_lines", "ends", "folded", "keys", "size", "starts", "text")

    def __init__(self, text: str) -> None:
        composed = nfc(text)
        self._back: Sequence[int] | None = None
        if len(composed) != len(text):
            self._back = _offsets(text)
            if len(self._back) != len(composed) + 1:
                # text whose marks compose across letters: keep its own characters
                composed, self._back = text, None
        self.text = composed
        self.folded = fold_same_length(composed)
        words, self.starts, self.ends = words_apart(TOKEN, self.folded)
        self.keys = token_keys(words)
        self.size = len(words)
        self._capitals: list[int] | None = None
        # tokens that are the first behind a line break
        self._lines = {bisect_left(self.starts, found.start()) for found in _BREAK.finditer(self.text)}

    @property
    def capitals(self) -> list[int]:
        """The tokens that begin with a capital."""
        if self._capitals is None:
            text = self.text
            self._capitals = [token for token, start in enumerate(self.starts) if text[start].isupper()]
        return self._capitals

    def original(self, index: int) -> int:
        """The index in the text as given of an index in `text`."""
        return index if self._back is None else self._back[index]

    def gap(self, token: int) -> str:
        """What stands before a token: between it and the token before, or from the start of the text."""
        return self.text[self.ends[token - 1] if token else 0 : self.starts[token]]

    def gap_after(self, token: int) -> str:
        """What stands after a token, up to the next one or the end of the text."""
        return self.text[self.ends[token] : self.starts[token + 1] if token + 1 < self.size else len(self.text)]

    def blank_before(self, token: int) -> bool:
        """Whether only blanks of one line part a token from the one before it."""
        if not 0 < token < self.size:
            return False
        gap = self.gap(token)
        return gap.isspace() and "\n" not in gap

    def capital(self, token: int) -> bool:
        """Whether a token begins with a capital."""
        return self.text[self.starts[token]].isupper()

    def shouted(self, token: int) -> bool:
        """Whether a token is all capitals, and so is a neighbour of it on the line."""
        return self.capitals_alone(token) and (
            (token + 1 < self.size and self.blank_before(token + 1) and self.capitals_alone(token + 1))
            or (self.blank_before(token) and self.capitals_alone(token - 1))
        )

    def capitals_alone(self, token: int) -> bool:
        """Whether a token is several letters, all of them capitals."""
        word = self.text[self.starts[token] : self.ends[token]]
        return len(word) > 1 and word.isupper()

    def line_start(self, token: int) -> bool:
        """Whether a token is the first of its line."""
        return token == 0 or token in self._lines

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to and without token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def _offsets(text: str) -> list[int]:
    """For each character of the NFC text, and its end, the index where it begins in the text."""
    back: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        back += [start] * len(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return [*back, len(text)]
