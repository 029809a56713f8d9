"""Words that administrative prose writes short ("SVCK", "GTSX", "NTM"), and what they are short for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from civic_etl.pattern import Pattern
from civic_etl.vietnamese.fold import fold_same_length
from civic_etl.vietnamese.lexicon import read_data

_DATA = read_data("short_words.yaml")
_ALWAYS: dict[str, str] = _DATA["always"]
_REACH = 40
# a name of a paper ("27/NQ-HĐND", "05-KH/TU"); what is held against a plan goes on with its figure ("120/KH 100 ha")
_CODE_BEFORE = re.compile(r"\d[\w/]*[-/]$")
_FIGURE_BEHIND = re.compile(r"[ :]*\d")
_CODE_REACH = 12
_OPENS = re.compile(r"(?:^|[.!?\n])\s*(?:[-+*•]\s*)?$")
_OPENS_REACH = 6


@dataclass(frozen=True, slots=True)
class Spelled:
    """A span of a text and the words it is short for."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Beside:
    full: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None

    def fits(self, folded: str, start: int, end: int) -> bool:
        if self.before is None and self.behind is None:
            return True
        if self.before is not None and self.before.search(folded, max(0, start - _REACH), start) is not None:
            return True
        return self.behind is not None and self.behind.match(folded, end) is not None


@lru_cache(maxsize=1)
def _beside() -> dict[str, list[_Beside]]:
    found: dict[str, list[_Beside]] = {}
    for row in _DATA["beside"]:
        found.setdefault(row["short"], []).append(
            _Beside(row["full"], _pattern(row, "before"), _pattern(row, "behind"))
        )
    return found


def _pattern(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
    return re.compile(row[key]) if key in row else None


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """Letters that may be a short form: capitals, or small letters that make no syllable."""
    small = r"[bcdđghklmnpqrstvx]{2,9}"
    voiced = "|".join(sorted(word for word in (*_ALWAYS, *_beside()) if re.fullmatch(small, word) is None))
    return re.compile(rf"(?<![^\W\d_])(?:[A-ZĐÂĂÊÔƠƯ]{{2,9}}|{small}|{voiced})(?![^\W\d_])")


@lru_cache(maxsize=1)
def _marked() -> tuple[tuple[Pattern, str], ...]:
    return tuple((Pattern(row["short"]), row["full"]) for row in _DATA["marked"])


def short_words(text: str, own: Mapping[str, str] | None = None) -> list[Spelled]:
    """The short forms in an NFC text, in order, each with its words, in the case that its place asks for.

    One in brackets of its own only repeats the words before it ("nông thôn mới (NTM)") and is left alone. `own` are
    those that the text defines for itself, in small letters, with their words.
    """
    folded = fold_same_length(text)
    found: list[Spelled] = []
    if _may_be_marked(folded):
        found += (Spelled(*match.span(), full) for short, full in _marked() for match in short.all_in(folded))
    taken = {at for each in found for at in range(each.start, each.end)}
    found += (each for each in _plain(text, folded, own or {}) if each.start not in taken)
    found.sort(key=lambda each: each.start)
    return [Spelled(each.start, each.end, _cased(text, each)) for each in found]


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str] | None:
    """What each marked short form has in it; None where some may have none of it."""
    known = [short.needles for short, _ in _marked()]
    if not all(known):
        return None
    return re.compile("|".join(map(re.escape, sorted({needle for needles in known for needle in needles}))))


def _may_be_marked(folded: str) -> bool:
    """Whether a text may have a marked short form at all: few phrases have, and a lexicon has 100,000 of them."""
    marks = _marks()
    return marks is None or marks.search(folded) is not None


def spelled_out(phrase: str) -> str:
    """A folded phrase with its short forms written in full."""
    if _candidates().search(phrase) is None and not _may_be_marked(phrase):
        return phrase
    pieces: list[str] = []
    after = 0
    for each in short_words(phrase):
        pieces += phrase[after : each.start], each.words.lower()
        after = each.end
    return "".join([*pieces, phrase[after:]])


def _plain(text: str, folded: str, own: Mapping[str, str]) -> Iterator[Spelled]:
    beside = _beside()
    for match in _candidates().finditer(text):
        start, end = match.span()
        short = folded[start:end]
        full = _ALWAYS.get(short) or (own.get(short) if text[start].isupper() else None)
        if full is None:
            full = next((row.full for row in beside.get(short, ()) if row.fits(folded, start, end)), None)
        if full is None or (text[start - 1 : start] == "(" and text[end : end + 1] == ")"):
            continue
        if _CODE_BEFORE.search(text, max(0, start - _CODE_REACH), start) and not _FIGURE_BEHIND.match(text, end):
            continue
        yield Spelled(start, end, full)


def _cased(text: str, each: Spelled) -> str:
    """The words apart from a digit before them, in capitals in a line of such, with one where they open a sentence."""
    if text[each.start - 1 : each.start].isdigit():
        return f" {each.words}"
    if not text[each.start].isupper():
        return each.words
    stop = text.find("\n", each.end)
    if text[text.rfind("\n", 0, each.start) + 1 : stop if stop >= 0 else len(text)].isupper():
        return each.words.upper()
    if _OPENS.search(text, max(0, each.start - _OPENS_REACH), each.start) is not None:
        return each.words[0].upper() + each.words[1:]
    return each.words
