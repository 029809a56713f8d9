"""What period an article reports on where neither its title nor its opening says so."""

from collections.abc import Callable
from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period, months_from_january, shift, year
from civic_etl.extract.cue_kinds import PARTS_OF_A_YEAR
from civic_etl.extract.periods import PeriodCue, number_of_months
from civic_etl.extract.report_period import outlook
from civic_etl.extract.time_text import TimeText

# reports appear up to this long before the period they tell of has ended
_BEFORE_END = timedelta(days=31)
# what is told in passing is reported on if it ended at most this long ago
_JUST_OVER = timedelta(days=50)
# what figures are compared with a year ago, if its counterpart ended at most this long ago
_FRESH = timedelta(days=150)
_SEEN_BEFORE = 140
_REST = frozenset({"half", "half_rest", "months_to_date"})


def reported(text: TimeText, resolve: Callable[[PeriodCue], Period | None]) -> Period | None:
    """The period reported on, by the first sign that tells it; None for an article without a day it speaks from."""
    reference = text.reference
    if reference is None:
        return None
    return (
        _compared(text, reference)
        or _before_plan(text, reference)
        or _before_rest(text, reference)
        or _told(text, reference, resolve)
    )


def _compared(text: TimeText, reference: date) -> Period | None:
    """The part of the year whose counterpart a year ago figures are compared with."""
    for cue in text.cues:
        if cue.kind in PARTS_OF_A_YEAR and cue.period is not None and text.roles.of(cue) == "base":
            then = shift(cue.period, 1)
            if then.start < reference and then.end <= reference + _BEFORE_END and reference - then.end < _FRESH:
                return then
    return None


def _before_plan(text: TimeText, reference: date) -> Period | None:
    """An article of the turn of the year whose title plans one year looks back on the year before."""
    if 3 <= reference.month <= 10:
        return None
    coming = reference.year if reference.month <= 2 else reference.year + 1
    planned = any(
        cue.kind in {"year", "deadline"} and cue.period is not None and cue.period.code == str(coming)
        for cue in text.title_cues
    )
    return year(coming - 1) if planned else None


def _before_rest(text: TimeText, reference: date) -> Period | None:
    """An article that plans for the rest of the year looks back on what went before it.

    ("nhiệm vụ 6 tháng cuối năm")
    """
    for cue in text.cues:
        if cue.kind not in _REST or text.roles.of(cue) == "base":
            continue
        words = text.words(cue)
        count = 6 if cue.kind != "months_to_date" else (number_of_months(words) or (0, ""))[0]
        if "đầu" in words or not 3 <= count <= 6:
            continue
        if cue.period is not None and cue.period.end.year != reference.year:
            continue
        in_time = 12 - count <= reference.month <= 14 - count
        if in_time and outlook(text.before(cue, _SEEN_BEFORE)) == "ahead":
            return months_from_january(reference.year, 12 - count)
    return None


def _is_written_out(text: TimeText, cue: PeriodCue) -> bool:
    """Whether these are months that a text writes out ("3 tháng cao điểm (từ 1-7 đến 30-9)"), and not just the last."""
    return cue.kind == "months" and not text.words(cue).endswith("qua")


def _told(text: TimeText, reference: date, resolve: Callable[[PeriodCue], Period | None]) -> Period | None:
    """The part of the year just over that the article tells of somewhere before its first figure below the title."""
    first = text.first_figure
    for cue in text.between(0, first):
        if cue.kind not in PARTS_OF_A_YEAR or text.roles.of(cue) not in {"scope", "name"}:
            continue
        period = resolve(cue)
        # the first months of the year, or others whose days are written out
        begun = period is not None and (period.start.month == 1 or _is_written_out(text, cue))
        if period is not None and begun and -_BEFORE_END <= reference - period.end <= _JUST_OVER:
            return period
    return None
