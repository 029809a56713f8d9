"""What the items of a list that are told by few words take from those before them, and what they do not."""

import re
from collections.abc import Sequence

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link
from civic_etl.indicators.lexicon import load_variants

# of the national set for communes, in force since 2010
_ALL_CRITERIA = 19
_SCHOOLS, _CLASSES = "schools", "classes"
_AT_SCHOOL = frozenset({"students", "teachers"})
_VALUE, _SOWN = "production_value", "sown_area"
_RUNNING = {_VALUE: frozenset({"value_added", "grdp"}), _SOWN: frozenset({"harvested_area"})}
_BESIDE_MORE = 8
_LISTED = re.compile(r"(?:,|\bvà)\s*$")


def is_band(figure: Figure) -> bool:
    """Whether communes are counted that met some of the criteria, not all ("4 xã đạt 15 - 18 tiêu chí")."""
    met = figure.spot.following
    if figure.q.unit != "commune" or met is None or met.unit != "criterion" or met.value >= _ALL_CRITERIA:
        return False
    return WORDS["meets"].fullmatch(figure.folded, figure.q.end, met.start) is not None


def is_beside_at_school(code: str, figure: Figure, last: Draft, seen: Sequence[Draft]) -> bool:
    """Whether persons or classes are those of the classes or schools right before.

    ("bậc tiểu học có 132 lớp với 2.958 học sinh", "Mầm non: 1 trường/3 lớp/58 cháu")
    """
    if last.code == _SCHOOLS and code in {_CLASSES, *_AT_SCHOOL}:
        # "2 trường mầm non, 5 trường tiểu học với 45 lớp": the classes are those of all schools
        first = figure.folded.rfind(";", figure.spot.sentence.start, last.quantity.start)
        alone = sum(d.code == _SCHOOLS and d.quantity.start > first for d in seen) == 1
        return WORDS["with_classes"].fullmatch(figure.gap) is not None and (alone or "/" in figure.gap)
    return last.code == _CLASSES and code in _AT_SCHOOL and WORDS["with_persons"].fullmatch(figure.gap) is not None


def is_bare_part(figure: Figure, link: Link) -> bool:
    """Whether the words that a link goes by only name a sector or a crop."""
    if link.code == _SOWN:
        return link.rule == "pattern" and WORDS["sows"].search(figure.gap) is None
    if link.code != _VALUE:
        return False
    if link.hit is None:
        return WORDS["bare_sector"].match(figure.gap.lstrip(" ;,:")) is not None and "giá trị" not in figure.gap
    return WORDS["bare_sector"].match(figure.folded, link.hit.start) is not None


def running_code(code: str, figure: Figure, frame: Frame) -> str | None:
    """What the sentence told of another sector or crop, and what goes on instead of `code` to the next.

    ("giá trị tăng thêm ngành dịch vụ ước đạt 3.000 tỷ đồng; ngành nông nghiệp đạt 500 tỷ đồng")
    """
    told = (d.code for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit)
    return next((each for each in told if each in _RUNNING[code]), None)


def also_new(figure: Figure, link: Link, last: Draft | None) -> str | None:
    """The new ones that a bare count joined to new ones before it tells ("thành lập mới 28 doanh nghiệp, 11 HTX")."""
    news: dict[str, str] = {total: new for new, total in load_variants()["total_of"].items()}
    new = news.get(link.code) if link.rule == "unit-noun" else None
    listed = last is not None and last.code in news.values() and _LISTED.fullmatch(figure.gap.strip())
    return new if listed else None


def is_listed_as_new(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether "thêm" before the first count of a list is said of a later one, too ("có thêm 15 xã ..., 7 xã ...")."""
    if _LISTED.search(figure.gap) is None:
        return False
    for draft in reversed(seen):
        made = draft.code in load_variants()["total_of"]
        if (draft.breakdown.get("status") != "new" and not made) or draft.measure != "level":
            return False
        if made:
            return True
        start = draft.quantity.start
        if WORDS["more"].search(figure.folded, max(0, start - _BESIDE_MORE), start) is not None:
            return True
    return False


def bare_source(figure: Figure, before: Draft) -> str | None:
    """The source of a part that only its level tells ("ngân sách trung ương 41 tỷ, tỉnh 36 tỷ"); None for others."""
    levels: dict[str, str] = load_variants()["bare_sources"]
    if before.breakdown.get("source") not in levels.values():
        return None
    return levels.get(figure.gap.strip(" ,;:").removeprefix("và ").strip())
