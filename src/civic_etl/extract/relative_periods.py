"""The periods of time expressions that lean on their context: "this year", "6 tháng đầu năm", "the term"."""

import re
from datetime import date, timedelta

from civic_etl.extract import calendar_period as c
from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import RUNS_OF_DAYS, SCHOOL_YEARS, SPANS
from civic_etl.extract.in_force import InForce
from civic_etl.extract.periods import PeriodCue, number_of_months, number_of_years, quarter_number
from civic_etl.extract.runs_of_years import last_years, named_run
from civic_etl.extract.school_years import school_year_of
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_roles import ADVERBIAL, AIMED, GOAL
from civic_etl.extract.time_text import TimeText

# how far behind "this year" its plan may be spoken of
_PLAN_REACH = 40
# how far behind a number of years they may be written out
_RANGE_REACH = 80
_FIVE = 5
# a bare number of years is none that went by
_WENT_BY = re.compile(r"(?:trong|sau|qua)\b|.* qua$")
# the first months of a year are long over when so many more have gone by
_LONG_OVER = 3
# from this month on "since the beginning of the year" is of the year itself
_WELL_INTO = 3
# up to this month the year that went by is the one before
_LOOKING_BACK = 6
# a year's total that a noun is told of right before, so far back
_WHOLE_YEAR, _WORD_REACH = "cả năm", 24
_AS_OF_DAYS = frozenset({"as_of", "date", "as_of_month", "to_month"})
_DAYS = frozenset({"date", "as_of", "as_of_month", "to_month", "to_quarter", "days", "span"})
_MONTHS = frozenset({"month", "bare_month"})
_DIGITS = re.compile(r"\d+")


