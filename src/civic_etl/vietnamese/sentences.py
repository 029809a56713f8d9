"""Sentences of a text, as spans."""

import re
from functools import lru_cache

from civic_etl.vietnamese.lexicon import read_data

# what may end a sentence: a stop with the quotes and brackets that close after it, or a line break
# (one class of characters leads the pattern, so that the search passes over all others)
_BREAKS = r"\n\r\u2028\u2029\v\f"
_END = re.compile(
    rf"[.!?…{_BREAKS}](?:"
    r"(?<=[.!?…])[.!?…]*(?:[\"'”’»)\]]*(?=\s|$)|[”»])"
    r"|(?<=[.…])(?=[A-ZÀ-ỸĐ][a-zà-ỹđ])"
    rf"|(?<=[{_BREAKS}])[{_BREAKS}]*"
    ")"
)
_WORD_BEFORE = re.compile(r"[\w/.]+$")

_INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ])+")
_LOOK_BACK = 24
# a number whose separator got a blank ("1. 653 hộ")
_TORN_HEAD = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}$")
_TORN_GROUP = re.compile(r"\.[ \u00a0]\d{3}(?!\d|[.,]\d|\s?%)")
_MARKER_ONLY = re.compile(r"\s*[-+*•–(]*\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[IVXivx]{1,5}|[a-zđA-ZĐ])?\s*$")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = read_data("abbreviations.yaml")
    return frozenset(data["before_name"]), frozenset(data["perhaps_last"])


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, in order, without the blanks around them; none is empty.

    A line end ends a sentence, and so do `.`, `!`, `?`, `…` before a blank; a semicolon does not. Full stops of
    abbreviations (`TP.`, `Đ/c.`, `ThS.`), initials, decimals (`8.254`, `8. 254`), dates (`22.1.2021`) and list
    markers (`1.`, `a.`, `II.`) do not either. A full stop without a blank ends one before a capitalised word
    (`đồng.Tổng thu`) unless an abbreviation stands before it. Linear in the text.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        mark = match.group()
        # "tr.đồng": a small letter right behind a stop goes on
        glued = text[match.end() : match.end() + 1].islower()
        if mark[0] == "." and (glued or not _ends(text, start, match.start(), match.end())):
            continue
        stop = match.start() if mark[0] in "\n\r\u2028\u2029\v\f" else match.end()
        _add(spans, text, start, stop)
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, stop: int) -> None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        spans.append((start, stop))


def _ends(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` ends the sentence that began at `start`."""
    if text[stop : stop + 2] == "..":
        # an ellipsis goes on unless a capital follows
        return _capital_follows(text, after)
    before = text[max(start, stop - _LOOK_BACK) : stop]
    if stop - start <= _LOOK_BACK and _MARKER_ONLY.fullmatch(before):
        return False
    if _TORN_GROUP.match(text, stop) and _TORN_HEAD.search(text, max(start, stop - 3), stop):
        return False
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    name = word.group().lower().strip("./")
    always, perhaps = _abbreviations()
    if name in perhaps:
        return _capital_follows(text, after)
    if name in always:
        return _is_unit(text, stop - len(word.group()), name)
    if _INITIALS.fullmatch(word.group()):
        # a name that is kept back ("nhà ông N.V.H. ở thôn 8")
        return _capital_follows(text, after)
    if len(name) == 1 and word.group().isupper():
        return not _capital_follows(text, after)
    return True


def _is_unit(text: str, begin: int, name: str) -> bool:
    """A short word right after a digit is a unit ("5 tr.", "30 h.") and may well end a sentence."""
    return len(name) <= 2 and text[max(0, begin - 2) : begin].strip()[-1:].isdigit()


def _capital_follows(text: str, position: int) -> bool:
    while position < len(text) and text[position] in " \t\u00a0\"“'(":
        position += 1
    return position >= len(text) or text[position].isupper() or text[position] in "\n\r"
