"""The words of a text and where they stand, without an object for each match."""

import re
from itertools import accumulate


def words_apart(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[int], list[int]]:
    """What a pattern finds in a text, with where each of them starts and where it ends.

    The pattern is one group, so that splitting by it gives in turn what lies between two words and a word.
    """
    pieces = pattern.split(text)
    ends = list(accumulate(map(len, pieces)))
    return pieces[1::2], ends[:-1:2], ends[1::2]
