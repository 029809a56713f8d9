"""Days on which something was done for all to see: what was given, planted or cleared there is of that day."""

from datetime import timedelta

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("occasions.yaml")
_OCCASION, _NO_OCCASION, _ACT = (_PATTERNS[key] for key in ("occasion", "no_occasion", "act"))
# news is told soon after
_SOON = timedelta(days=14)
# so far into a text its head goes
_HEAD = 500
# so near a figure is the verb of what was done
_BEFORE, _BEHIND = 110, 30
_DAYS = frozenset({"date", "bare_date"})


class Occasions:
    """Finds the occasions of one document."""

    def __init__(self, text: TimeText) -> None:
        self._text = text
        # the sentence asked about last, and its day
        self._last: tuple[int, PeriodCue | None] = (-1, None)

    def day(self, sentence: Sentence) -> PeriodCue | None:
        """The one day that a sentence says something was done on."""
        if self._last[0] != sentence.start:
            self._last = (sentence.start, self._day(sentence))
        return self._last[1]

    def _day(self, sentence: Sentence) -> PeriodCue | None:
        reference = self._text.reference
        if reference is None or not self._text.is_published:
            return None
        days = [c for c in self._text.between(sentence.start, sentence.end) if c.kind in _DAYS and c.period is not None]
        if len(days) != 1 or days[0].period is None:
            return None
        if not timedelta(0) <= reference - days[0].period.end <= _SOON:
            return None
        words = self._text.folded[sentence.start : sentence.end]
        told = _OCCASION.search(words) is not None and _NO_OCCASION.search(words) is None
        return days[0] if told else None

    def first_day(self) -> Period | None:
        """The first day, not long ago, that the head of a text tells: that of the visit it is about."""
        reference = self._text.reference
        if reference is None or not self._text.is_published:
            return None
        days = (c.period for c in self._text.between(0, _HEAD) if c.kind in _DAYS and c.period is not None)
        return next((day for day in days if timedelta(0) <= reference - day.end <= _SOON), None)

    def is_act(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a figure is of what was done, and no state of the place."""
        low = max(sentence.start, start - _BEFORE)
        low = max(low, self._text.folded.rfind(";", low, start))
        return _ACT.search(self._text.folded, low, min(sentence.end, end + _BEHIND)) is not None
