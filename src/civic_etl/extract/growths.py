"""Verbs and signs that make a figure a change."""

import re

from civic_etl.extract.brackets import opening
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import CHANGES, MOVES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.measure import surroundings
from civic_etl.extract.rates import is_rate

_SIGNED = re.compile(r"\(\s*[+−–-]\s*\d")
_CLAUSE_MARK = re.compile(r";|\.(?!\d)")
_VERB_REACH = 25
_FALL_REACH = 60
_BRACKET_REACH = 150
GROWS_TO = "tăng đến"
"""How the words begin by which an amount grew by so many percent ("giá xăng tăng đến 5%")."""
# a change of so little may be that of a growth
_SMALL_CHANGE = 5


def is_signed(figure: Figure) -> bool:
    """Whether a change bears its sign, in brackets or below nothing ("giảm 3.009 vụ (-24,25%)", "dệt may -9,2%")."""
    if figure.q.value < 0:
        return True
    start = figure.q.number_start
    return _SIGNED.search(figure.folded, max(0, start - 4), start + 3) is not None


def falls_below(figure: Figure) -> bool:
    """Whether a figure is what a rate is to fall below ("giảm tỷ lệ hộ nghèo dưới 0,5%")."""
    return figure.is_rate and is_rate(figure.code) and figure.q.comparator in {"lt", "le"} and not figure.around.against


def is_change_of_growth(figure: Figure) -> bool:
    """Whether a growth is held against that of another time by so many points ("tăng 6,5%, thấp hơn 0,4% so với 2019").

    A growth that is told again against another time, after it was told against one, is of the amount itself ("tăng
    1,6% so với tháng trước và tăng 4% so với cùng kỳ").
    """
    around = figure.around
    if around.before not in MOVES or around.against != "prior" or figure.q.value >= _SMALL_CHANGE:
        return False
    if ";" in figure.gap or WORDS["other_growth"].first_in(figure.gap) is not None:
        # the next item of a list tells a growth of its own
        return False
    if WORDS["compared_first"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None:
        # "so với tháng 12 tăng 1,1% và tăng 1,6% so với cùng kỳ"
        return False
    return WORDS["compared"].search(figure.gap) is None


def is_change_counted(figure: Figure, last: Draft | None) -> bool:
    """Whether a count in brackets may tell the change of a rate right before ("tỷ lệ hộ nghèo giảm 2,1% (140 hộ)")."""
    if last is None or last.measure != "change" or not is_rate(last.code) or figure.q.noun == "":
        return False
    return figure.around.before in {"", "equal", "share_of"} and figure.q.denominator is None


def goes_on_with_fall(figure: Figure, before: Draft | None) -> bool:
    """Whether the next place of a list fell, too, by a verb that is said once ("giảm: xã A 2-3%; xã B 1-2%")."""
    if before is None or figure.rules[0] != "same-unit" or figure.around.before != "":
        return False
    return before.code == figure.code and before.measure == figure.measure and before.value < 0


def is_fall_told(draft: Draft) -> bool:
    """Whether a figure tells by how much something fell, and does not only add that to its level."""
    return draft.measure == "change" and draft.value < 0 and draft.rules[0] != "inherit"


def falls_with_poor(figure: Figure, last: Draft | None) -> bool:
    """Whether the near poor fall by so much with the poor before them ("giảm hộ nghèo 2%; cận nghèo 1,5%")."""
    # not behind a level that fell by so much ("hộ nghèo còn 2%, giảm 0,5%; hộ cận nghèo 3%")
    fell = last is not None and is_fall_told(last)
    return fell and figure.q.value < _SMALL_CHANGE and WORDS["same_fall"].fullmatch(figure.gap) is not None


def growth_verb(context: Context, figure: Figure) -> bool:
    """Whether the verb stands before the indicator, or in its name.

    ("tăng giá trị sản xuất 15,5%", "tốc độ tăng X đạt 22%")
    """
    link, start = figure.link, figure.q.start
    if (
        link is None
        or link.hit is None
        or link.hit.start > start
        or figure.around.before == "to_level"
        or falls_below(figure)
    ):
        return False
    hit = link.hit
    if not is_rate(link.code) and WORDS["growth_name"].match(figure.folded, hit.start):
        return True
    measures = context.measures.within(hit.start - _VERB_REACH, hit.end)
    before = [m for m in measures if m.start < hit.start and m.end >= hit.start - 2]
    if before and figure.folded[before[-1].end : hit.start].strip():
        # "kinh tế có bước tăng trưởng; cơ cấu kinh tế: nông nghiệp 42%"
        return False
    if not before or before[-1].payload not in MOVES:
        return False
    return not any(m.payload == "to_level" for m in context.measures.within(hit.end, start))


def moved_bracket(context: Context, figure: Figure) -> bool:
    """Whether a verb stands right before the bracket that a figure is in ("đều tăng (trâu 0,3%, bò 0,9%)")."""
    first, start = figure.spot.sentence.start, figure.q.start
    opened = opening(figure.folded, start, max(first, start - _BRACKET_REACH))
    if opened < 0:
        return False
    end = first + len(figure.folded[first:opened].rstrip())
    moves = context.measures.within(max(first, end - _VERB_REACH), end)
    return any(m.end == end and m.payload in MOVES for m in moves)


def goes_on_falling(context: Context, figure: Figure) -> bool:
    """Whether a change is a fall by a verb said before, for several figures."""
    q = figure.q
    if figure.measure not in CHANGES:
        return False
    moves = [m for m in context.measures.within(max(0, q.start - _FALL_REACH), q.start) if m.payload in MOVES]
    if not moves or _CLAUSE_MARK.search(figure.folded, moves[-1].end, q.start) is not None:
        return False
    near = surroundings(context, q, moves[-1].start, q.end)
    return moves[-1].payload == "fall" and near.before != "rise"
