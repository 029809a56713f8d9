"""Schools, their classes, and who is in them, told one behind the other."""

from collections.abc import Sequence

from civic_etl.extract.categories import Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link

_SCHOOLS, _CLASSES, _LEVEL = "schools", "classes", "level"
_AT_SCHOOL = frozenset({"students", "teachers"})
# what is told of schools behind their number
_OF_SCHOOLS = _AT_SCHOOL | {_CLASSES}


def of_schools_before(figure: Figure, link: Link, frame: Frame, categories: Categories) -> str | None:
    """What a bare count behind the schools of a level tells of them ("tiểu học 27 trường, 9.106 học sinh")."""
    last = frame.last
    if link.rule != "part" or link.hit is None or last is None:
        return None
    if not _are_told_by_level(figure, last, frame.seen, categories):
        return None
    return next((code for code in link.hit.payload if code in _OF_SCHOOLS), None)


def _are_told_by_level(figure: Figure, last: Draft, seen: Sequence[Draft], categories: Categories) -> bool:
    """Whether a figure stands right behind schools of one level that was named before their number.

    Or behind their classes.
    """
    if last.breakdown.get(_LEVEL) is None or WORDS["with_persons"].fullmatch(figure.gap) is None:
        return False
    schools = next((d for d in reversed(seen[-2:]) if d.code == _SCHOOLS), None)
    if schools is None or schools.reach is None or (last is not schools and last.code not in _OF_SCHOOLS):
        return False
    return bool(categories.named(_SCHOOLS, _LEVEL, schools.reach.floor, schools.quantity.start))


def is_beside_at_school(code: str, figure: Figure, last: Draft, seen: Sequence[Draft], categories: Categories) -> bool:
    """Whether persons or classes are those of the classes or schools right before.

    ("bậc tiểu học có 132 lớp với 2.958 học sinh", "Mầm non: 1 trường/3 lớp/58 cháu")
    """
    if _are_told_by_level(figure, last, seen, categories):
        return code in _OF_SCHOOLS
    if last.code == "students" and code == _CLASSES:
        # "cấp THCS 8.164 em/245 lớp"
        return figure.gap.strip() == "/"
    if last.code == _SCHOOLS and code in _OF_SCHOOLS:
        # "2 trường mầm non, 5 trường tiểu học với 45 lớp": the classes are those of all schools
        opening = _item_start(figure, last)
        alone = sum(d.code == _SCHOOLS and d.quantity.start >= opening for d in seen) == 1
        if alone and WORDS["of_level"].search(figure.folded, opening, last.quantity.start) is not None:
            # "bậc tiểu học có 18 trường, 320 lớp"
            return WORDS["with_persons"].fullmatch(figure.gap) is not None
        return WORDS["with_classes"].fullmatch(figure.gap) is not None and (alone or "/" in figure.gap)
    return last.code == _CLASSES and code in _AT_SCHOOL and WORDS["with_persons"].fullmatch(figure.gap) is not None


def are_of_all_schools(code: str, figure: Figure, last: Draft, seen: Sequence[Draft]) -> bool:
    """Whether classes or pupils are told behind the last of several kinds of schools, and are those of all.

    ("gồm 13 trường mầm non, 13 trường tiểu học và 10 trường THCS với 512 lớp")
    """
    if last.code != _SCHOOLS or code not in _OF_SCHOOLS or "/" in figure.gap:
        return False
    opening = _item_start(figure, last)
    kinds = {d.breakdown.get(_LEVEL) for d in seen if d.code == _SCHOOLS and d.quantity.start >= opening}
    return len(kinds - {None}) > 1 and WORDS["with_classes"].fullmatch(figure.gap) is not None


def _item_start(figure: Figure, last: Draft) -> int:
    """Where the item of a sentence begins that the figure before stands in: behind its last semicolon."""
    start = figure.spot.sentence.start
    return max(figure.folded.rfind(";", start, last.quantity.start) + 1, start)
