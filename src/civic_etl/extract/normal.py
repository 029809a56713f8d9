"""A text in two views of the same length, NFC and folded, with the way back to the characters as stored."""

import re
import unicodedata
from dataclasses import dataclass

from civic_etl.extract.unwrap import unwrap
from civic_etl.vietnamese.fold import fold_same_length

_BLANK = frozenset(" \t\u00a0")
# What ends a line to some of Python and to its patterns is a space.
_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class NormalText:
    """`text` is NFC, `folded` its lower-case spelling-normalised twin of equal length.

    `offsets[i]` is the index in the stored text of character i of `text`; None where both are the same.
    """

    text: str
    folded: str
    offsets: tuple[int, ...] | None

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """The span of the stored text behind a span of `text`."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def normalise(stored: str) -> NormalText:
    """Compose a stored text to NFC with one blank between words, keeping where each character came from."""
    if unicodedata.is_normalized("NFC", stored) and not _BLANKS.search(stored):
        text = unwrap(_BREAK.sub("\n", stored))
        return NormalText(text, fold_same_length(text), None)
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(stored) + 1):
        if end < len(stored) and (
            unicodedata.combining(stored[end]) or (stored[end] in _BLANK and stored[start] in _BLANK)
        ):
            continue
        piece = " " if stored[start] in _BLANK else unicodedata.normalize("NFC", stored[start:end])
        pieces.append(piece)
        offsets.extend([start] * len(piece))
        start = end
    offsets.append(len(stored))
    text = unwrap(_BREAK.sub("\n", "".join(pieces)))
    return NormalText(text, fold_same_length(text), tuple(offsets))
