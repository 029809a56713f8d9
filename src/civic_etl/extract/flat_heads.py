"""Heads of tables that lost the signs between their cells: where one cell ends and the next begins."""

import re
from typing import NamedTuple

from civic_etl.extract.patterns import patterns

_PATTERNS = patterns("tables.yaml")
_UNIT_HEAD, _YEAR_WORDS, _PLANNED = _PATTERNS["unit"], _PATTERNS["year_words"], _PATTERNS["target"]
_INDEX = re.compile(r"(?:stt|tt)\b\s+", re.IGNORECASE)
# a cell begins with a capital, or with a sign that says of what ("% so với kế hoạch"; not "Tỷ lệ %")
_OPENS = re.compile(r"[A-ZĐÂĂÊÔƠƯ]|% [^\W\d_A-ZĐ]")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "BHYT", "F0"
_SHORT = re.compile(r"[A-ZĐ]{2,}|[A-ZĐ]\d")
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\s][^\n]*")
_LABEL_HEAD = patterns("place_tables.yaml")["label_head"]
_LABEL_AND_UNIT = 2
_LONGEST = 200


class Head(NamedTuple):
    """Where a head is to be parted, and what its columns are; `of_years` where a year stands above each figure.

    `ends_planned`: what is planned stands last, which a row may lack ("Ước 2017", "KH 2018").
    """

    cuts: list[int]
    has_index: bool
    has_unit: bool
    of_years: bool
    ends_planned: bool


def head_in(text: str, figures: int) -> Head | None:
    """A text read as the head of a label and so many figures; None where it has not so many cells, units aside.

    A head of years may have no cell for the label ("2014 2015 2016").
    """
    if len(text) > _LONGEST:
        return None
    index = _INDEX.match(text)
    first = index.end() if index is not None else 0
    # "Chỉ tiêu 2014 2015", "Điểm số PCI": the year that follows a label is a cell, a short word is none
    for years_apart, shorts_apart in ((False, True), (True, True), (False, False), (True, False)):
        starts = _starts(text, first, years_apart=years_apart, shorts_apart=shorts_apart)
        cells = [text[a:b].strip().lower() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        told = _fitting(cells, figures)
        if told is not None:
            has_unit, of_years = told
            cuts = [*([first - 1] if index is not None else []), *(at - 1 for at in starts[1:])]
            ends_planned = figures > 1 and _plans(cells[-1]) and not _plans(cells[-2])
            return Head(cuts, index is not None, has_unit, of_years, ends_planned)
    return None


def head_of_lines(text: str, figures: int) -> Head | None:
    """Lines read as the head of a label, a unit and so many figures, one cell a line; None where they are no such.

    ("Chỉ tiêu", "ĐVT", "6 tháng đầu năm 2015", "% tăng/giảm so cùng kỳ")
    """
    starts = [line.start() for line in _LINE.finditer(text)]
    index = _INDEX.match(text)
    first = starts[1:] if index is not None and "\n" in index[0] else starts
    cells = [text[a:b].strip().lower() for a, b in zip(first, [*first[1:], len(text)], strict=True)]
    if len(cells) != figures + _LABEL_AND_UNIT or len(text) > _LONGEST:
        return None
    if _LABEL_HEAD.fullmatch(cells[0]) is None or _UNIT_HEAD.match(cells[1]) is None:
        return None
    cuts = [at - 1 for at in starts[1:]]
    ends_planned = figures > 1 and _plans(cells[-1]) and not _plans(cells[-2])
    return Head(cuts, len(first) < len(starts), True, False, ends_planned)


def _fitting(cells: list[str], figures: int) -> tuple[bool, bool] | None:
    """Whether so many figures have a column of units before them, and years above them; None where they do not fit."""
    of_years = len(cells) >= figures and all(map(_is_year, cells[-figures:]))
    before = cells[:-figures]
    if len(before) == 2 and _UNIT_HEAD.match(before[1]) is not None:
        return True, of_years
    if len(before) == 1:
        return (of_years and _UNIT_HEAD.match(before[0]) is not None), of_years
    return (False, True) if of_years and not before else None


def _plans(cell: str) -> bool:
    return _PLANNED.search(cell) is not None


def _is_year(cell: str) -> bool:
    """Whether a cell tells a year and at most what its figures are in it ("Sơ bộ 2017")."""
    return _YEAR.fullmatch(cell) is not None or (
        _YEAR.fullmatch(cell[-4:]) is not None and _YEAR_WORDS.fullmatch(cell[:-4].strip()) is not None
    )


def _starts(text: str, first: int, *, years_apart: bool, shorts_apart: bool) -> list[int]:
    """Where cells begin: at capitals, and at years behind one another or behind the head of the units.

    `years_apart`: the first year behind a word begins one, too; `shorts_apart`: words of capitals do.
    """
    starts = [first]
    after_year = False
    parted = not years_apart
    for word in _WORD.finditer(text, first):
        is_year = _YEAR.fullmatch(word[0]) is not None
        at = word.start()
        if at > first:
            if is_year:
                cell = text[starts[-1] : at].strip().lower()
                opens = after_year or _UNIT_HEAD.match(cell) is not None or not parted
                parted = True
            else:
                opens = _OPENS.match(text, at) is not None
                opens = opens and (shorts_apart or _SHORT.fullmatch(word[0]) is None)
                # "ĐVT 6 tháng đầu năm 2015": a number is no part of the head of the units
                opens = opens or (
                    word[0].isdecimal() and _UNIT_HEAD.match(text[starts[-1] : at].strip().lower()) is not None
                )
            if opens:
                starts.append(at)
        after_year = is_year
    return starts
