"""A text in two views of the same length, NFC and folded, with the way back to the characters as stored."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from civic_etl.extract.flat_rows import with_cells
from civic_etl.extract.lone_bars import without_lone_bars
from civic_etl.extract.lost_blanks import lost_before_figures, lost_inside_words
from civic_etl.extract.month_words import month_words
from civic_etl.extract.pairs_of_lines import with_pairs
from civic_etl.extract.place_lists import with_place_lists
from civic_etl.extract.unwrap import unwrap
from civic_etl.extract.upright import with_rows
from civic_etl.vietnamese.fold import fold_same_length
from civic_etl.vietnamese.repeated_shorts import defined_shorts, repeated_shorts
from civic_etl.vietnamese.short_words import short_words
from civic_etl.vietnamese.syllables import is_syllable

_BLANK = frozenset(" \t\u00a0")
# What ends a line to some of Python and to its patterns is a space; one set leads, so that the search only stops there.
_BREAK = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029](?:(?<!\r)|(?!\n))")
_EMPTY_CELL = " "
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")
# bare numbers that stand in a row, more of them than any prose lists: all that is behind the first
_ROW = re.compile(r"[0-9](?<![0-9]{2})[0-9]*+((?:[ ,;.]++[0-9]++){60,}+)")
# a capital inside a word, and what stands before it; what looks behind the capital stands after it, so that the search
# only stops at capitals
_CAPITAL_INSIDE = re.compile(r"[A-ZĐÂĂÊÔƠƯÁÀÝÍÚÓ](?<=[^\W\d_].)(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+$")
_LONGEST_SYLLABLE = 8
_DIGITS = "0123456789"
_CUT = "; "


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


class _Change(NamedTuple):
    """What stands in place of characters [start, end) of a text, and where in it each character of that comes from."""

    start: int
    end: int
    words: str
    places: list[int]


def normalise(stored: str) -> NormalText:
    """Compose a stored text to NFC with one blank between words, keeping where each character came from.

    Words written short are written in full ("NTM"), and not said again in brackets ("nông thôn mới (NTM)"). Of a row of
    bare numbers without an end only the first and the last are left. Months have their numbers for names ("tháng Sáu").
    """
    composed, offsets = _with_blanks(*_composed(stored))
    text, offsets = _without_rows(unwrap(_with_tables(_BREAK.sub("\n", composed))), offsets)
    text, offsets = _changed(text, offsets, [_Change(a, b, told, [a] * len(told)) for a, b, told in month_words(text)])
    # brackets that say words again in short go, so that these go on ("nghề cá (NC) và ...")
    repeated = repeated_shorts(text)
    own = defined_shorts(text, repeated)
    text, offsets = _in_full(*_changed(text, offsets, [_Change(*span, "", []) for span in repeated]), own)
    return NormalText(text, fold_same_length(text), None if offsets is None else tuple(offsets))


def _with_tables(text: str) -> str:
    """A text whose tables have the cells of each row on one line, with signs between them; it stays as long."""
    return with_cells(with_rows(with_place_lists(with_pairs(without_lone_bars(text)))))


def _composed(stored: str) -> tuple[str, Sequence[int] | None]:
    """A text in NFC with single blanks, and where in the stored one each character and the end are; None if there."""
    parted = "  " in stored or "\t" in stored or "\u00a0" in stored
    if unicodedata.is_normalized("NFC", stored) and not (parted and _BLANKS.search(stored)):
        return stored, None
    if unicodedata.is_normalized("NFC", stored) and not any(map(unicodedata.combining, stored)):
        return _single_blanks(stored)
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(stored) + 1):
        if end < len(stored) and (
            unicodedata.combining(stored[end]) or (stored[end] in _BLANK and stored[start] in _BLANK)
        ):
            continue
        run = stored[start:end]
        piece = _one_blank(run) if stored[start] in _BLANK else unicodedata.normalize("NFC", run)
        pieces.append(piece)
        # a mark that its letter does not take in keeps its own place, so that what stands before it ends there
        offsets.append(start)
        offsets.extend(range(end - len(piece) + 1, end) if len(piece) <= end - start else [start] * (len(piece) - 1))
        start = end
    offsets.append(len(stored))
    return "".join(pieces), offsets


def _single_blanks(stored: str) -> tuple[str, list[int]]:
    """The same for a text in NFC that has no loose marks."""
    plain = stored.replace("\u00a0", " ")
    pieces: list[str] = []
    offsets: list[int] = []
    after = 0
    for run in _BLANKS.finditer(plain):
        kept = _one_blank(run[0])
        pieces += (plain[after : run.start()], kept)
        offsets += [*range(after, run.start()), *[run.start()] * len(kept)]
        after = run.end()
    return "".join([*pieces, plain[after:]]), [*offsets, *range(after, len(plain) + 1)]


def _one_blank(run: str) -> str:
    """What a run of blanks is written as: one blank, or the tabs that end cells, with a blank for each empty one."""
    return _EMPTY_CELL.join("\t" * run.count("\t")) or " "


def _with_blanks(text: str, offsets: Sequence[int] | None) -> tuple[str, Sequence[int] | None]:
    """A text with a blank where two words lost it between them ("PhườngNghĩa Tân", "sản xuất điệntăng 2%")."""
    cuts = [found.start() for found in _CAPITAL_INSIDE.finditer(text) if _lost_blank(text, found.start())]
    cuts += lost_before_figures(text)
    cuts += lost_inside_words(text)
    cuts.sort()
    return _changed(text, offsets, [_Change(at, at, " ", [at]) for at in cuts])


def _lost_blank(text: str, at: int) -> bool:
    """Whether a capital behind a small letter begins a word: a syllable with a mark stands before it."""
    if not text[at - 1].islower() or not text[at + 1].islower():
        return False
    run = _LETTERS.search(text, max(0, at - _LONGEST_SYLLABLE), at)
    return run is not None and not run[0].isascii() and is_syllable(run[0])


def _without_rows(text: str, offsets: Sequence[int] | None) -> tuple[str, Sequence[int] | None]:
    """A text without what is inside its rows of bare numbers, which say nothing; the first and last of a row stay."""
    rows = [(row.start(1), row.start(1) + len(row[1].rstrip(_DIGITS))) for row in _ROW.finditer(text)]
    return _changed(text, offsets, [_Change(start, end, _CUT, [start] * len(_CUT)) for start, end in rows])


def _in_full(text: str, offsets: Sequence[int] | None, own: Mapping[str, str]) -> tuple[str, Sequence[int] | None]:
    """A text with its short words written in full: all behind the first letter of one comes from where it ends."""
    changes = [
        _Change(short.start, short.end, short.words, [short.start] + [short.end] * (len(short.words) - 1))
        for short in short_words(text, own)
    ]
    return _changed(text, offsets, changes)


def _changed(text: str, offsets: Sequence[int] | None, changes: list[_Change]) -> tuple[str, Sequence[int] | None]:
    """A text with its changes, which are in order and apart, and where in the stored one each character comes from."""
    if not changes:
        return text, offsets
    before = offsets if offsets is not None else range(len(text) + 1)
    pieces: list[str] = []
    kept: list[int] = []
    after = 0
    for change in changes:
        pieces += text[after : change.start], change.words
        kept += before[after : change.start]
        kept += [before[at] for at in change.places]
        after = change.end
    return "".join([*pieces, text[after:]]), [*kept, *before[after:]]
