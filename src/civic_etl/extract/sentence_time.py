"""The period that a sentence itself gives a figure: the last scope it opened before it."""

import re

from civic_etl.extract.aims_by import are_all_by
from civic_etl.extract.calendar_period import Period, shift, year
from civic_etl.extract.cue_kinds import (
    AS_OF,
    ENDS_OF_YEARS,
    OF_ONE_FIGURE,
    PARTS_OF_A_YEAR,
    RANGES,
    RUNS_OF_DAYS,
    SCOPES,
    TERMS,
)
from civic_etl.extract.goals import Goals
from civic_etl.extract.in_force import InForce, lies_in
from civic_etl.extract.layout import Sentence, has_figure
from civic_etl.extract.occasions import Occasions
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.present import Present
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.seasons import is_other_season
from civic_etl.extract.time_roles import ADVERBIAL, GOAL
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_MEETING, _CHANGED, _NEXT_AIM, _ADDED_UP, _ANOTHER_EVENT = (
    _PATTERNS[key] for key in ("meeting", "changed", "next_aim", "added_up", "another_event")
)
_INCIDENT, _STRIKES, _IN_SPITE = (_PATTERNS[key] for key in ("incident", "strikes", "in_spite"))
_OPENS_STATE, _COUNTED_THEN, _BEHIND_YEARS, _BEFORE_DAY = (
    _PATTERNS[key] for key in ("opens_state", "counted_then", "behind_years", "before_day_opening")
)
_LOOKS_AHEAD, _AIMS_AT = _PATTERNS["looks_ahead"], _PATTERNS["aims_at"]
_BESIDE_POOR, _OF_POOR = _PATTERNS["beside_poor"], "hộ nghèo"
_WEATHER, _WEATHER_REACH = _PATTERNS["weather"], 60
_UP_TO_A_DAY = frozenset({"as_of", "as_of_month", "same_day"})
_LONGER = (SCOPES | AS_OF) - {"season"}
# a date this near the beginning of its sentence is of all its figures, one further in of the next one only
_OPENING = 16
# what a sentence goes on from the one before by, right before the date that all of it is for
_LEADS = re.compile(r"\W*(?:trong đó|cụ thể|theo đó|cụ thể là|trong đó có)\b\W*(?:phấn đấu )?")
_LABEL_REACH = 60
_FIRST_WORDS = 2
# what counts something on a day set for it, unlike "tính đến"
_AT_ONE_DAY = ("tại", "vào")
# ... of one item of a list, which goes on to its figure, and to no list of its own ("tại thời điểm 1/4: 45 hộ; ...")
_TOLD_THEN = re.compile(r" là|\s?:\s*\d")
_PARTS_OF_ITEM = re.compile(r", ")
# when something strikes
_STRUCK_ON = frozenset({"date", "days", "span", "bare_month", "month", "month_close"})
_YEARS = frozenset({"year"})
_STARTS = frozenset({"year_start", "year_open", "term_start"})
_TERM = 5
_OF_TERM = frozenset({"term_now", "five_years"})
_STAGES = frozenset({"term", "year_range"})
_PARTS = frozenset({"quarter", "month", "bare_month"})
# years that what stands before them may be named by
_NAMED_BY = frozenset({"year", "school_year"})
_SO_MANY_MONTHS = frozenset({"months", "months_to_date"})
_TO_DATE = frozenset({"months", "months_to_date", "as_of", "as_of_month", "to_month"})
_DEADLINES = frozenset({"deadline", "term_end"})
# what dates one item of a list that is of a term
_ITEM_DATES = frozenset({"deadline", "year_end", "term_end", "year"})


