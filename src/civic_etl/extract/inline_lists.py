"""The numbers of a list that a page ran together into one line ("năm 2018 1. Thu ngân sách ... 2. Hộ nghèo ...")."""

from collections.abc import Iterator

from civic_etl.pattern import Pattern

# the look behind stands after the digit, so that the search only stops at digits
_MARKER = Pattern(r"(\d(?<!\S.)\d?)\.\s(?=[^\W\d_])")
_FEWEST = 2


def list_markers(text: str) -> Iterator[tuple[int, int]]:
    """Spans of numbers with a stop before a capital that count up from one."""
    run: list[tuple[int, int]] = []
    for found in _MARKER.all_in(text):
        if not text[found.end()].isupper():
            continue
        number = int(found[1])
        if number == len(run) + 1 or number == 1:
            run = [*run, found.span(1)] if number > 1 else [found.span(1)]
            if len(run) == _FEWEST:
                yield run[0]
            if len(run) >= _FEWEST:
                yield run[-1]
