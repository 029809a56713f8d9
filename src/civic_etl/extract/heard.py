"""Which time expressions speak for the sentences after theirs, by how their sentence is made."""

import re

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import AS_OF, RUNS_OF_DAYS
from civic_etl.extract.in_force import InForce, Scope
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.report_period import outlook
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_PLAN_HEADING, _TELLS_NEXT, _SAID_OF, _CARRIES_OUT = (
    _PATTERNS[key] for key in ("plan_heading", "tells_next", "said_of", "carries_out")
)
_REVIEWS, _AIMS = (_PATTERNS[key] for key in ("reviews", "aims"))
_INCIDENT, _STRIKES, _RAGES, _MEETING, _VOTES = (
    _PATTERNS[key] for key in ("incident", "strikes", "rages", "meeting", "votes")
)
_GATHERING, _SECTION = _PATTERNS["gathering"], _PATTERNS["section"]
_HOW_IT_WENT, _NO_REVIEW = (_PATTERNS[key] for key in ("how_it_went", "no_review"))
_SAYS_WHAT_YEAR = re.compile(r" (?:cũng )?là (?:một )?năm\b")
_AND = patterns("report_period.yaml")["and"]
# a number that is no year
_FIGURE = re.compile(r"(?<!năm )(?<![\d/.,])\d")
# what struck longer ago is no news
_INCIDENT_AGE = 60
# ... and on what days it did, of several the last one
_STRUCK_ON = frozenset({"date", "days"})
_TOLD_OF = frozenset({"office_term", "term", "term_now", "five_years", "years"})
_HEADED = frozenset({"office_term", "term", "year"})
_PLANNED = frozenset({"year", "deadline", "next_year", "present_year"})
_SEEN_BEFORE = 140
_BEFORE = 12
# a preposition may be part of the expression
_PREPOSITION = 6
# a cue opens its sentence where at most a mark and a blank stand before it
_FIRST_WORDS = 2
# a heading is no longer, and ends with none of these
_LONGEST_HEADING, _ENDS_SENTENCE = 90, (".", ";", ",", ":", "!", "?", "”", '"')
_HEADING_TIMES = frozenset({"year", "months", "months_to_date", "quarter", "half", "month", "days", "span"})


