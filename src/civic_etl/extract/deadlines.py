"""Days before which something is to be done, told behind a figure or at the head of a list of aims."""

from civic_etl.extract.calendar_period import Period, shift
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.time_text import TimeText

_BEFORE_DAY, _HEADS_AIMS = (compiled("timeline.yaml", key) for key in ("before_day", "heads_aims"))
_DAYS = frozenset({"date", "bare_date"})
_SEASON, _REACH = "season", 100


def day_behind(text: TimeText, end: int, sentence: Sentence) -> Period | None:
    """The day before which something is to be done, told behind a figure in its clause."""
    told = _day_told(text, end, sentence)
    if told is None or told.period is None or text.reference is None:
        return None
    if told.period.end > text.reference or text.names_year(told):
        return told.period
    # a day without its year is the next one
    return shift(told.period, 1)


def is_due(text: TimeText, end: int, sentence: Sentence) -> bool:
    """Whether such a day behind a figure is still to come, by the year that its words or the article give it."""
    told = _day_told(text, end, sentence)
    return told is not None and _is_to_come(text, told)


def day_set(text: TimeText, sentence: Sentence, start: int) -> Period | None:
    """The day that heads the aims listed in a sentence ("trước ngày 15/12/2022 hoàn thành các mục tiêu: ...")."""
    told = next((cue for cue in text.between(sentence.start, start) if cue.kind in _DAYS), None)
    if told is None or not _is_to_come(text, told):
        return None
    if _BEFORE_DAY.match(text.folded, sentence.start, told.start) is None:
        return None
    return told.period if _HEADS_AIMS.match(text.folded, told.end, start) is not None else None


def _day_told(text: TimeText, end: int, sentence: Sentence) -> PeriodCue | None:
    """The day told right behind a figure, or behind the name of its season.

    ("xuống giống 380 ha vụ đông xuân 2025-2026 trước ngày 15-1-2026")
    """
    for told in text.between(end, min(end + _REACH, sentence.end)):
        if told.kind == _SEASON:
            end = told.end
            continue
        before = _BEFORE_DAY.match(text.folded, end, told.start) is not None
        return told if told.kind in _DAYS and before else None
    return None


def _is_to_come(text: TimeText, cue: PeriodCue) -> bool:
    return cue.period is not None and text.reference is not None and cue.period.end > text.reference
