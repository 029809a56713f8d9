"""Which period stays in force: what headings, lead-ins and sentences open for what follows them."""

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import AS_OF, RUNNING, SCOPES, TERMS
from civic_etl.extract.in_force import NOTHING, InForce, Scope, lies_in
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.present import Present
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.report_period import outlook
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_roles import ADVERBIAL
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_PLAN_HEADING, _TELLS_NEXT, _SAID_OF, _CARRIES_OUT = (
    _PATTERNS[key] for key in ("plan_heading", "tells_next", "said_of", "carries_out")
)
_INCIDENT, _STRIKES, _MEETING = (_PATTERNS[key] for key in ("incident", "strikes", "meeting"))
# what struck longer ago is no news
_INCIDENT_AGE = 60
_STAGES = frozenset({"term", "year_range"})
_TOLD_OF = frozenset({"office_term", "term", "term_now", "five_years", "years"})
_HEADED = frozenset({"office_term", "term", "year"})
_PLANNED = frozenset({"year", "deadline", "next_year", "present_year"})
_SEEN_BEFORE = 140
_ADVERBIAL_REACH = 12
# a preposition may be part of the expression
_PREPOSITION = 6
# a cue opens its sentence where at most a mark and a blank stand before it
_FIRST_WORDS = 2


class Scopes:
    """Opens and closes the scopes of one document, block by block and sentence by sentence."""

    def __init__(
        self, text: TimeText, force: InForce, *, terms: Terms, relative: RelativePeriods, present: Present
    ) -> None:
        self._text = text
        self._terms = terms
        self._force = force
        self._relative = relative
        self._present = present

    def enter(self, block: Block) -> None:
        """Go to a block: it goes back to the scope of its lead-in or heading, where they have one."""
        force = self._force
        force.local = None
        force.above = [*([block.lead_in] if block.lead_in else []), *block.headings[-1:]] if _is_item(block) else []
        if force.running.of_paragraph and force.report is not None:
            force.running = NOTHING
        for start, end in [*([block.lead_in] if block.lead_in else []), *reversed(block.headings)]:
            cues = [c for c in self._text.between(start, end) if self._names_time(c)]
            if not cues:
                continue
            period = self._relative.resolve(cues[-1])
            if period is None or block.kind == "heading":
                return
            # a running text below its heading goes on from paragraph to paragraph; items go back each time
            if block.kind != "paragraph" or block.lead_in is not None or force.heading != (start, end):
                force.running = Scope(period, cues[-1].start)
            force.heading = (start, end)
            return

    def leave(self, sentence: Sentence, has_figures: bool) -> None:
        """Keep the last scope that a sentence opened.

        Without figures it is only one that its first words open, or a plan that the next sentence tells.
        """
        planned = None if has_figures else self._planned_next(sentence)
        if planned is not None:
            self._force.open(Scope(planned, sentence.start))
            return
        if self._force.report is None and self._opens_incident(sentence):
            return
        for cue in reversed(self._text.between(sentence.start, sentence.end)):
            heard = self._text.stands_free(cue) and (has_figures or self._is_heard(cue, sentence))
            if heard and self._open(cue, sentence, has_figures):
                return

    def _opens_incident(self, sentence: Sentence) -> bool:
        """Whether a sentence tells what struck on a day: what follows is of that day."""
        words = self._text.folded[sentence.start : sentence.end]
        reference = self._text.reference
        if reference is None or _INCIDENT.search(words) is None or _STRIKES.search(words) is None:
            return False
        days = [c for c in self._text.between(sentence.start, sentence.end) if c.kind == "date" and c.period]
        if len(days) != 1 or _MEETING.search(words) is not None:
            return False
        if days[-1].period is None or not 0 <= (reference - days[-1].period.end).days <= _INCIDENT_AGE:
            return False
        self._force.open(Scope(days[-1].period, days[-1].start, as_of=True))
        return True

    def _names_time(self, cue: PeriodCue) -> bool:
        """Whether a cue of a heading says what time the section below it is of."""
        return cue.kind in SCOPES | AS_OF and self._text.roles.of(cue) in {"scope", "bound", "name"}

    def _is_heard(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a cue of a sentence without figures speaks for the sentences after it."""
        if cue.start - sentence.start <= _FIRST_WORDS:
            return True
        if cue.kind in _TOLD_OF and self._is_told_of(cue, sentence):
            return True
        # a sentence that ends with the term opens what the term has brought
        if cue.kind == "term_now" and "qua" in self._text.words(cue) and sentence.end - cue.end <= _FIRST_WORDS:
            return True
        return self._heads_plan(cue, sentence) or self._looks_ahead(cue, sentence)

    def _heads_plan(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens like the heading of a plan of that time."""
        return cue.kind in _HEADED and _PLAN_HEADING.match(self._text.folded, sentence.start) is not None

    def _looks_ahead(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence turns from what is reported on to the year after it ("..., trong năm 2015, ...")."""
        report = self._force.report
        if cue.kind not in _PLANNED or report is None or not self._turns_to(cue, sentence):
            return False
        period = self._relative.resolve(cue)
        return period is not None and period.is_calendar_year and period.start > report.end

    def _turns_to(self, cue: PeriodCue, sentence: Sentence) -> bool:
        before = self._text.folded[max(sentence.start, cue.start - _ADVERBIAL_REACH) : cue.start]
        return before.rstrip().endswith((",", ":", ";")) or not before.strip()

    def _is_told_of(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence goes on to tell of a term, which is over or ends soon."""
        folded, reference = self._text.folded, self._text.reference
        said = _SAID_OF.finditer(folded, max(sentence.start, cue.start - _ADVERBIAL_REACH), cue.end)
        if not any(cue.start <= m.end() <= cue.start + _PREPOSITION for m in said) and (
            self._text.roles.of(cue) != "scope" or _CARRIES_OUT.match(folded, sentence.start, cue.start) is None
        ):
            return False
        period = self._relative.resolve(cue)
        return period is not None and (reference is None or period.end.year <= reference.year)

    def _open(self, cue: PeriodCue, sentence: Sentence, has_figures: bool) -> bool:
        """Put in force what a cue opens; False where it opens nothing and the one before it is to be tried."""
        force = self._force
        if cue.kind == "now" and has_figures and cue.start - sentence.start <= _FIRST_WORDS:
            period = self._present.at([], cue)
            if period is not None and period != (force.running.period or force.report):
                force.open(Scope(period, cue.start, as_of=True))
                return True
        if cue.kind in RUNNING:
            period = self._relative.resolve(cue)
            if period is None or self._is_aside(cue, period, sentence):
                return False
            if has_figures and self._is_part(period):
                force.local = period
                return True
            headed = not has_figures and (self._heads_plan(cue, sentence) or self._looks_ahead(cue, sentence))
            if headed or self._persists(cue, period, sentence):
                force.span = self._run_around(cue, period, sentence) or force.span
                force.open(Scope(period, cue.start))
                return True
            if has_figures and not self._text.is_distant(period) and not self._within_span(period):
                force.local = period
                return True
        if cue.kind == "span" and cue.period is not None and cue.period.start != cue.period.end:
            force.open(Scope(cue.period, cue.start, of_paragraph=True))
            return True
        undated = force.report is None and (force.running.period is None or force.running.as_of)
        if cue.kind in AS_OF and has_figures and undated:
            period = self._relative.resolve(cue)
            if period is not None:
                force.running = Scope(period, cue.start, as_of=True)
                return True
        return False

    def _is_aside(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether years are told of in passing: inside a report of another time, or of one item of a term's goals."""
        if cue.kind == "years":
            return self._force.report is not None and self._force.report != period
        if cue.kind not in _STAGES or cue.start - sentence.start <= _FIRST_WORDS:
            return False
        terms = (self._force.running.period, self._terms.next)
        return any(t is not None and t.is_term and abs(period.start.year - t.start.year) <= 1 for t in terms)

    def _is_part(self, period: Period) -> bool:
        """Whether a part of a year lies in a longer one that is told of: it holds for its paragraph only."""
        if period.start == period.end or period.is_calendar_year or period.is_run_of_years:
            return False
        return any(
            whole is not None
            and not whole.is_run_of_years
            and whole != period
            and whole.start <= period.start
            and period.end <= whole.end
            for whole in (self._force.running.period, self._force.report)
        )

    def _run_around(self, cue: PeriodCue, period: Period, sentence: Sentence) -> Period | None:
        """The run of years that a sentence has told of before one of its years."""
        for earlier in self._text.between(sentence.start, cue.start):
            run = self._relative.resolve(earlier) if earlier.kind in TERMS else None
            if run is not None and run.is_run_of_years and self._text.stands_free(earlier) and lies_in(period, run):
                return run
        return None

    def _persists(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a cue opens a scope for what follows: it stands free, and is not of a distant past."""
        if self._text.is_distant(period):
            return False
        if self._force.running.period is None and self._force.report is None:
            return True
        before = self._text.folded[max(sentence.start, cue.start - _ADVERBIAL_REACH) : cue.start]
        return ADVERBIAL.search(before) is not None

    def _within_span(self, period: Period) -> bool:
        """Whether a run of years is in force that holds the period: a year inside it dates its own sentence only."""
        running = self._force.running.period
        return (
            running is not None
            and running.end.year > running.start.year
            and running.start.year <= period.start.year <= running.end.year + 1
        )

    def _planned_next(self, sentence: Sentence) -> Period | None:
        """The year whose plan a sentence speaks of last, where the next one tells it.

        ("... phương hướng năm 2015. Theo đó, ...")
        """
        folded, reference = self._text.folded, self._text.reference
        if _TELLS_NEXT.match(folded, sentence.end) is None:
            return None
        cues = [c for c in self._text.between(sentence.start, sentence.end) if c.kind in _PLANNED]
        if not cues:
            return None
        before = folded[max(sentence.start, cues[-1].start - _SEEN_BEFORE) : cues[-1].start]
        if outlook(before) != "ahead":
            return None
        period = self._relative.resolve(cues[-1])
        ahead = period is not None and reference is not None and period.end > reference
        return period if ahead and period != self._force.report else None


def _is_item(block: Block) -> bool:
    return block.kind in {"bullet", "row"} or block.lead_in is not None