class Heard:
    """Listens to the sentences of one document, those without figures above all."""

    def __init__(self, text: TimeText, force: InForce, relative: RelativePeriods) -> None:
        self._text = text
        self._force = force
        self._relative = relative

    def speaks_on(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a cue of a sentence without figures speaks for the sentences after it."""
        if self._force.report is not None and _SAYS_WHAT_YEAR.match(self._text.folded, cue.end) is not None:
            # "Năm 2021 là năm đầu thực hiện nghị quyết ..." tells of the year itself
            return False
        if self.heads_section(cue, sentence) or self.states_next(cue, sentence):
            return True
        if self._is_year_under_report(cue):
            return self.sets_out(cue, sentence)
        if self._text.opens(cue, sentence) or self._joins_opening(cue, sentence):
            return True
        if cue.kind in _TOLD_OF and self._is_told_of(cue, sentence):
            return True
        # a sentence that ends with the term opens what the term has brought
        if cue.kind == "term_now" and "qua" in self._text.words(cue) and sentence.end - cue.end <= _FIRST_WORDS:
            return True
        return self.sets_out(cue, sentence) or self._is_spoken_of(cue, sentence)

    def heads_section(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence is a line of its own that heads what follows ("Kết quả 6 tháng đầu năm 2023")."""
        folded, start, end = self._text.folded, sentence.start, sentence.end
        if cue.kind not in _HEADING_TIMES or end - start > _LONGEST_HEADING:
            return False
        line = self._text.line_start(start)
        alone = line > 0 and not folded[line:start].strip(" ") and folded[end : end + 1] in {"\n", ""}
        if not alone or folded[start:end].rstrip().endswith(_ENDS_SENTENCE):
            return False
        return _SECTION.match(folded, start) is not None

    def _is_year_under_report(self, cue: PeriodCue) -> bool:
        """Whether a cue names the year of which a part is reported on ("Bước vào năm 2023, ..." of nine months)."""
        report, period = self._force.report, cue.period
        return cue.kind == "year" and report is not None and period is not None and period.is_year_of(report)

    def _joins_opening(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a cue is the second of two that open a sentence ("Trong tháng 4 và 4 tháng đầu năm, ...")."""
        first = next(iter(self._text.between(sentence.start, cue.start)), None)
        if first is None or first.start - sentence.start > _FIRST_WORDS:
            return False
        return _AND.fullmatch(self._text.folded, first.end, cue.start) is not None

    def _is_spoken_of(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence says in its only year how things went ("Nhìn chung, kinh tế năm 2022 tiếp tục ...")."""
        reference, report = self._text.reference, self._force.report
        if cue.kind != "year" or cue.period is None or reference is None:
            return False
        told = cue.period.end.year
        if told not in {reference.year, reference.year - 1} or self._text.roles.of(cue) != "scope":
            return False
        times = [each for each in self._text.between(sentence.start, sentence.end) if each.period is not None]
        reported = report is not None and report.start.year == report.end.year == told
        if reported or len(times) > 1:
            return False
        words = self._text.folded[sentence.start : sentence.end]
        before = self._text.folded[sentence.start : cue.start]
        return _HOW_IT_WENT.search(before) is not None and _NO_REVIEW.search(words) is None

    def sets_out(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence sets out to tell of a plan, or of the year to come."""
        return self.heads_plan(cue, sentence) or self._looks_ahead(cue, sentence)

    def heads_plan(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens like the heading of a plan of that time."""
        return cue.kind in _HEADED and _PLAN_HEADING.match(self._text.folded, sentence.start) is not None

    def heads_aims(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether aims of a year to come are listed behind a time ("... thông qua các chỉ tiêu năm 2024: ...")."""
        folded, reference = self._text.folded, self._text.reference
        if cue.kind not in _HEADED or cue.period is None or folded[cue.end : cue.end + 1] != ":":
            return False
        aims = _AIMS.search(folded, sentence.start, cue.end) or _VOTES.search(folded, sentence.start, cue.end)
        return aims is not None and reference is not None and cue.period.start > reference

    def _looks_ahead(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence turns from what is reported on to the year after it ("..., trong năm 2015, ...")."""
        report = self._force.report
        if cue.kind not in _PLANNED or report is None or not self._turns_to(cue, sentence):
            return False
        period = self._relative.resolve(cue)
        return period is not None and period.is_calendar_year and period.start > report.end

    def _turns_to(self, cue: PeriodCue, sentence: Sentence) -> bool:
        before = self._text.folded[max(sentence.start, cue.start - _BEFORE) : cue.start]
        return before.rstrip().endswith((",", ":", ";")) or not before.strip()

    def _is_told_of(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence goes on to tell of a term, which is over or ends soon."""
        folded, reference = self._text.folded, self._text.reference
        said = _SAID_OF.finditer(folded, max(sentence.start, cue.start - _BEFORE), cue.end)
        if not any(cue.start <= m.end() <= cue.start + _PREPOSITION for m in said) and (
            self._text.roles.of(cue) != "scope" or _CARRIES_OUT.match(folded, sentence.start, cue.start) is None
        ):
            return False
        period = self._relative.resolve(cue)
        return period is not None and (reference is None or period.end.year <= reference.year)

    def planned_next(self, sentence: Sentence) -> Period | None:
        """The year whose plan a sentence speaks of last, where the next one tells it.

        ("... phương hướng năm 2015. Theo đó, ..."; a sentence that reviews a time as well is told in its order: the
        results come first, unless the next one speaks of aims itself)
        """
        folded, reference = self._text.folded, self._text.reference
        if _TELLS_NEXT.match(folded, sentence.end) is None:
            return None
        if _REVIEWS.search(folded, sentence.start, sentence.end) and not self._aims_next(sentence.end):
            return None
        cues = [c for c in self._text.between(sentence.start, sentence.end) if c.kind in _PLANNED]
        if not cues:
            return None
        before = folded[max(sentence.start, cues[-1].start - _SEEN_BEFORE) : cues[-1].start]
        if outlook(before) != "ahead" and _VOTES.search(before) is None:
            return None
        period = self._relative.resolve(self._term_of(cues[-1], sentence) or cues[-1])
        ahead = period is not None and reference is not None and period.end > reference
        return period if ahead and period != self._force.report else None

    def _term_of(self, cue: PeriodCue, sentence: Sentence) -> PeriodCue | None:
        """The term that a sentence has named before the date of one of its aims ("mục tiêu nhiệm kỳ ...: ...")."""
        if cue.kind != "deadline":
            return None
        return next((c for c in self._text.between(sentence.start, cue.start) if c.kind in _HEADED - {"year"}), None)

    def _aims_next(self, end: int) -> bool:
        """Whether the sentence behind a position speaks of aims before its first figure."""
        figure = _FIGURE.search(self._text.folded, end, end + _SEEN_BEFORE)
        return _AIMS.search(self._text.folded, end, figure.start() if figure else end + _SEEN_BEFORE) is not None

    def states_next(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence says when things stood so that the next one goes on to tell.

        ("Đến cuối tháng 10/2023, xã đã đủ điều kiện ... Theo đó, xã đạt 19/19 tiêu chí")
        """
        return cue.kind in AS_OF and _TELLS_NEXT.match(self._text.folded, sentence.end) is not None

    def campaigns(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with the days that something went on which the next ones tell the results of.

        ("Từ ngày 1/8 đến 18/11/2025, công an tỉnh mở đợt cao điểm ...")
        """
        if cue.kind not in RUNS_OF_DAYS or cue.start - sentence.start > _FIRST_WORDS:
            return False
        return _GATHERING.search(self._text.folded, cue.end, sentence.end) is None

    def incident(self, sentence: Sentence) -> Scope | None:
        """The day that a sentence tells something struck on: what follows is of that day."""
        reference = self._text.reference
        cues = [c for c in self._text.between(sentence.start, sentence.end) if c.period is not None]
        # the day that the damage was counted up to says more than the day it was reported on
        # figures that stand beside a run of days are those of a report on it ("từ 15/3 đến 14/4 xảy ra 5 vụ tai nạn")
        told = self._text.quantities.any_within(sentence.start, sentence.end)
        struck_on = _STRUCK_ON if told else _STRUCK_ON | {"span"}
        days = [c for c in cues if c.kind == "as_of"] or [c for c in cues if c.kind in struck_on]
        if reference is None or len(days) != 1 or days[-1].period is None:
            return None
        if not 0 <= (reference - days[-1].period.end).days <= _INCIDENT_AGE:
            return None
        words = self._text.folded[sentence.start : sentence.end]
        if _INCIDENT.search(words) is None or _MEETING.search(words) is not None:
            return None
        if _STRIKES.search(words) is None and (told or _RAGES.search(words) is None):
            return None
        return Scope(days[-1].period, days[-1].start, as_of=True)
