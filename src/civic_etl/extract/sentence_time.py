"""The period that a sentence itself gives a figure: the last scope it opened before it."""

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import OF_ONE_FIGURE, SCOPES
from civic_etl.extract.goals import Goals
from civic_etl.extract.in_force import InForce
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.present import Present
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.time_roles import GOAL
from civic_etl.extract.time_text import TimeText

_MEETING = patterns("timeline.yaml")["meeting"]
_LONGER = SCOPES - {"season"}
# a date this near the beginning of its sentence is of all its figures, one further in of the next one only
_OPENING = 16
_DEADLINES = frozenset({"deadline", "year_end"})


class SentenceTime:
    """The scopes that sentences open for their own figures."""

    def __init__(
        self, text: TimeText, force: InForce, *, relative: RelativePeriods, present: Present, goals: Goals
    ) -> None:
        self._text = text
        self._force = force
        self._relative = relative
        self._present = present
        self._goals = goals

    def at(self, sentence: Sentence, start: int, floor: int) -> tuple[Period | None, PeriodCue] | None:
        """The period of the last cue before a figure that holds for it; `floor` is the end of the figure before."""
        roles = self._text.roles
        between = self._text.between(sentence.start, start)
        before = [c for c in between if roles.of(c) == "scope" and roles.reaches(c, start)]
        opener = self._list_opener(sentence, before, start)
        for cue in reversed(before):
            if self._left_behind(cue, opener, start) or self._passes_by(cue, sentence, start, floor):
                continue
            if cue.kind == "season" and any(c.start < cue.start and c.kind in _LONGER for c in before):
                continue
            if cue.kind == "now":
                return self._present.at(before, cue), cue
            period = self._relative.resolve(cue)
            if period is not None:
                return period, cue
        return None

    def _list_opener(self, sentence: Sentence, before: list[PeriodCue], start: int) -> int:
        """Where the colon stands of a sentence whose opening names the period of the whole list; -1 without one."""
        colon = self._text.folded.find(":", sentence.start, start)
        return colon if colon >= 0 and any(c.start < colon and c.kind in SCOPES for c in before) else -1

    def _left_behind(self, cue: PeriodCue, opener: int, start: int) -> bool:
        """Whether a semicolon ends what a cue holds for: it dated one item of a list that has a period of its own."""
        if ";" not in self._text.folded[cue.end : start]:
            return False
        if 0 <= opener < cue.start:
            return True
        opens_list = cue.start < opener and opener - cue.end <= 2
        return cue.kind in _DEADLINES and not opens_list and self._has_longer_scope(start)

    def _has_longer_scope(self, position: int) -> bool:
        """Whether goals of a term are listed: a deadline then dates one item of the list."""
        scope = self._force.scope
        if scope is not None and scope.end.year > scope.start.year:
            return True
        return self._goals.are_of_next_term(position)

    def _passes_by(self, cue: PeriodCue, sentence: Sentence, start: int, floor: int) -> bool:
        """Whether a cue says nothing of the figure: it is of the one before, of a meeting, or of a goal."""
        if cue.kind == "year_close":
            return GOAL.search(self._text.folded[sentence.start : start]) is None
        if cue.kind == "bracket" or (cue.kind in OF_ONE_FIGURE and cue.start < floor):
            return True
        if cue.kind != "date":
            return False
        of_figure_before = cue.start < floor and cue.start - sentence.start > _OPENING
        return of_figure_before or self._is_meeting(cue, sentence, start)

    def _is_meeting(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether a day is that of a meeting or a document rather than of the figure's fact."""
        folded = self._text.folded
        return any(_MEETING.search(part) for part in (folded[cue.end : start], folded[sentence.start : cue.start]))
