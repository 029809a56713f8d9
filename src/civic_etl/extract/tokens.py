"""Tokens of a folded text: syllables, runs of digits, single marks."""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

# a run of digits keeps its inner separators: "8.254,817" is one token, "26,27/12" is three
_VOWEL = "[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]"
# and no syllable has a "đ" behind a vowel, so that words run together come apart ("công nghiệpđạt"), but not "gđvh"
_RUN_ON = rf"đ?[^\W\d_đ]{{0,8}}{_VOWEL}[^\W\d_đ]{{0,8}}(?=đ{_VOWEL})"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|{_RUN_ON}|[^\W\d_]+|[^\s]")
_DASHES = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
_QUOTES = frozenset("\"“”„«»'‘’`")
_MARKS = _QUOTES | _DASHES.keys()


class Token(NamedTuple):
    """A piece of the folded text; `text` has its dashes unified. A tuple, as articles have many of them."""

    start: int
    end: int
    text: str

    @property
    def is_number(self) -> bool:
        """Whether the token is a run of digits."""
        return self.text[0].isdigit()


class TokenLine:
    """The tokens of a text, quotation marks left out so that phrases match across them."""

    def __init__(self, folded: str) -> None:
        self.tokens: list[Token] = []
        for match in _TOKEN.finditer(folded):
            text = match[0]
            if text in _MARKS:
                if text in _QUOTES:
                    continue
                text = _DASHES[text]
            self.tokens.append(Token(match.start(), match.end(), text))
        self._starts = [token.start for token in self.tokens]
        self.words = [token.text for token in self.tokens]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The indices of the tokens by their text, in order."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            places[word].append(index)
        return places

    def at_or_after(self, position: int) -> int:
        """Index of the first token that starts at or after a character position."""
        return bisect_left(self._starts, position)

    def between(self, start: int, end: int) -> range:
        """Indices of the tokens that start inside [start, end)."""
        return range(self.at_or_after(start), self.at_or_after(end))


def tokenise(phrase: str) -> tuple[str, ...]:
    """The token texts of a folded phrase."""
    return tuple(TokenLine(phrase).words)
