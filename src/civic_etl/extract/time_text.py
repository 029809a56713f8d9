"""The time expressions of one document, to be looked up by place and by role."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period, term
from civic_etl.extract.context import Context
from civic_etl.extract.cue_kinds import PARTS_OF_A_YEAR, TERMS
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import PeriodCue, find_periods
from civic_etl.extract.plan_title import is_plan_title, year_ahead
from civic_etl.extract.time_roles import AIMED, ASKED, GOAL, GONE_ON_WITH, TimeRoles
from civic_etl.pattern import Pattern

_NEWLINE = re.compile(r"\n")
_YEAR = re.compile(r"\d{4}")
_REMEMBERED = 24
_GOAL_REACH = 200
# right before an aim, or right behind it, these say that it was met
_MET = re.compile(r"(?:\b(?:vượt|hoàn thành)\b(?: [^\W\d_]+){0,2}|\d+ ?/ ?\d+) $")
_MET_BEHIND = re.compile(r"(?: [^\W\d_]+){0,2} (?:đạt và vượt|hoàn thành|vượt)\b")
_MET_BEFORE = 30
# what says before a time that it is to come ("rà soát để đến cuối năm có thêm 3 xã")
_AHEAD, _AHEAD_REACH = ("để ", "từ nay "), 8
# so near behind a time it may be said that something is aimed at then
_AIM_REACH = 60
# what is left of a year, and the last months of one
_RESTS, _LAST = frozenset({"year_rest", "half_rest", "next_year"}), ("cuối", "còn lại")
# a figure of longer ago is history: what follows it is not of its time
_MAX_SCOPE_AGE = 5
# the title is told again so near the beginning
_OPENING = 600
# a year that ends so long after the article is that of aims
_FAR_AHEAD = timedelta(days=366)
# a cue opens its sentence where at most a mark and a blank stand before it, or these words
_FIRST_WORDS, _JOINED = 2, compiled("timeline.yaml", "joined_to_last")
_SPEECH_LEAD = compiled("timeline.yaml", "speech_lead")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
# what makes a stage from one congress to the next the term between them
_OF_TERMS = Pattern(r"\b(?:nhiệm kỳ|đại hội|5 năm|năm năm)\b")


def _as_terms(cues: list[PeriodCue]) -> list[PeriodCue]:
    """The cues, a stage that is named by the years of two congresses ("giai đoạn 2020-2025") being a term."""
    return [replace(c, period=_term(c.period)) if c.kind == "term" and c.period is not None else c for c in cues]


def _term(stage: Period) -> Period:
    between = stage.code.endswith("/P6Y") and stage.start.year % 5 == 0
    return term(stage.start.year, stage.end.year) if between else stage


class TimeText:
    """A folded text with its time expressions, its title with its own, and the day it speaks from."""

    def __init__(self, context: Context) -> None:
        self.folded = context.folded
        speaks_of_terms = any(map(_OF_TERMS.is_in, (context.title.folded, context.folded)))
        self.cues = _as_terms(context.periods) if speaks_of_terms else context.periods
        self.reference: date | None = context.reference
        self.quantities = context.quantities
        self._in_names = context.in_names
        self.turns = context.turns
        self.roles = TimeRoles(context.folded, self.cues, context.quantities)
        self.title = context.title.folded
        self.is_plan = is_plan_title(self.title)
        in_title = find_periods(self.title, context.reference)
        self.title_cues = _as_terms(in_title) if speaks_of_terms else in_title
        # the year that has not begun and that the title names
        self.planned_year = year_ahead(self.title_cues, self.reference, of_plan=self.is_plan)
        self.is_published = context.document.published is not None
        self._lines = [0, *(match.end() for match in _NEWLINE.finditer(context.folded))]
        self._starts = [cue.start for cue in self.cues]
        self._terms = [cue for cue in self.cues if cue.kind in TERMS]
        self._term_starts = [cue.start for cue in self._terms]

    @property
    def first_figure(self) -> int:
        """Where the first figure stands that no line tells which says the title again; 0 without one."""
        again = self.folded.rfind(self.title, 0, _OPENING) if self.title else -1
        figures = self.quantities
        first = figures.first_from(again + len(self.title)) if again >= 0 else 0
        return figures[first].start if first < len(figures) else 0

    def is_far_ahead(self, period: Period) -> bool:
        """Whether a time ends so long after the article that it can only be aimed at, and nothing estimated of it."""
        return self.reference is not None and period.end > self.reference + _FAR_AHEAD

    def is_in_title(self, position: int) -> bool:
        """Whether a position is in the line that says the title again, above what the article tells."""
        again = self.folded.find(self.title, 0, _OPENING) if self.title else -1
        return 0 <= again <= position < again + len(self.title)

    def opens(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a cue opens its sentence, be it behind a mark, or a word that joins it to the one before."""
        if cue.start - sentence.start <= _FIRST_WORDS:
            return True
        return _JOINED.fullmatch(self.folded, sentence.start, cue.start) is not None

    def opens_with_name(self, start: int) -> bool:
        """Whether the name of a place is the first that stands from a mark on."""
        first = _FIRST_LETTER.search(self.folded, start)
        return first is not None and self._in_names.cover(first.start())

    def opens_speech(self, cue: PeriodCue, start: int) -> bool:
        """Whether a cue opens what somebody tells from `start` on ("Ông X, Chủ tịch UBND xã, cho biết đến nay ...")."""
        return _SPEECH_LEAD.fullmatch(self.folded, start, cue.start) is not None

    def is_term_before(self, cue: PeriodCue) -> bool:
        """Whether brackets go back to the term before one told of ("đạt 72% (nhiệm kỳ trước chỉ đạt 60%)")."""
        return self.words(cue).endswith("trước") and self.before(cue, 1) == "("

    def between(self, start: int, end: int) -> list[PeriodCue]:
        """The expressions that start inside [start, end)."""
        return self.cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last_before(self, position: int) -> list[PeriodCue]:
        """The last few expressions before a position, the nearest first."""
        end = bisect_left(self._starts, position)
        return self.cues[max(0, end - _REMEMBERED) : end][::-1]

    def terms_before(self, position: int) -> list[PeriodCue]:
        """The last few terms and runs of years named before a position, the nearest first."""
        end = bisect_left(self._term_starts, position)
        return self._terms[max(0, end - _REMEMBERED) : end][::-1]

    def words(self, cue: PeriodCue) -> str:
        """The expression itself."""
        return self.folded[cue.start : cue.end]

    def names_year(self, cue: PeriodCue) -> bool:
        """Whether an expression has its year in it ("ngày 30/6/2020")."""
        return _YEAR.search(self.words(cue)) is not None

    def before(self, cue: PeriodCue, reach: int) -> str:
        """So many characters before an expression."""
        return self.folded[max(0, cue.start - reach) : cue.start]

    def line_start(self, position: int) -> int:
        """Where the paragraph around a position begins."""
        return self._lines[bisect_right(self._lines, position) - 1]

    def is_ahead(self, cue: PeriodCue) -> bool:
        """Whether the word right before an expression says that it is to come."""
        return self.before(cue, _AHEAD_REACH).endswith(_AHEAD)

    def is_goal(self, cue: PeriodCue) -> bool:
        """Whether the sentence of an expression speaks of goals before it."""
        aims = GOAL.finditer(self.folded, self._goal_start(cue), cue.start)
        return any(not self._is_met(aim) for aim in aims)

    def is_asked_for(self, cue: PeriodCue) -> bool:
        """Whether the sentence of an expression says before it what is to be done."""
        return ASKED.search(self.folded, self._goal_start(cue), cue.start) is not None

    def is_rest(self, cue: PeriodCue) -> bool:
        """Whether an expression is of what is left of a year ("từ nay đến cuối năm", "4 tháng cuối năm")."""
        last = cue.kind in PARTS_OF_A_YEAR and any(word in self.words(cue) for word in _LAST)
        return cue.kind in _RESTS or last or self.is_ahead(cue)

    def is_of_aim(self, cue: PeriodCue) -> bool:
        """Whether an expression tells when something is aimed at.

        ("Theo chỉ tiêu, năm 2019 ...", "Năm 2020, huyện phấn đấu ...", "Trong tháng 12, xã tiếp tục ...")
        """
        limit = self._first_figure(cue.end, cue.end + _AIM_REACH)
        behind = AIMED.search(self.folded, cue.end, limit) or GONE_ON_WITH.search(self.folded, cue.end, limit)
        return behind is not None or self.is_goal(cue)

    def _first_figure(self, start: int, limit: int) -> int:
        """Where the first figure, or the sentence, ends what is said from `start` on."""
        index = self.quantities.first_from(start)
        first = self.quantities[index].start if index < len(self.quantities) else limit
        stop = self.folded.find(". ", start, limit)
        return min(first, limit, stop if stop >= 0 else limit)

    def _goal_start(self, cue: PeriodCue) -> int:
        """From where on the sentence of an expression may say what is aimed at."""
        begin = max(self.folded.rfind(mark, 0, cue.start) for mark in ("\n", ". "))
        return max(begin, cue.start - _GOAL_REACH, 0)

    def _is_met(self, aim: re.Match[str]) -> bool:
        """Whether an aim is named as one that was met ("đạt và vượt kế hoạch đề ra")."""
        before = _MET.search(self.folded, max(0, aim.start() - _MET_BEFORE), aim.start())
        return before is not None or _MET_BEHIND.match(self.folded, aim.end()) is not None

    def is_distant(self, period: Period) -> bool:
        """Whether a period is of a distant past, seen from the article."""
        return self.reference is not None and period.end.year < self.reference.year - _MAX_SCOPE_AGE

    def stands_free(self, cue: PeriodCue) -> bool:
        """Whether an expression opens a scope, and not only inside brackets."""
        return self.roles.of(cue) == "scope" and self.roles.bracket(cue.start) is None
