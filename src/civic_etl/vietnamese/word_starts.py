"""Where the words that a pattern finds in a text stand, without an object for each match."""

from collections.abc import Iterable


def word_starts(text: str, words: Iterable[str]) -> list[int]:
    """The start of each of the words that `findall` gave of a text, in order.

    The pattern must leave nothing between two words that reads like the second, so that each is the next that does.
    """
    starts: list[int] = []
    end = 0
    for word in words:
        start = text.find(word, end)
        end = start + len(word)
        starts.append(start)
    return starts
