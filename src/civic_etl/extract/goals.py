"""Whether a paragraph speaks of goals, or of what a term has brought."""

import re
from functools import cached_property

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.in_force import InForce
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.spots import Spots
from civic_etl.extract.terms import Terms, before
from civic_etl.extract.time_roles import GOAL
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_AIMS, _BROUGHT, _MET, _RESULTS, _SET_OUT, _TOLD = (
    _PATTERNS[key] for key in ("aims", "brought", "met", "results", "set_out_aims", "told")
)
_NAMES_TERM = frozenset({"term_now", "five_years", "office_term", "term"})
# so near to it "đạt" makes an aim one that was met
_MET_BEFORE, _MET_BEHIND = 40, 60
# so far the paragraphs behind aims go on with them
_GOES_ON = 1_200
# how far before a figure its paragraph may have said what is so
_SEEN_BEFORE = 600


class Goals:
    """Tells what is aimed at from what is reached, by the words before a figure."""

    def __init__(self, text: TimeText, force: InForce, terms: Terms, relative: RelativePeriods) -> None:
        self._text = text
        self._force = force
        self._terms = terms
        self._past = before(terms.next) if terms.next is not None else None
        turns = [c for c in text.cues if c.kind in _NAMES_TERM] if self._past is not None else []
        self._turns = Spots([(c.start, c.start) for c in turns if relative.resolve(c) == self._past])

    # few articles are asked for these

    @cached_property
    def _aims(self) -> Spots:
        return Spots([m.span() for m in _AIMS.all_in(self._text.folded)])

    @cached_property
    def _unmet(self) -> Spots:
        return Spots([m.span() for m in _AIMS.all_in(self._text.folded) if not self._is_met(m)])

    @cached_property
    def _set_out(self) -> Spots:
        return Spots([m.span() for m in _SET_OUT.all_in(self._text.folded) if not self._is_met(m)])

    @cached_property
    def _brought(self) -> Spots:
        return Spots([m.span() for m in _BROUGHT.all_in(self._text.folded)])

    def are_before(self, position: int) -> bool:
        """Whether the paragraph speaks of goals before a position, with no other time in force than the next term.

        The heading or the lead-in of a list speaks for its items.
        """
        running = self._force.running.period
        if running is not None and running != self._terms.next:
            return False
        return self._aims.any(self._text.line_start(position), position) or any(map(self._sets_aims, self._force.above))

    def are_of_next_term(self, position: int) -> bool:
        """Whether the paragraph speaks before a position of what the coming term is to bring."""
        return self._terms.next is not None and self.are_before(position)

    def term_at(self, start: int, end: int) -> Period | None:
        """The term that a figure is a goal of, or a result of; None where its paragraph speaks of neither."""
        coming = self._terms.next
        # a count of aims is itself told as one ("thông qua nghị quyết với 18 chỉ tiêu")
        if coming is None or self.are_before(end) or self._go_on(start, end):
            return coming
        brought = self._brought.any(self._text.line_start(end), end)
        return self._past if brought or self._turned_to_past(start) else None

    def are_left(self, start: int) -> bool:
        """Whether a paragraph that speaks of no aims has told of what is so, before a position."""
        line = self._text.line_start(start)
        told = _TOLD.search(self._text.folded, max(line, start - _SEEN_BEFORE), start)
        return told is not None and not self._aims.any(line, start)

    def _is_met(self, aim: re.Match[str]) -> bool:
        return _MET.search(self._text.folded, max(0, aim.start() - _MET_BEFORE), aim.end() + _MET_BEHIND) is not None

    def _go_on(self, start: int, end: int) -> bool:
        """Whether a paragraph goes on with the aims set out in one before it, nothing having been told since."""
        if self._force.running.period is not None:
            return False
        last = self._set_out.last(start)
        return last is not None and start - last <= _GOES_ON and _TOLD.search(self._text.folded, last, end) is None

    def _sets_aims(self, span: tuple[int, int]) -> bool:
        return self._aims.any(*span) and _RESULTS.search(self._text.folded, *span) is None

    def _turned_to_past(self, position: int) -> bool:
        """Whether the article turned to the term that ends, and has not turned to goals since."""
        turned = self._turns.last(position)
        return turned is not None and not self._unmet.any(turned, position)

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
