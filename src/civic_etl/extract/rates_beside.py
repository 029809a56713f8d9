"""What a figure in brackets, behind brackets or bare beside another one is told of."""

import re

from civic_etl.extract.brackets import closed_opening
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, RATIOS, Figure, opens_bracket
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.rates import rate_code
from civic_etl.indicators.lexicon import DECOY

PLANNED_COUNTS = frozenset(read_data("wholes.yaml")["planned_counts"])
"""Counts that are told against a plan: what is behind their stroke was planned."""
BRACKET_BEHIND = re.compile(r"\s*\(\s*[-+–]?\s*")
"""What stands between a figure and one in brackets right behind it."""

_ABSOLUTE = re.compile(r"\s*[,(]\s*(?:hay |tức |về |tính theo )?(?:số|giá trị) tuyệt đối,? (?:(?:là|đã|tăng|giảm) ?)+")
_BRACKET_IN_CLAUSE = re.compile(r"[^,;.()]*\(\s*(?:đạt |chiếm )?(?:tỷ lệ )?")
# ... or without brackets, as such a rate is told ("làm rõ 172 vụ, 344 đối tượng, đạt tỷ lệ hơn 83%")
_RATE_IN_CLAUSE = re.compile(r"[^,;.()]*,? (?:đạt tỷ lệ|tỷ lệ đạt|đạt) ")
# between a count and its rate, and behind that where nothing more is told of it
_BARE_BESIDE = re.compile(r"\s*[,–-]\s*")
_ENDS_ITEM = re.compile(r"\s*(?:$|[,;)]|\.(?!\d)|và\b)")
_PAIR_REACH = 12
# a count and its rate, and the next count
_ITEM = 3
# what rates are of, told in brackets behind them
_ALL_OF = frozenset({"population", "households", "labour_force", "voters"})


def told_again(figure: Figure, last: Draft | None) -> Draft | None:
    """The change that brackets right behind it tell again in units ("rau tăng 6,4% (+31 ha)").

    Or as an absolute one ("thu phí tăng 5%, số tuyệt đối tăng 3 tỷ đồng").
    """
    if last is None or last.measure not in CHANGES or last.quantity.unit not in RATES:
        return None
    return last if BRACKET_BEHIND.fullmatch(figure.gap) or _ABSOLUTE.fullmatch(figure.gap) else None


def before_brackets(figure: Figure, frame: Frame, part: Draft) -> Draft:
    """The figure in front of brackets that tell its parts and are closed, for a ratio behind them.

    ("đàn trâu, bò 960 con (trâu 310 con, bò 650 con), tăng 3%"; "đạt 91% (dân số 80.000 người), bằng 101% kế hoạch")
    """
    opened = closed_opening(figure.folded, part.quantity.start, figure.spot.sentence.start, figure.q.start)
    if opened < 0:
        return part
    told = [d for d in reversed(frame.seen) if d.quantity.end <= opened]
    if not told or told[0].code == "other":
        return part
    # "đạt 437 tỷ đồng, bằng 118% cùng kỳ (10 tháng năm 2012: 369 tỷ đồng) và đạt 88% kế hoạch"
    alike = (d for d in told if d.code == part.code and d.measure == part.measure)
    whole = next(alike, told[0]) if told[0].measure in RATIOS else told[0]
    of_all = whole.measure == "share" and part.code in _ALL_OF
    return whole if of_all or part.quantity.unit in {whole.quantity.unit, whole.unit} else part


def in_other_currency(figure: Figure, before: Draft) -> bool:
    """Whether brackets tell an amount again in another currency ("68 triệu đồng (tương đương 2.873 USD)")."""
    units = {figure.q.unit, before.quantity.unit}
    return units == {"VND", "USD"} and WORDS["currency"].fullmatch(figure.gap) is not None


def listed_in_brackets(figure: Figure, frame: Frame) -> Draft | None:
    """The rate in brackets behind the item before, where the next item of a list has its own in brackets.

    ("tỷ lệ giải ngân các nguồn: ngân sách huyện (96%); nguồn phân cấp (62%)")
    """
    last = frame.last
    if last is None or not figure.is_rate or last.quantity.unit != figure.q.unit or last.code == "other":
        return None
    both = figure.in_brackets and opens_bracket(figure.folded, last.quantity.start)
    return last if both and WORDS["next_bracket"].fullmatch(figure.gap) is not None else None


def rate_of_item(figure: Figure, frame: Frame) -> Draft | None:
    """The rate that the item before tells with its count, for one in brackets behind the next count.

    ("phường A tiếp nhận 900 hồ sơ, giải quyết đúng hạn 99%; phường B 700 hồ sơ (98%)")
    """
    if len(frame.seen) < _ITEM or not figure.is_rate or BRACKET_BEHIND.fullmatch(figure.gap) is None:
        return None
    counted, rate, last = frame.seen[-_ITEM:]
    if last is not frame.last or counted.code != last.code or last.measure != "level" or rate.measure != "share":
        return None
    if rate.quantity.unit != figure.q.unit or "other" in {rate.code, last.code}:
        return None
    if counted.breakdown != last.breakdown:
        # "nông nghiệp 310 tỷ đồng (41%); dịch vụ 237 tỷ đồng (32%)": each its own
        return None
    own = rate_code(last.code, last.breakdown)[0] not in {last.code, DECOY}
    return rate if not own and ";" in figure.folded[rate.quantity.end : last.quantity.start] else None


def rate_beside(figure: Figure, frame: Frame) -> Draft | None:
    """The count right before a bare percentage that is its rate ("năm 2016: 829 hộ, 14,3%; năm 2017: 718 hộ, 12,1%").

    Not of what is counted against a plan.
    """
    last = frame.last
    if last is None or not figure.is_rate or last.measure != "level" or last.code in PLANNED_COUNTS:
        return None
    if _BARE_BESIDE.fullmatch(figure.gap) is None or _ENDS_ITEM.match(figure.folded, figure.q.end) is None:
        return None
    return last if rate_code(last.code, last.breakdown)[0] not in {last.code, DECOY} else None


def is_rate_of_clause(gap: str) -> bool:
    """Whether a rate is told in brackets, or with the word for a rate, in the clause that a count stands in."""
    return (_BRACKET_IN_CLAUSE.fullmatch(gap) or _RATE_IN_CLAUSE.fullmatch(gap)) is not None


def solved_cases(frame: Frame, persons: Draft) -> Draft | None:
    """The cases right before a count of the persons in them: a rate in brackets is of the cases.

    ("làm rõ 695 vụ, với 1.408 đối tượng (đạt 88,2%)")
    """
    cases = frame.seen[-2] if len(frame.seen) > 1 else None
    if cases is None or persons.code != "other" or persons.quantity.start - cases.quantity.end > _PAIR_REACH:
        return None
    return cases if rate_code(cases.code, cases.breakdown)[0] != cases.code else None
