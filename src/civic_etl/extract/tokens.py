"""Tokens of a folded text: syllables, runs of digits, single marks."""

import re
from bisect import bisect_left

from civic_etl.vietnamese.word_starts import words_apart

# a run of digits keeps its inner separators: "8.254,817" is one token, "26,27/12" is three
_VOWEL = "[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]"
# and no syllable has a "đ" behind a vowel, so that words run together come apart ("công nghiệpđạt"), but not "gđvh"
_RUN_ON = rf"đ?[^\W\d_đ]{{0,8}}{_VOWEL}[^\W\d_đ]{{0,8}}(?=đ{_VOWEL})"
_QUOTES = "\"“”„«»'‘’`"
_PLAIN = rf"[^\W\d_]+|[^\s{_QUOTES}]"
_TOKEN = re.compile(rf"(\d+(?:[.,]\d+)*|{_PLAIN})")
# looking for words run together is slow, and few texts have any
_RUN_TOGETHER = re.compile(rf"đ(?<=[^\W\d_]đ){_VOWEL}")
_TOKEN_APART = re.compile(rf"(\d+(?:[.,]\d+)*|{_RUN_ON}|{_PLAIN})")
_DASHES = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}


class TokenLine:
    """The tokens of a text, quotation marks left out so that phrases match across them.

    `words` are their texts, with dashes unified; `starts` and `ends` their spans in the text.
    """

    def __init__(self, folded: str) -> None:
        pattern = _TOKEN_APART if _RUN_TOGETHER.search(folded) else _TOKEN
        self.words, self.starts, self.ends = words_apart(pattern, folded)
        if not _DASHES.keys().isdisjoint(self.words):
            self.words = [_DASHES.get(word, word) for word in self.words]
        self.openings: list[list[int]] | None = None
        """Which tokens open phrases, by the number of the table (`PhraseTable.openings`); None before one was asked."""

    def at_or_after(self, position: int) -> int:
        """Index of the first token that starts at or after a character position."""
        return bisect_left(self.starts, position)

    def between(self, start: int, end: int) -> range:
        """Indices of the tokens that start inside [start, end)."""
        return range(self.at_or_after(start), self.at_or_after(end))


def tokenise(phrase: str) -> tuple[str, ...]:
    """The token texts of a folded phrase."""
    return tuple(TokenLine(phrase).words)
