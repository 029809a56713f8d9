"""The time under report: which period holds at each figure."""

from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period, shift, year
from civic_etl.extract.context import Context
from civic_etl.extract.cue_kinds import AS_OF, PARTS_OF_A_YEAR, SCOPES, SPANS
from civic_etl.extract.data_day import period_of_data
from civic_etl.extract.figure_time import FigureTime
from civic_etl.extract.goals import Goals
from civic_etl.extract.holidays import last_of_holiday
from civic_etl.extract.in_force import InForce, lies_in
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.occasions import Occasions
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.present import Present
from civic_etl.extract.records import ValueKind
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.report_period import report_period
from civic_etl.extract.reported import reported
from civic_etl.extract.scopes import Scopes
from civic_etl.extract.seasons import Seasons
from civic_etl.extract.sentence_time import SentenceTime
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_text import TimeText
from civic_etl.extract.weekly import last_of_week

__all__ = ["Timeline", "shift"]

# a line above a table is no longer, and tells when things stood so by these
_CAPTION, _STATES = 160, AS_OF | {"year_end"}
# so far below a title the year may be named that it sets aims for
_PLANNED_REACH = 800
# a time so near behind a figure may be its own
_BEHIND_REACH = 12
# so near a time it is said that something was founded then
_FOUNDED, _FOUNDED_REACH = compiled("timeline.yaml", "founded"), 60
# right before the day from which on something is so
_SINCE, _SINCE_REACH = "từ ", 4
# a year and the end of another, which make a run, and how that opens
_RUN_OF_YEARS, _OPENS_RUN = ["year", "deadline"], compiled("timeline.yaml", "opens_run")
# so far behind the number of aims the term that they are for may be named
_TERM_REACH = 50
# a state may be of a time told behind it that ended at most this long ago
_JUST_OVER = timedelta(days=75)
# from this month on a year is reviewed before it is over
_REVIEWS = 11
# up to this month the year before is
_JUST_BEGUN = 2


