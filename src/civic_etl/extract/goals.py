"""Whether a paragraph speaks of goals, or of what a term has brought."""

from civic_etl.extract.calendar_period import Period, shift
from civic_etl.extract.in_force import InForce
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_roles import GOAL
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_AIMS, _BROUGHT, _MET = (_PATTERNS[key] for key in ("aims", "brought", "met"))
_NAMES_TERM = frozenset({"term_now", "five_years", "office_term", "term"})
# so near to it "đạt" makes an aim one that was met
_MET_BEFORE, _MET_BEHIND = 40, 60


class Goals:
    """Tells what is aimed at from what is reached, by the words before a figure."""

    def __init__(self, text: TimeText, force: InForce, terms: Terms, relative: RelativePeriods) -> None:
        self._text = text
        self._force = force
        self._terms = terms
        self._relative = relative

    def are_before(self, position: int) -> bool:
        """Whether the paragraph speaks of goals before a position, with no other time in force than the next term."""
        running = self._force.running.period
        if running is not None and running != self._terms.next:
            return False
        return _AIMS.search(self._text.paragraph_to(position)) is not None

    def are_of_next_term(self, position: int) -> bool:
        """Whether the paragraph speaks before a position of what the coming term is to bring."""
        return self._terms.next is not None and self.are_before(position)

    def term_at(self, start: int, end: int) -> Period | None:
        """The term that a figure is a goal of, or a result of; None where its paragraph speaks of neither."""
        coming = self._terms.next
        if coming is None or self.are_before(start):
            return coming
        past = shift(coming, -5)
        brought = _BROUGHT.search(self._text.paragraph_to(end)) is not None
        return past if brought or self._turned_to(past, start) else None

    def _turned_to(self, past: Period, position: int) -> bool:
        """Whether the article turned to the term that ends, and has not turned to goals since."""
        named = [c for c in self._text.between(0, position) if c.kind in _NAMES_TERM]
        turned = next((c.start for c in reversed(named) if self._relative.resolve(c) == past), None)
        if turned is None:
            return False
        folded = self._text.folded
        aims = _AIMS.finditer(folded, turned, position)
        return all(_MET.search(folded, m.start() - _MET_BEFORE, m.end() + _MET_BEHIND) for m in aims)

    def runs_past(self, period: Period | None, sentence: Sentence, start: int) -> bool:
        """Whether a period runs on after the article, so that a result cannot be of it.

        ("Giai đoạn 2021-2025, hộ nghèo còn ..."; of a goal it can)
        """
        report, reference = self._force.report, self._text.reference
        if period is None or report is None or reference is None or not period.start.year < period.end.year:
            return False
        if period.end.year <= reference.year + 1 or not period.start <= report.end <= period.end:
            return False
        return GOAL.search(self._text.folded[sentence.start : start]) is None