class RelativePeriods:
    """Resolves time expressions by what is in force where they stand."""

    def __init__(self, text: TimeText, force: InForce, terms: Terms) -> None:
        self._text = text
        self._force = force
        self._terms = terms

    def resolve(self, cue: PeriodCue) -> Period | None:
        """The period of an expression: its own, else the one that its context gives it; None where nothing does."""
        if cue.period is not None:
            return self._ahead(cue, cue.period)
        words = self._text.words(cue)
        match cue.kind:
            case "months_to_date" | "months":
                return self._days_written_out(cue) or self._counted_again(cue, words) or self._months(words)
            case "half" | "half_rest":
                second = "cuối" in words or cue.kind == "half_rest"
                of = self._year_of(12 if second else 6)
                return c.half(of, 2 if second else 1) if of else None
            case "quarter":
                number = quarter_number(words)
                of = self._year_of(3 * number)
                return c.quarter(of, number) if of else None
            case "same_day" | "day_close":
                return self._day_before(cue)
            case "lately":
                return self.today()
            case "then":
                return self._time_told(cue)
            case "bare_month" | "month_close":
                return self._month(int(_DIGITS.findall(words)[0]))
            case "this_month":
                return self._month_in_force(cue)
            case "this_quarter":
                return next(
                    (s for s in (self._force.scope, self._force.report) if s is not None and s.is_quarter), None
                )
            case "last_quarter" | "to_last_quarter":
                over = self._last_quarter()
                return c.day(over.end) if over and cue.kind == "to_last_quarter" else over
            case "to_date":
                return self._to_date()
            case "since_day":
                # a bulletin of a day adds up to that
                report = self._force.report
                return report if report is not None and report.is_day else self.today()
            case (
                "present_year" | "year_start_now" | "this_year" | "year_close" | "year_rest" | "year_open" | "next_year"
            ):
                return self._year(cue, words)
            case kind if kind in SCHOOL_YEARS:
                return school_year_of(cue.kind, self._force.report, self._text.reference)
            case "five_years":
                went_by = _WENT_BY.match(words) is not None or self._leads(cue)
                return self._five_years(cue, words) or (self._years(cue, _FIVE) if went_by else None)
            case "years":
                return self._years(cue, number_of_years(words))
            case "term_now" | "term_start" | "term_end" | "term_next":
                return self._term(cue, words)
            case _:
                return None

    def _ahead(self, cue: PeriodCue, period: Period) -> Period:
        """The period of a day; one without its year is still to come where something is aimed at for it."""
        reference = self._text.reference
        if cue.kind not in _AS_OF_DAYS or reference is None or self._text.names_year(cue):
            return period
        later = c.shift(period, 1)
        planned = any(
            told is not None and period.end < told.start <= later.end <= told.end
            for told in (self._force.scope, self._year_told_before(cue))
        )
        coming = later.end.year == reference.year and (planned or self._text.is_asked_for(cue))
        return later if coming else period

    def _year_told_before(self, cue: PeriodCue) -> Period | None:
        """The year that the paragraph has told of last before a day ("Kế hoạch năm 2026: đến hết tháng 9, ...")."""
        line = self._text.line_start(cue.start)
        years = (each for each in self._text.last_before(cue.start) if each.start >= line and each.kind == "year")
        return next((each.period for each in years if self._text.roles.of(each) == "scope"), None)

    def _day_before(self, cue: PeriodCue) -> Period | None:
        """The day named last before "cùng ngày", of those that are one; not one that something is to be done by."""
        days = [c.period for c in self._text.last_before(cue.start) if c.kind in _DAYS and c.period is not None]
        reference = self._text.reference
        been = (day for day in days if reference is None or day.end <= reference)
        return next(been, days[0] if days else None)

    def _time_told(self, cue: PeriodCue) -> Period | None:
        """The time that is over and was told of last, right before "khi đó", "thời điểm ấy".

        ("Năm 2011, xã bắt tay xây dựng nông thôn mới. Khi ấy hộ nghèo còn 21%"; of what began then its first
        year)
        """
        reference = self._text.reference
        for told in self._text.last_before(cue.start):
            if told.start < cue.start - _RANGE_REACH * 2 or told.kind in SPANS:
                return None
            period = c.year(told.period.start.year) if told.kind == "since" and told.period else told.period
            if period is not None and (reference is None or period.end < reference):
                return period
        return None

    def today(self) -> Period | None:
        """The day the article speaks from; the year where its text gives no more away."""
        reference = self._text.reference
        if reference is None:
            return None
        only_year = not self._text.is_published and (reference.month, reference.day) == (12, 31)
        return c.year(reference.year) if only_year else c.day(reference)

    def _last_quarter(self) -> Period | None:
        """The quarter that was over on the day of the article."""
        reference = self._text.reference
        if reference is None:
            return None
        quarter = (reference.month - 1) // 3
        return c.quarter(reference.year, quarter) if quarter else c.quarter(reference.year - 1, 4)

    def _year_of(self, last_month: int) -> int | None:
        """The year of a part of a year named without it: the report's, else the latest that is over or going on."""
        running, report = self._force.running.period, self._force.report
        plain = running is not None and running.is_calendar_year
        if report is not None and not report.is_school_year:
            later = running is not None and plain and running.end.year > report.end.year
            return running.end.year if running is not None and later else report.end.year
        if running is not None and plain:
            return running.end.year
        reference = self._text.reference
        if reference is None:
            return None
        return reference.year - 1 if reference.month <= 2 and last_month > reference.month else reference.year

    def _days_written_out(self, cue: PeriodCue) -> Period | None:
        """The days in brackets near behind a number of months ("qua 3 tháng ra quân (từ ngày 1/8 đến 31/10/2019)")."""
        following = next(iter(self._text.between(cue.end, cue.end + _RANGE_REACH)), None)
        if following is None or following.kind not in RUNS_OF_DAYS:
            return None
        between = self._text.folded[cue.end : following.start + 1]
        opened = "(" in between and not any(mark in between for mark in ",;:.)")
        return following.period if opened else None

    def _counted_again(self, cue: PeriodCue, words: str) -> Period | None:
        """The days that were written out where as many months were told of before ("Trong 3 tháng ra quân, ...").

        Or those of a run of as many ("Từ 1/7 đến 31/12, ... Trong 6 tháng, ...").
        """
        counted = number_of_months(words)
        if cue.kind != "months" or counted is None or counted[1]:
            return None
        before = self._text.last_before(cue.start)
        if not words.endswith("qua"):
            runs = (c.period for c in before if c.kind in RUNS_OF_DAYS and c.period is not None)
            as_long = next((run for run in runs if _months_of(run) == counted[0]), None)
            if as_long is not None:
                return as_long
        months = (c for c in before if c.kind == "months" and c.period is None)
        same = (c for c in months if number_of_months(self._text.words(c)) == counted)
        return next((days for c in same if (days := self._days_written_out(c)) is not None), None)

    def _months(self, words: str) -> Period | None:
        count, part = number_of_months(words) or (0, "")
        reference = self._text.reference
        if words.endswith("qua") and reference is not None:
            if 1 < count < reference.month - _LONG_OVER and self._force.report is None:
                # "3 tháng qua" in October
                return c.months_up_to(reference.year, reference.month - 1, count)
            return c.months_of(reference.year - 1 if reference.month < count else reference.year, count, part)
        if reference is not None and (words.endswith("nay") or self._is_just_over(reference, count, part)):
            return c.months_of(reference.year, count, part)
        return c.months_of(self._year_of(count if part != "cuối" else 12), count, part)

    def _is_just_over(self, reference: date, count: int, part: str) -> bool:
        """Whether the first months of a year end about now, whatever year was told of before."""
        return self._force.report is None and part != "cuối" and abs(reference.month - count) <= 1

    def _year(self, cue: PeriodCue, words: str) -> Period | None:
        reference = self._text.reference
        from_now = self._text.before(cue, _WORD_REACH).endswith("từ nay ")
        if cue.kind == "present_year" or (cue.kind == "year_close" and (words.endswith(" nay") or from_now)):
            return c.year(self._spoken_year(reference, cue)) if reference else self._force.scope
        if cue.kind == "year_start_now":
            return c.day(date(reference.year, 1, 1)) if reference and "nay" in words else None
        this = cue.kind in {"this_year", "year_close", "year_rest"}
        if this and self._text.is_plan and self._force.scope is None and "qua" not in words:
            planned = self._text.planned_year
            if planned is not None:
                return planned
        report = self._force.report
        if words == "trong năm" and report is not None and report.is_school_year:
            return report
        told = self._force.local if cue.kind == "this_year" and "qua" not in words else None
        # "Kinh tế năm 2010 tăng 11%. Diện tích lúa cả năm 14.180 ha": behind the year of its paragraph, it is that one
        of = told.end.year if told is not None and told.is_calendar_year else self._year_of(12)
        if of is None or (words == _WHOLE_YEAR and self._is_any_year(cue)):
            return None
        if this and reference is not None and of == reference.year - 1 and self._is_aimed_at(cue):
            of = reference.year
        if "qua" in words and reference is not None and reference.month <= _LOOKING_BACK and of == reference.year:
            of -= 1
        told_of = self._force.scope == c.year(of)
        if words == "trong năm" and self._is_so_far(of) and not told_of and not self._text.is_goal(cue):
            return self._force.report
        return c.day(date(of, 1, 1)) if cue.kind == "year_open" else c.year(of + (cue.kind == "next_year"))

    def _is_any_year(self, cue: PeriodCue) -> bool:
        """Whether "cả năm" is of some year that nothing names ("Diện tích gieo trồng cả năm 900 ha")."""
        undated = self._force.scope is None and self._force.report is None
        attached = ADVERBIAL.search(self._text.before(cue, _WORD_REACH)) is None
        return undated and attached and not self._text.is_goal(cue) and not self._is_aimed_at(cue)

    def _spoken_year(self, reference: date, cue: PeriodCue) -> int:
        """The year that "this year" means: in January still the one that is reported on, but for what is planned."""
        report = self._force.report
        over = report is not None and report.end.year == reference.year - 1 and reference.month == 1
        folded, limit = self._text.folded, cue.end + _PLAN_REACH
        planned = GOAL.search(folded, cue.start, limit) or "giao" in folded[cue.end : limit]
        return reference.year - 1 if over and not planned else reference.year

    def _is_aimed_at(self, cue: PeriodCue) -> bool:
        """Whether the clause around "this year" sets an aim, which cannot be of a year that is over."""
        folded = self._text.folded
        begin = max(folded.rfind(mark, 0, cue.start) for mark in ("\n", ". ", ";"))
        near = max(begin, cue.start - _PLAN_REACH, 0)
        limit = cue.end + _PLAN_REACH
        end = min([at for at in (folded.find(m, cue.end, limit) for m in (";", ". ", "\n")) if at >= 0], default=limit)
        return AIMED.search(folded, near, end) is not None

    def _is_aimed_behind(self, cue: PeriodCue) -> bool:
        """Whether an aim follows an expression ("trong nhiệm kỳ sẽ thành lập mới ...")."""
        return AIMED.match(self._text.folded[cue.end : cue.end + _PLAN_REACH].lstrip(" ,")) is not None

    def _is_so_far(self, of: int) -> bool:
        """Whether what is reported on is the first months of a year."""
        report = self._force.report
        return report is not None and report.start == date(of, 1, 1) and report.end < date(of, 12, 31)

    def _month(self, number: int) -> Period | None:
        reference, of = self._text.reference, self._year_of(number)
        if reference is not None and self._force.report is None and reference.month - number in {0, 1}:
            # the month that is just over, whatever year was told of before
            of = reference.year
        told = self._force.running.period
        if reference is not None and told is not None and told.is_calendar_year and told.end <= reference:
            # below the results of a year, in what is decided for the next, a month to come is one of that year
            of = told.end.year if of and (of, number) > (reference.year, reference.month) else of
        return c.month(of, number) if of and 1 <= number <= 12 else None

    def _month_in_force(self, cue: PeriodCue) -> Period | None:
        scope = self._force.scope
        in_force = scope if scope is not None and "-M" in scope.code else None
        named = self._month_named(cue)
        if named is not None or in_force is not None:
            return named or in_force
        source = self._force.report or scope
        if source is not None and not source.is_calendar_year:
            return c.month(source.end.year, source.end.month)
        reference = self._text.reference
        return c.month(reference.year, reference.month) if reference else None

    def _month_named(self, cue: PeriodCue) -> Period | None:
        """The month that the paragraph has told of last ("Tháng 10/2018, ...; ... trong tháng đạt ...")."""
        first = self._text.line_start(cue.start)
        if self._force.report is not None:
            # of the month under report but in the sentence that names another
            first = max(first, self._text.folded.rfind(". ", first, cue.start))
        months = (c for c in self._text.last_before(cue.start) if c.start >= first and c.kind in _MONTHS)
        told = (self.resolve(c) for c in months if self._text.roles.of(c) == "scope")
        return next((period for period in told if period is not None), None)

    def _to_date(self) -> Period | None:
        """ "Since the beginning of the year": as far as what is in force reaches, else to the day of the article."""
        source, reference = self._force.scope or self._force.report, self._text.reference
        ahead = source is not None and reference is not None and source.start > reference
        if source is not None and (ahead or self._is_long_over(source)):
            source = self._force.report if source != self._force.report else None
        if source is not None and source.start.month == 1 and source.start.day == 1:
            return source
        if source is not None and "-M" in source.code:
            return c.months_from_january(source.end.year, source.end.month)
        return self.today()

    def _is_long_over(self, period: Period) -> bool:
        """Whether a period ended before the year of the article, which has gone on for months."""
        reference = self._text.reference
        over = reference is not None and self._text.is_published and period.end.year < reference.year
        return over and reference is not None and reference.month >= _WELL_INTO

    def _five_years(self, cue: PeriodCue, words: str) -> Period | None:
        scope, reference = self._force.span or self._force.scope, self._text.reference
        titled = named_run(_FIVE, self._text.title_cues, reference)
        if titled is not None and not self._text.is_goal(cue):
            return titled
        if scope is None and self._terms.next is not None and "qua" not in words and self._text.is_goal(cue):
            return self._terms.next
        if scope is None or not scope.is_term:
            return self._terms.of("term_now")
        begun = reference is not None and scope.start.year >= reference.year - 1
        return self._terms.of("term_now") if begun and "qua" in words else scope

    def _leads(self, cue: PeriodCue) -> bool:
        """Whether a paragraph or a sentence opens with an expression and a comma ("5 năm, xã huy động 30 tỷ đồng")."""
        opens = self._text.before(cue, 2).strip() in {"", "."}
        return opens and self._text.folded.startswith(",", cue.end)

    def _years(self, cue: PeriodCue, count: int) -> Period | None:
        """So many years: those written out behind the cue or anywhere before it, else the last ones."""
        if count < 2:
            return None
        behind = self._text.between(cue.end, cue.end + _RANGE_REACH)
        named = [*behind, *self._text.title_cues, *self._text.terms_before(cue.start)]
        return named_run(count, named, self._text.reference) or last_years(
            count, self._text.reference, self._force.report
        )

    def _term(self, cue: PeriodCue, words: str) -> Period | None:
        if cue.kind == "term_now" and "qua" not in words and "trước" not in words:
            if self._terms.next is not None and (self._text.is_goal(cue) or self._is_aimed_behind(cue)):
                return self._terms.next
            told = next((p for p in (self._force.scope, self._force.running.period) if p and p.is_term), None)
            if told is not None and self._terms.is_of_office(told):
                return told
        coming, scope = self._terms.next, self._force.scope
        if scope is not None and scope.is_term and self._text.is_term_before(cue):
            return c.shift(scope, -_FIVE)
        if cue.kind == "term_end" and coming and (self._text.is_goal(cue) or self._is_told_ahead(cue)):
            return c.year(coming.start.year + 5)
        if cue.kind == "term_end" and scope is not None and scope.is_term:
            return c.year(scope.start.year + 5)
        return self._terms.of(cue.kind)

    def _is_told_ahead(self, cue: PeriodCue) -> bool:
        """Whether the paragraph of an expression has named a time to come before it."""
        reference, line = self._text.reference, self._text.line_start(cue.start)
        told = (c.period for c in self._text.last_before(cue.start) if c.start >= line)
        return reference is not None and any(p is not None and p.start > reference for p in told)


def _months_of(run: Period) -> int:
    """How many whole months a run of days has; 0 where it does not begin with one."""
    months = (run.end.year - run.start.year) * 12 + run.end.month - run.start.month + 1
    return months if run.start.day == 1 and (run.end + timedelta(days=1)).day == 1 else 0