class Timeline:
    """Resolves the time cues of one document.

    It is read in order: `enter` each block, ask `at` for its figures, `leave` each sentence.
    """

    def __init__(self, context: Context) -> None:
        self._text = TimeText(context)
        self._force = InForce()
        self._context = context
        self._at_rows: dict[int, InForce] = {}
        # the day or the end of a year that the line right above a row tells a state of
        self._captions: dict[int, Period | None] = {}
        self._caption: Period | None = None
        self._terms = Terms(self._text)
        self._relative = RelativePeriods(self._text, self._force, self._terms)
        present = Present(self._text, self._force, self._relative)
        self._occasions = Occasions(self._text)
        self._scopes = Scopes(
            self._text,
            self._force,
            terms=self._terms,
            relative=self._relative,
            present=present,
            occasions=self._occasions,
        )
        week = last_of_week(self._text, context.blocks)
        self._force.weekly = week is not None
        told = week or last_of_holiday(self._text, context.blocks)
        reviewed = told or period_of_data(self._text, context.blocks) or report_period(self._text, context.blocks)
        self._force.report = reviewed or reported(self._text, self._relative.resolve)
        self._force.is_gathered = reviewed is None and self._force.report is not None
        self._goals = Goals(self._text, self._force, self._terms, self._relative)
        self._in_sentence = SentenceTime(
            self._text,
            self._force,
            relative=self._relative,
            present=present,
            goals=self._goals,
            occasions=self._occasions,
        )
        self._of_figure = FigureTime(self._text, self._force, self._relative, self._goals)
        self._seasons = Seasons(self._text, self._force)

    @property
    def text(self) -> TimeText:
        """The document's time expressions, to be looked up."""
        return self._text

    @property
    def reference(self) -> date | None:
        """The day the article speaks from."""
        return self._text.reference

    @property
    def today(self) -> Period | None:
        """The day the article speaks from."""
        return self._relative.today()

    @property
    def day_told(self) -> Period | None:
        """The day of the visit or the ceremony that the article is about, else that which it speaks from."""
        return self._occasions.first_day() or self.today

    @property
    def scope(self) -> Period | None:
        """What the text itself has opened where reading has come to."""
        return self._force.scope

    def is_to_come(self, period: Period) -> bool:
        """Whether something can still be aimed at for a period: it is not over, nor under review at its end."""
        reference = self.reference
        if reference is None:
            return False
        reviewed = period == self._force.report and period.is_calendar_year and reference.month >= _REVIEWS
        return period.end > reference and not reviewed

    @property
    def reviewed_year(self) -> Period | None:
        """The year that the article reports on as it ends, or just after it."""
        reference, report = self.reference, self._force.report
        if reference is None or report is None or not report.is_calendar_year or not self._text.is_published:
            return None
        ending = reference.year == report.end.year and reference.month >= _REVIEWS
        over = reference.year == report.end.year + 1 and reference.month <= _JUST_BEGUN
        return report if ending or over else None

    @property
    def is_day_known(self) -> bool:
        """Whether the article tells its day, and not only its year."""
        today = self.today
        return today is not None and today.is_day

    @property
    def planned_by_title(self) -> Period | None:
        """The year that has not begun and that the title names."""
        return self._text.planned_year or self._rest_of_title()

    def planned_below(self, position: int) -> Period | None:
        """The first year to come that a text names below its title."""
        cues = self._text.between(position, position + _PLANNED_REACH)
        years = (cue.period for cue in cues if cue.kind == "year" and cue.period is not None)
        return next((period for period in years if self.is_to_come(period)), None)

    def _rest_of_title(self) -> Period | None:
        """The last months of the year, where the title tells what is to be done in them."""
        title = self._text.title
        rests = (c for c in self._text.title_cues if c.kind in PARTS_OF_A_YEAR and "cuối" in title[c.start : c.end])
        return next((c.period for c in rests if c.period is not None and self.is_to_come(c.period)), None)

    @property
    def next_term(self) -> Period | None:
        """The term that a congress sets goals for."""
        return self._terms.next

    def default(self) -> Period | None:
        """The period of a figure that no cue reaches: the report's, else the publication date.

        Of an article without any date it is the first term named: its plan is of that.
        """
        return self._force.report or self._relative.today() or self._terms.first

    def enter(self, block: Block) -> None:
        """Go to a block: it goes back to the scope of its lead-in or heading, where they have one."""
        self._scopes.enter(block)
        self._seasons.enter(block)
        if block.kind == "row":
            self._at_rows[block.start] = self._force.copy()
            self._captions[block.start] = self._caption
        else:
            self._caption = self._state_of(block)

    def at_row(self, row: Block, sentence: Sentence, start: int, end: int, kind: ValueKind) -> Period | None:
        """The period in force at a figure of a row, whose table is read when all of the text has been.

        What is planned is of the year where a day before that of the article was told of ("Tiến độ đến ngày 15/7",
        "Kế hoạch (ha)").
        """
        self._force.go_back(self._at_rows[row.start])
        told, cue = self.at(row, sentence, start, end, start)
        period = self._captions[row.start] or told if cue is None else told
        if kind != "target" or period is None or not period.is_day or period == self.today:
            return period
        return year(period.end.year)

    def told_above(self, row: Block) -> Period | None:
        """The time of a table where its heads name none, by the line above its first row, or the report."""
        return self._captions.get(row.start) or self.default()

    def _state_of(self, block: Block) -> Period | None:
        """The day that a line without figures tells a state of: the rows right below it are of that day, too."""
        short = block.end - block.start <= _CAPTION and not self._context.quantities.any_within(block.start, block.end)
        cues = [cue for cue in self._text.between(block.start, block.end) if cue.kind in _STATES] if short else []
        return cues[-1].period if cues else None

    def leave(self, sentence: Sentence, has_figures: bool) -> None:
        """Leave a sentence, keeping the last scope that it opened."""
        self._scopes.leave(sentence, has_figures)

    def at(
        self, block: Block, sentence: Sentence, start: int, end: int, floor: int, *, bindable: bool = True
    ) -> tuple[Period | None, PeriodCue | None]:
        """The period in force at a figure spanning [start, end), and the cue in its sentence that says so.

        `floor` is the end of the figure before. `bindable` says whether a cue right behind the figure dates it; behind
        a ratio it is what is compared with.
        """
        force = self._force
        bound = self._of_figure.bound(start, end, sentence, bindable=bindable, default=self.default())
        if bound is not None:
            return bound
        found = self._in_sentence.at(sentence, start, floor)
        if found is not None and found[1].kind == "now" and found[0] is None:
            # "đến nay" of an article without a day: what is in force says when
            found = None
        if found is not None and self._seasons.is_left(found[1], sentence, start):
            found = None
        if found is not None and found[1].kind == "now" and self._seasons.is_told_before(found[1]):
            season = self._seasons.at(block, sentence, start, end)
            found = (season, found[1]) if season is not None else found
        if found is not None:
            behind = self._of_figure.in_clause(sentence, end)
            of_another = floor > found[1].end or ";" in self._text.folded[found[1].end : start]
            if behind is not None and (of_another or _holds(found[0], behind[0])):
                # what dated a figure or an item before, or is of years, says less than what this one is told of
                found = behind
        if found is not None:
            if self._seasons.is_season(found[1]) and self._text.roles.bracket(found[1].start) is None:
                self._seasons.keep(block, found[0])
            else:
                self._seasons.leave()
            return (force.report, found[1]) if self._goals.runs_past(found[0], sentence, start) else found
        season = self._seasons.at(block, sentence, start, end)
        if season is not None:
            return season, None
        behind = self._of_figure.in_clause(sentence, end)
        if behind is not None:
            return behind
        if force.local is not None:
            return force.local, None
        if force.running.of_occasion and not self._occasions.is_act(sentence, start, end):
            return self._unsaid(block, start, end)
        if force.running.period is not None and self._is_left(force.running.period, start):
            return self.default(), None
        if force.running.period is not None:
            past = self._goals.runs_past(force.running.period, sentence, start)
            return (force.report if past else force.running.period), None
        return self._unsaid(block, start, end)

    def beside_schools(self, sentence: Sentence, period: Period | None) -> Period | None:
        """What holds beside the school year that an earlier sentence of the paragraph told of, which ends here.

        The period as it is where it is none, or the article reports on it.
        """
        local = self._force.local
        if period is None or local is None or period != local or not self._scopes.is_of_schools(period):
            return period
        if any(cue.period == period for cue in self._text.between(sentence.start, sentence.end)):
            return period
        self._force.local = None
        return self._force.running.period or self.default()

    def named_before(self, sentence: Sentence, position: int) -> list[PeriodCue]:
        """The years in names of plans that a sentence speaks of before a position."""
        cues = self._text.between(sentence.start, position)
        return [c for c in cues if c.kind in {"year", "this_year"} and self._text.roles.of(c) == "name"]

    def resolved(self, cue: PeriodCue) -> Period | None:
        """The period of a time expression where reading has come to."""
        return self._relative.resolve(cue)

    def first_of_years(self, sentence: Sentence, position: int) -> Period | None:
        """The year that the run told last before a position begins with ("từ năm 2017 đến cuối năm 2022, ...")."""
        cues = self._text.between(sentence.start, position)[-2:]
        if [cue.kind for cue in cues] != _RUN_OF_YEARS or self._text.folded[cues[0].end : cues[1].start].strip():
            return None
        opened = _OPENS_RUN.search(self._text.folded, sentence.start, cues[0].end)
        return cues[0].period if opened is not None else None

    def is_undated(self, start: int, end: int) -> bool:
        """Whether no time is told of between two positions."""
        return not self._text.between(start, end)

    def _term_behind(self, end: int, sentence: Sentence) -> Period | None:
        """The term or the run of years that is named behind a figure, before any mark ("21 chỉ tiêu giai đoạn ...")."""
        limit = min(end + _TERM_REACH, sentence.end)
        told = next(iter(self._text.between(end, limit)), None)
        if (
            told is None
            or told.kind not in SPANS
            or any(mark in self._text.folded[end : told.start] for mark in ",;:(")
        ):
            return None
        return told.period

    def term_beside(self, sentence: Sentence, start: int, end: int) -> Period | None:
        """The term that is named behind a figure, or that a congress sets goals for and its sentence names last.

        ("Nghị quyết Đại hội nhiệm kỳ 2025-2030 xác định 16 chỉ tiêu", beside what one year of it is to bring)
        """
        last = self._text.between(sentence.start, start)[-1:]
        named = next((cue.period for cue in last if cue.period == self._terms.next), None)
        return self._term_behind(end, sentence) or named

    def founded_before(self, position: int) -> Period | None:
        """The day or the year named last before a position by which something is said to have been founded."""
        for cue in self._text.last_before(position):
            if cue.period is None or not (cue.period.is_day or cue.period.is_calendar_year):
                continue
            if _FOUNDED.search(self._text.folded, max(0, cue.start - _FOUNDED_REACH), cue.end + _FOUNDED_REACH):
                return cue.period
        return None

    def since_day(self, sentence: Sentence, position: int) -> Period | None:
        """The day from which on a sentence tells that something is so, where it names no other time before a position.

        ("Phường thành lập từ 01/7/2025, diện tích 80 km2")
        """
        cues = self._text.between(sentence.start, position)
        if len(cues) != 1 or cues[0].period is None or not cues[0].period.is_day:
            return None
        return cues[0].period if self._text.before(cues[0], _SINCE_REACH).endswith(_SINCE) else None

    def told_behind(self, end: int, sentence: Sentence) -> Period | None:
        """The time that is told right behind a figure."""
        cues = self._text.between(end, min(end + _BEHIND_REACH, sentence.end))
        return next((period for cue in cues if (period := self._relative.resolve(cue)) is not None), None)

    def ahead_behind(self, end: int, sentence: Sentence) -> Period | None:
        """The first part of a year that a sentence names behind a position, where it is to come."""
        cues = (cue for cue in self._text.between(end, sentence.end) if cue.kind in PARTS_OF_A_YEAR | {"half_rest"})
        told = (self._relative.resolve(cue) for cue in cues if self._text.roles.of(cue) == "scope")
        return next((period for period in told if period is not None and self.is_to_come(period)), None)

    def year_before(self, block: Block, position: int) -> Period | None:
        """The year that a paragraph names last before a position."""
        years = (cue.period for cue in reversed(self._text.between(block.start, position)) if cue.kind == "year")
        return next((period for period in years if period is not None), None)

    def span_at(self, position: int) -> Period | None:
        """The term or run of years that holds at a position: the scope's, else the nearest one named before."""
        if self._goals.are_of_next_term(position):
            return self._terms.next
        for period in (self._force.local, self._force.running.period, self._force.report):
            if period is not None and period.is_run_of_years:
                return period
        reference = self.reference
        for cue in self._text.terms_before(position):
            period = self._relative.resolve(cue)
            if period is not None and (reference is None or period.start.year < reference.year):
                return period
        return self._terms.of("term_now")

    def term_ahead(self, position: int) -> Period | None:
        """The nearest term or run of years named before a position that is not over."""
        reference = self.reference
        told = (cue.period for cue in self._text.terms_before(position))
        return next((p for p in told if p is not None and reference is not None and p.end > reference), None)

    def _is_left(self, running: Period, start: int) -> bool:
        """Whether a run of years has only begun, and a figure is told as what is so by now."""
        begun = self.reference is not None and running.start.year >= self.reference.year
        return running.is_run_of_years and begun and self._goals.are_left(start)

    def _unsaid(self, block: Block, start: int, end: int) -> tuple[Period | None, PeriodCue | None]:
        """The period of a figure with no scope in force: told later in its paragraph, else by a congress's term."""
        if self._force.report is not None:
            return self.default(), None
        term = self._goals.term_at(start, end)
        if term is not None:
            return term, None
        return self._ahead(block, start, end) or (self.default(), None)

    def _ahead(self, block: Block, start: int, end: int) -> tuple[Period, PeriodCue] | None:
        """The cue that follows an undated state in its paragraph, unless that has told how things are by now."""
        if any(cue.kind == "now" and self._text.stands_free(cue) for cue in self._text.between(block.start, start)):
            return None
        for cue in self._text.between(end, block.end):
            if cue.kind not in SCOPES or not self._text.stands_free(cue):
                continue
            if cue.kind in SPANS | {"term_now", "five_years", "years", "days"}:
                # the days of one event are none that a state before it was told of
                return None
            period = self._relative.resolve(cue)
            if period is None or self._text.is_distant(period):
                return None
            if self.reference is not None and not self._is_recent(period, self.reference):
                return None
            if self._is_left_to_do(cue, period):
                return None
            return period, cue
        return None

    def _is_left_to_do(self, cue: PeriodCue, period: Period) -> bool:
        """Whether a time told behind what is so by now is that of what is still to be done ("Từ nay đến cuối năm ...").

        A year that is about to be over is reviewed, whatever was aimed at.
        """
        reviewed = period.is_calendar_year and self.reference is not None and self.reference.month >= _REVIEWS
        rest = self._text.is_rest(cue)
        return self.is_to_come(period) and (rest or (self._text.is_of_aim(cue) and not reviewed))

    def _is_recent(self, period: Period, reference: date) -> bool:
        """Whether a time has begun and was not over for long when the article speaks."""
        return period.start <= reference and period.end >= reference - _JUST_OVER


def _holds(run: Period | None, period: Period) -> bool:
    """Whether a period is one of the years of a run."""
    return run is not None and run.is_run_of_years and lies_in(period, run)
