"""What "to this day" means where it stands."""

from datetime import timedelta

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import PARTS_OF_A_YEAR, SCOPES
from civic_etl.extract.in_force import InForce
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.report_period import is_of_harvest
from civic_etl.extract.time_text import TimeText

# a state "to this day" keeps the scope of a report that ended at most this long before publication
_FRESH = timedelta(days=150)
# ... or of a time told of in passing
_PASSING = timedelta(days=60)
# a year that goes on for longer is not reported on yet
_TO_GO = timedelta(days=90)
_SINCE_FOUNDING, _DONE = patterns("timeline.yaml")["since_founding"], patterns("timeline.yaml")["done_by_now"]
_FOUNDING_REACH = 70
# right before a year that is told ahead of its end
_ESTIMATED_FOR, _ESTIMATE_REACH = patterns("timeline.yaml")["estimated_for"], 24
# a cue opens its paragraph where at most a mark and a blank stand before it
_OPENING = 2
_SUMMER = frozenset({6, 7, 8, 9})


class Present:
    """Resolves "đến nay", "hiện có"."""

    def __init__(self, text: TimeText, force: InForce, relative: RelativePeriods) -> None:
        self._text = text
        self._force = force
        self._relative = relative
        self._of_harvest = is_of_harvest(text.title)

    def at(self, before: list[PeriodCue], cue: PeriodCue) -> Period | None:
        """The time under report; after a past scope, or without one, the publication date.

        `before` are the scopes that the sentence of the cue has opened.
        """
        folded = self._text.folded
        if _SINCE_FOUNDING.search(folded, max(0, cue.start - _FOUNDING_REACH), cue.start) is not None:
            return self._relative.today()
        earlier = [c for c in before if c.start < cue.start and c.kind in SCOPES]
        scope = self._relative.resolve(earlier[-1]) if earlier else None
        # without a day of publication the present is the end of the years that are told of
        span = None if self._text.is_published else self._force.span
        scope = scope or span or self._force.scope or self._force.report
        if self._force.running.of_occasion and not earlier:
            return self._relative.today()
        if not earlier and self._is_after_day(cue):
            return self._relative.today()
        report = self._force.report
        if scope is not None and self._text.reference is not None and scope.start > self._text.reference:
            # what is so by now is not of the time that is planned for
            scope = report
        if report is not None and scope is not None and self._is_ahead_of(scope, report):
            # nor of the year that has just begun, where one before it is reported on
            scope = report
        if report is not None and scope is not None and self._is_gone(scope) and not report.is_school_year:
            scope = report
        outlasts = report is not None and scope is not None and self._outlasts(scope, report)
        if outlasts and not self._is_estimated(earlier):
            # what is planned for the whole year and done to this day is done in the time under report
            scope = report
        of_part = report is not None and scope is not None and scope.end == report.end and report.start < scope.start
        if of_part and not earlier:
            # of the month told of last only where that is what is reported on, or where the sentence names it
            scope = report
        if report is not None and scope is not None and self._goes_on(scope, report):
            # of years that are not over what is so by now is told of the part of them that is reported on
            scope = report
        if scope is not None and scope == report:
            scope = self._so_far(cue, report) or scope
        if self._text.reference is None:
            return scope
        only_title = not earlier and self._force.scope is None
        opens = self._force.is_gathered and cue.start < self._text.first_figure
        if only_title and (self._text.is_plan or opens):
            # a plan begins with how things are, and so may what is no report by its title
            return self._relative.today()
        if scope is not None and only_title and self._is_running(scope):
            return self._relative.today()
        return scope if scope is not None and self._is_fresh(scope) else self._relative.today()

    def _is_estimated(self, earlier: list[PeriodCue]) -> bool:
        """Whether the year that a sentence has named is one that it estimates ("ước năm 2014 toàn tỉnh hiện có")."""
        before = self._text.before(earlier[-1], _ESTIMATE_REACH) if earlier else ""
        return _ESTIMATED_FOR.search(before) is not None

    def _is_after_day(self, cue: PeriodCue) -> bool:
        """Whether a paragraph opens with what is so by now where one above it told of a day that is over.

        ("Đến sáng 6/6, xã A tiêu hủy 90 con lợn.\nĐến nay, huyện lập 5 chốt kiểm dịch")
        """
        running, first = self._force.running, self._text.line_start(cue.start)
        if not running.as_of or self._force.report is not None or not self._text.is_published:
            return False
        opens = cue.start - first <= _OPENING or self._text.opens_speech(cue, first)
        return running.cue_start < first and opens

    def _so_far(self, cue: PeriodCue, report: Period) -> Period | None:
        """All the year so far, of what was done, where a report of its last month has told of that before.

        ("Trong tháng 7 ... 7 tháng đầu năm ... Đến nay, toàn huyện đã trồng 2.860 ha rừng")
        """
        if not report.is_month or _DONE.match(self._text.folded, cue.start) is None:
            return None
        for told in reversed(self._text.between(0, cue.start)):
            if told.kind in PARTS_OF_A_YEAR and self._text.roles.of(told) == "scope":
                period = self._relative.resolve(told)
                if period is not None and period.sums_up(report):
                    return period
        return None

    def _is_ahead_of(self, scope: Period, report: Period) -> bool:
        reference = self._text.reference
        return reference is not None and scope.start > report.end and scope.end > reference + _TO_GO

    def _is_running(self, scope: Period) -> bool:
        """Whether a year has so long to go that what is so by now is not told of all of it."""
        reference = self._text.reference
        # of a harvest the year is only a name
        if reference is None or self._of_harvest or not self._text.is_published:
            return False
        return scope.is_calendar_year and scope.start <= reference and scope.end > reference + _TO_GO

    def _outlasts(self, scope: Period, report: Period) -> bool:
        """Whether a year that is not over holds the part of it that is reported on."""
        reference = self._text.reference
        over = reference is None or scope.end <= reference
        return not over and scope.is_calendar_year and scope.start <= report.start and report.end < scope.end

    def _goes_on(self, scope: Period, report: Period) -> bool:
        """Whether a run of years holds the time under report and goes on after it."""
        inside = scope.start <= report.start and report.end <= scope.end
        return scope.is_run_of_years and not report.is_run_of_years and inside

    def _is_gone(self, scope: Period) -> bool:
        """Whether a school year is over: the summer after it belongs to the next."""
        reference = self._text.reference
        if reference is None or not scope.is_school_year:
            return False
        return reference.month in _SUMMER and scope.start.year < reference.year

    def _is_fresh(self, scope: Period) -> bool:
        """Whether a scope is recent enough to be what the present is told of."""
        reference, report = self._text.reference, self._force.report
        if reference is None:
            return True
        if scope.is_run_of_years and self._text.is_published:
            # a term that is told of has ended, or does so with the congress: what is so by now is of the day
            return False
        # of years that went by or are to come, told in passing, the present is not one
        if scope.is_run_of_years and scope != report and (not scope.is_term or scope.end.year > reference.year):
            return False
        since = reference - (_FRESH if report is not None else _PASSING)
        if scope.end >= since and not self._is_gone(scope):
            return True
        # one year of a run that is reviewed may be long over
        if report is not None and not report.is_run_of_years and report.end >= since and scope.end >= report.start:
            return True
        return scope.is_term and scope.end.year >= reference.year - 1
