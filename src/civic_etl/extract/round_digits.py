"""A text without what is far from its digits: most of a page is, and no pattern of a number need look there."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

# what belongs to a number stands within so many characters of it, on either side
_REACH = 160
# digits with those near them; where these end, two reaches follow without any
_NEAR = re.compile(rf"\d(?:\D{{0,{2 * _REACH}}}+\d)*+")
_CUT = "\n"
# several readers ask for that of the text they share
_TEXTS_KEPT = 4


class RoundDigits:
    """What is near the digits of a text, piece by piece, and the way back."""

    def __init__(self, text: str) -> None:
        self._spans = [
            (max(0, found.start() - _REACH), min(len(text), found.end() + _REACH)) for found in _NEAR.finditer(text)
        ]
        # where each piece begins among the pieces
        self._begins = list(accumulate((b - a + len(_CUT) for a, b in self._spans), initial=0))[:-1]

    def of(self, text: str) -> str:
        """The pieces of the text, or of another one as long."""
        return _CUT.join([text[a:b] for a, b in self._spans])

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A span of what `of` gives as one of the text."""
        piece = bisect_right(self._begins, start) - 1
        moved = self._spans[piece][0] - self._begins[piece]
        return start + moved, end + moved


@lru_cache(maxsize=_TEXTS_KEPT)
def round_digits(text: str) -> RoundDigits:
    """What is near the digits of a text."""
    return RoundDigits(text)