class SentenceTime:
    """The scopes that sentences open for their own figures."""

    def __init__(
        self,
        text: TimeText,
        force: InForce,
        *,
        relative: RelativePeriods,
        present: Present,
        goals: Goals,
        occasions: Occasions,
    ) -> None:
        self._text = text
        self._force = force
        self._relative = relative
        self._present = present
        self._goals = goals
        self._occasions = occasions

    def at(self, sentence: Sentence, start: int, floor: int) -> tuple[Period | None, PeriodCue] | None:
        """The period of the last cue before a figure that holds for it; `floor` is the end of the figure before."""
        roles = self._text.roles
        between = self._text.between(sentence.start, start)
        before = [c for c in between if roles.of(c) == "scope" and roles.reaches(c, start)]
        opener = self._list_opener(sentence, before, start)
        for cue in reversed(before):
            if self._left_behind(cue, opener, sentence, before, start) or self._passes_by(cue, sentence, start, floor):
                continue
            if cue.kind == "season" and self._force.weekly:
                continue
            longer = cue.kind == "season" and any(c.start < cue.start and c.kind in _LONGER for c in before)
            if longer and self._text.roles.bracket(cue.start) is None:
                continue
            if self._says_how_long(cue, before):
                continue
            if cue.kind == "now":
                held = [c for c in before if not self._left_behind(c, opener, sentence, before, cue.start)]
                return self._present.at(held, cue), cue
            period = self._of_year_told(cue, before) or self._of_term_told(cue, before) or self._relative.resolve(cue)
            if period is not None:
                return period, cue
        return None

    def _says_how_long(self, cue: PeriodCue, before: list[PeriodCue]) -> bool:
        """Whether a run of days only says how long the weather lasted whose harm is told up to a day.

        ("Đến 17 giờ ngày 1/9, mưa lớn từ ngày 27 đến 31/8 đã làm ...")
        """
        if cue.kind not in RUNS_OF_DAYS or _WEATHER.search(self._text.before(cue, _WEATHER_REACH)) is None:
            return False
        told = (c for c in before if c.start < cue.start and c.kind in _UP_TO_A_DAY)
        return any(";" not in self._text.folded[c.end : cue.start] for c in told)

    def _of_year_told(self, cue: PeriodCue, before: list[PeriodCue]) -> Period | None:
        """The year that "cuối năm", "trong năm", "năm học trước" means in a sentence that has named one."""
        if cue.kind == "school_year_past":
            # "Năm học 2018-2019, ... còn 0,8% (năm học trước 1,1%)"
            told = (self._relative.resolve(c) for c in reversed(before) if c.start < cue.start)
            return next((shift(period, -1) for period in told if period is not None and period.is_school_year), None)
        if cue.kind not in {"year_close", "this_year"} or "qua" in self._text.words(cue):
            return None
        years = (c.period for c in reversed(before) if c.start < cue.start and c.kind == "year")
        return next((period for period in years if period is not None), None)

    def _of_term_told(self, cue: PeriodCue, before: list[PeriodCue]) -> Period | None:
        """The term that "trong nhiệm kỳ", "5 năm" mean in a sentence that has named one, be it as "5 năm qua"."""
        words = self._text.words(cue)
        if cue.kind == "term_end":
            return self._end_of_term_told(cue, before)
        if self._text.is_term_before(cue):
            told = (self._relative.resolve(c) for c in reversed(before) if c.start < cue.start and c.kind in RANGES)
            return next((shift(period, -_TERM) for period in told if period is not None and period.is_term), None)
        if cue.kind not in _OF_TERM or "qua" in words or "trước" in words:
            return None
        earlier = [c for c in reversed(before) if c.start < cue.start]
        named = (c for c in earlier if c.kind in RANGES or (c.kind in _OF_TERM and "qua" in self._text.words(c)))
        told = (self._relative.resolve(c) for c in named)
        return next((period for period in told if period is not None and period.is_run_of_years), None)

    def _end_of_term_told(self, cue: PeriodCue, before: list[PeriodCue]) -> Period | None:
        """The year that a term ends in: one that the sentence has named, else the one that its paragraph aims for."""
        earlier = [c for c in reversed(before) if c.start < cue.start and c.kind in TERMS]
        told = [period for c in earlier if (period := self._relative.resolve(c)) is not None and period.is_term]
        if not told and self._goals.are_of_next_term(cue.start):
            coming = self._goals.term_at(cue.start, cue.end)
            told = [coming] if coming is not None else []
        return year(told[0].start.year + _TERM) if told else None

    def _list_opener(self, sentence: Sentence, before: list[PeriodCue], start: int) -> int:
        """Where the colon stands of a sentence whose opening names the period of the whole list; -1 without one.

        Not the years in the name of a report, where what it says begins with its own ("Báo cáo kết quả năm 2025 và kế
        hoạch năm 2026 nêu rõ: Năm 2025, ...; ...").
        """
        colon = self._text.folded.find(":", sentence.start, start)
        openers = [c for c in before if c.start < colon and c.kind in SCOPES]
        if not openers or self._opens_anew(openers, before, colon):
            return -1
        return colon

    def _opens_anew(self, openers: list[PeriodCue], before: list[PeriodCue], colon: int) -> bool:
        """Whether a year or a part of one stands right behind a colon, and no longer time before it."""
        if any(period is None or period.is_run_of_years for period in map(self._relative.resolve, openers)):
            return False
        return any(colon < c.start <= colon + _FIRST_WORDS + 1 and c.kind in _YEARS | PARTS_OF_A_YEAR for c in before)

    def _left_behind(
        self, cue: PeriodCue, opener: int, sentence: Sentence, before: list[PeriodCue], start: int
    ) -> bool:
        """Whether a semicolon ends what a cue holds for: it dated one item of a list that has a period of its own.

        Parts that are told of the item ("..., trong đó ...; ...") are still of its time.
        """
        behind = self._text.folded[cue.end : start]
        if self._is_of_one_aim(cue, sentence, before, behind):
            return True
        item, gone_on, rest = behind.partition(";")
        if not gone_on or "trong đó" in item:
            return False
        if self._is_sum_of_item(cue, sentence, rest) or self._is_whole_of_item(cue, sentence, before):
            return True
        if self._names_something(cue, sentence, before):
            return True
        if self._is_due(cue, sentence):
            return True
        if cue.kind in RUNS_OF_DAYS and _ANOTHER_EVENT.match(rest) is not None:
            # "Đợt rét từ 12/1 đến 20/1 làm chết 30 con bò; dịch tai xanh xảy ra ở 4 xã"
            return True
        if 0 <= opener < cue.start or cue.kind == "bare_range" or self._is_of_work(cue, sentence, behind):
            return True
        if cue.start - sentence.start > _FIRST_WORDS and any(char.isdigit() for char in item):
            if cue.kind == "season":
                return is_other_season(self._text.folded, sentence, start)
            told_of_item = _TOLD_THEN.match(self._text.folded, cue.end) is not None
            if cue.kind == "as_of" and told_of_item and self._text.words(cue).startswith(_AT_ONE_DAY):
                return True
        if cue.kind in ENDS_OF_YEARS and self._opens_with(cue, sentence) and self._is_over(cue):
            # "Đến cuối năm 2019, hộ nghèo ...; hộ cận nghèo ...": how things stood then
            return False
        near = cue.start - sentence.start <= _OPENING
        leads = _LEADS.fullmatch(self._text.folded, sentence.start, cue.start) is not None
        opens = cue.kind in _DEADLINES and ((behind.startswith(",") and near) or leads)
        if opens or are_all_by(self._text, cue, sentence):
            # "Phấn đấu đến năm 2015, ...; ...": the whole list is for then
            return False
        if cue.kind == "now":
            # "hộ nghèo giảm 2%/năm, nay còn 4%; ...": behind a figure of its item, in a list of what a term has brought
            item = self._text.folded[sentence.start : cue.start].rpartition(";")[2]
            return has_figure(item) and self._has_longer_scope(cue, before, start)
        if cue.kind not in _ITEM_DATES or (
            cue.start < opener <= cue.end + 2 and not self._heads_item(cue, sentence, item)
        ):
            return False
        if cue.kind in _YEARS and (behind.startswith((",", ":")) or not self._is_of_item(cue, sentence)):
            return False
        return self._has_longer_scope(cue, before, start)

    def _is_due(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether one item of a list of what is to be done in a time tells by which day of it.

        ("NHIỆM VỤ 2 THÁNG CUỐI NĂM": "Thu ngân sách 195 tỷ đồng; đến 31/12 giải ngân trên 95%; làm xong 8 km đường")
        """
        day, reference, scope = cue.period, self._text.reference, self._force.scope
        if cue.kind not in _UP_TO_A_DAY or day is None or reference is None or scope is None or scope.is_day:
            return False
        ahead = reference < day.end and scope.start <= day.start and day.end <= scope.end
        return ahead and ";" in self._text.folded[sentence.start : cue.start]

    def _heads_item(self, cue: PeriodCue, sentence: Sentence, item: str) -> bool:
        """Whether a time and a colon head the parts of one item of a list, which are told with commas between.

        ("Nhiệm kỳ 2025-2030: ...; cơ cấu kinh tế đến năm 2030: công nghiệp 54%, nông nghiệp 12%; hộ nghèo dưới 1%")
        """
        parts = [each for each in _PARTS_OF_ITEM.split(item) if has_figure(each)]
        return len(parts) > 1 and ";" in self._text.folded[sentence.start : cue.start]

    def _names_something(self, cue: PeriodCue, sentence: Sentence, before: list[PeriodCue]) -> bool:
        """Whether a year only says of what the noun before it is, in a sentence that has opened with another time.

        ("6 tháng đầu năm 2020, xã giao 15 thanh niên nhập ngũ năm 2020; thu quỹ 35 triệu đồng; kết nạp 4 đảng viên")
        """
        opener = next(
            (c for c in before if c.start - sentence.start <= _FIRST_WORDS and c.kind in PARTS_OF_A_YEAR), None
        )
        if opener is None or opener == cue or cue.kind not in _NAMED_BY:
            return False
        return ADVERBIAL.search(self._text.folded, max(sentence.start, cue.start - _OPENING), cue.start) is None

    def _is_sum_of_item(self, cue: PeriodCue, sentence: Sentence, rest: str) -> bool:
        """Whether a cue only says since when the figure of one item of a list adds up.

        ("tháng 5, 11 hộ thoát nghèo, lũy kế 5 tháng 40 hộ; sửa 3 nhà, lũy kế 5 tháng 9 nhà"; not parts of the sum)
        """
        if cue.kind not in _TO_DATE or rest.rpartition(";")[2].lstrip().startswith("trong đó"):
            return False
        item = self._text.folded.rfind(";", sentence.start, cue.start) + 1
        # the expression may take in what adds up ("lũy kế từ năm 2016 đến 30/6 là 40 km")
        before = self._text.folded[max(item, sentence.start) : cue.end]
        added = _ADDED_UP.search(before)
        if added is None or not any(char.isdigit() for char in before[: added.start()]):
            return False
        # where no other item adds up those behind it go on from the months that are summed up
        several = sum(1 for _ in _ADDED_UP.finditer(self._text.folded, sentence.start, sentence.end)) > 1
        # "quý II tập trung thu 38 tỷ đồng, lũy kế 6 tháng đạt trên 52% dự toán; kết nạp 45 đảng viên"
        return several or cue.kind not in _SO_MANY_MONTHS or self._text.is_asked_for(cue)

    def _opens_with(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with a time, be it behind that since when ("Sau 2 năm, đến cuối năm 2019, ...")."""
        if self._text.opens(cue, sentence):
            return True
        return _BEHIND_YEARS.fullmatch(self._text.folded, sentence.start, cue.start) is not None

    def _is_over(self, cue: PeriodCue) -> bool:
        reference = self._text.reference
        return cue.period is not None and reference is not None and cue.period.end < reference

    def _is_of_one_aim(self, cue: PeriodCue, sentence: Sentence, before: list[PeriodCue], behind: str) -> bool:
        """Whether a year dates one aim of the months that are left, and a comma has gone on to the next one.

        ("6 tháng cuối năm phấn đấu thu ngân sách cả năm vượt 15% dự toán, gieo cấy 260 ha, kết nạp 4 đảng viên")
        """
        if behind.startswith((":", " :")) or _NEXT_AIM.search(behind) is None or not self._is_of_noun(cue, sentence):
            return False
        return any(period.code.endswith("-S2") for period in self._told_before(cue, before))

    def _is_whole_of_item(self, cue: PeriodCue, sentence: Sentence, before: list[PeriodCue]) -> bool:
        """Whether the year of which a part is reported on is that of one item of a list.

        ("9 tháng qua, năng suất lúa cả năm ước đạt 66 tạ/ha; trồng mới 35 ha rừng")
        """
        opens = cue.start - sentence.start <= _FIRST_WORDS
        if (
            opens
            or not self._is_of_noun(cue, sentence)
            or _LOOKS_AHEAD.search(self._text.folded, sentence.start, cue.start)
        ):
            # "Dự kiến thu ngân sách cả năm đạt 30 tỷ đồng; chi 20 tỷ đồng": all of it is of then
            return False
        whole = self._relative.resolve(cue)
        return whole is not None and any(whole.is_year_of(period) for period in self._told_before(cue, before))

    def _is_of_noun(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether "cả năm" says of what stands before it that it is of all the year, and opens nothing."""
        if self._text.words(cue) != "cả năm" or _AIMS_AT.search(self._text.before(cue, _OPENING)) is not None:
            # "phấn đấu cả năm thu ngân sách đạt 560 tỷ đồng, hộ nghèo còn 2%": all that is aimed at is of the year
            return False
        return ADVERBIAL.search(self._text.folded, max(sentence.start, cue.start - _OPENING), cue.start) is None

    def _told_before(self, cue: PeriodCue, before: list[PeriodCue]) -> list[Period]:
        """The time in force, and those that the sentence has told before a cue."""
        told = (self._force.scope, *(self._relative.resolve(c) for c in before if c.start < cue.start))
        return [period for period in told if period is not None]

    def _is_of_work(self, cue: PeriodCue, sentence: Sentence, behind: str) -> bool:
        """Whether a stage only says what work an item without figures is about, in a report of one of its years.

        ("việc sắp xếp đơn vị hành chính giai đoạn 2023-2025 đúng tiến độ; hộ nghèo còn 1%")
        """
        told = self._force.report or self._force.running.period
        if cue.kind not in _STAGES or cue.period is None or told is None or told.is_run_of_years:
            return False
        inside = cue.period.start <= told.start and told.end <= cue.period.end
        named = cue.start - sentence.start > _OPENING and not any(c.isdigit() for c in behind[: behind.index(";")])
        return inside and named

    def _is_of_item(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a year stands in an item of a list: not in the first one of a sentence, or below a heading."""
        if self._force.heading is not None and self._force.heading[0] <= self._force.running.cue_start:
            return cue.start - sentence.start > _FIRST_WORDS and self._force.running.cue_start < self._force.heading[1]
        # a year by which something is to be done is of that item, the first one too
        return ";" in self._text.folded[sentence.start : cue.start] or self._text.before(cue, 4) == "vào "

    def _has_longer_scope(self, cue: PeriodCue, before: list[PeriodCue], position: int) -> bool:
        """Whether a list is of a run of years, or of goals of a term: a date then is of one item of the list."""
        period = self._relative.resolve(cue)
        terms = TERMS | {"term_next"}
        earlier = [self._relative.resolve(c) for c in before if c.start < cue.start and c.kind in terms]
        for scope in (*earlier, self._force.scope):
            if scope is not None and scope.is_run_of_years and scope != period:
                return cue.kind not in _YEARS or lies_in(period, scope)
        return self._goals.are_of_next_term(position)

    def _passes_by(self, cue: PeriodCue, sentence: Sentence, start: int, floor: int) -> bool:
        """Whether a cue says nothing of the figure: it is of the one before, of a meeting, or of a goal."""
        if cue.kind in _STRUCK_ON and self._is_overcome(cue, sentence, start):
            return True
        if cue.kind == "year_close":
            return not self._text.is_ahead(cue) and GOAL.search(self._text.folded[sentence.start : start]) is None
        bracketed = cue.kind == "bracket" and not self._text.roles.dates_beginning(cue)
        if cue.kind in OF_ONE_FIGURE and self._is_beside_poor(cue, start):
            return False
        if bracketed or (cue.kind in OF_ONE_FIGURE and cue.start < floor):
            began = self._text.roles.dates_beginning(cue)
            return cue.kind not in _STARTS or not (began or self._opens_state(cue, sentence, start))
        if cue.kind in _PARTS and self._trails(cue, sentence):
            return True
        if cue.kind != "date":
            return False
        if self._occasions.day(sentence) == cue and self._occasions.is_act(sentence, start, start):
            return False
        of_figure_before = cue.start < floor and not self._opens_day(cue, sentence)
        return of_figure_before or self._is_meeting(cue, sentence, start)

    def _is_overcome(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether a time only says when something struck, and what follows was reached in spite of it."""
        folded = self._text.folded
        gone_on = _IN_SPITE.search(folded, cue.end, start)
        if gone_on is None or _INCIDENT.search(folded, sentence.start, cue.start) is None:
            return False
        return _STRIKES.search(folded, sentence.start, gone_on.start()) is not None

    def _opens_day(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with a day, or with an hour of it or what was counted on it.

        ("Khoảng 16 giờ 15 phút ngày 3-6, ...", "Theo kết quả điều tra ngày 1/4, đàn trâu ...; đàn bò ...")
        """
        begins = self._behind_label(cue, sentence)
        if cue.start - begins <= _OPENING:
            return True
        return _BEFORE_DAY.fullmatch(self._text.folded, begins, cue.start) is not None

    def _trails(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a part of a year to come ends the clause of an aim: the next one goes back to the time before it.

        ("6 tháng cuối năm, xã phấn đấu làm xong 3 nhà văn hóa trong quý III, kết nạp 12 đảng viên")
        """
        period, reference = self._relative.resolve(cue), self._text.reference
        if period is None or reference is None or period.end <= reference:
            return False
        if not (self._text.is_goal(cue) or self._text.is_asked_for(cue)):
            return False
        folded, figures = self._text.folded, self._text.quantities
        index = figures.first_from(cue.start) - 1
        if index < 0 or figures[index].start < sentence.start or not folded.startswith((",", ";"), cue.end):
            return False
        return not any(mark in folded[figures[index].end : cue.start] for mark in ",;:(")

    def _is_beside_poor(self, cue: PeriodCue, start: int) -> bool:
        """Whether those who were nearly poor are told beside the poor of the beginning of a year.

        ("Hộ nghèo đầu năm 82 hộ, chiếm 4,6%, hộ cận nghèo 96 hộ, chiếm 5,4%")
        """
        behind = self._text.folded[cue.end : start]
        if _BESIDE_POOR.match(behind) is None or _CHANGED.search(behind) is not None:
            return False
        return self._text.before(cue, len(_OF_POOR) + 1).rstrip().endswith(_OF_POOR)

    def _opens_state(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether a sentence opens with the beginning of a year and has told no change since.

        ("Đầu năm 2017, phường có 214 hộ nghèo (2,4%), cận nghèo 302 hộ; ...")
        """
        behind = self._text.folded[cue.end : start]
        opens = _OPENS_STATE.fullmatch(self._text.folded, self._behind_label(cue, sentence), cue.start) is not None
        if opens and _COUNTED_THEN.match(behind) is not None:
            # "Đầu năm 2016, khi rà soát theo chuẩn mới, hộ nghèo tăng lên 410 hộ (22%), cận nghèo 95 hộ"
            return ";" not in behind
        return opens and _CHANGED.search(behind) is None

    def _behind_label(self, cue: PeriodCue, sentence: Sentence) -> int:
        """Where a sentence begins to tell something: behind a label ("Tình hình tai nạn: Ngày 12/6, ...")."""
        label = self._text.folded.rfind(":", max(sentence.start, cue.start - _LABEL_REACH), cue.start)
        return max(label + 1, sentence.start)

    def _is_meeting(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether a day is that of a meeting or a document rather than of the figure's fact."""
        folded = self._text.folded
        return any(_MEETING.search(part) for part in (folded[cue.end : start], folded[sentence.start : cue.start]))
