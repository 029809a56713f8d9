"""How far a time that a sentence has told of reaches: on and on, for its paragraph, or for itself only."""

from datetime import timedelta

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import PARTS_OF_A_YEAR, TERMS
from civic_etl.extract.in_force import InForce, lies_in
from civic_etl.extract.layout import Sentence, has_figure
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_roles import ADVERBIAL, AIMED
from civic_etl.extract.time_text import TimeText

_STAGES = frozenset({"term", "year_range"})
# from this month on a year is reviewed before it is over
_REVIEWS = 11
# how long something has been going on
_SO_LONG = frozenset({"years", "since"})
_BEFORE = 12
# what singles out a part of the time that is told of ("riêng năm 2024", "trong đó, tháng 3")
_SINGLED_OUT = compiled("timeline.yaml", "singled_out")
_APART = compiled("timeline.yaml", "told_apart")
# what adds up the years told of behind it
_ADDED_UP = compiled("timeline.yaml", "added_up")
# behind some years, what tells the mean of them
_MEAN = compiled("timeline.yaml", "yearly_mean")
# who tells what a sentence says
_SPOKEN = compiled("places.yaml", "spoken")
_MARKS, _ITEM_MARKS = frozenset(",;:"), ("; ", ", ")
# what stands before a time that an item of a list opens with
_OPENS_ITEM = compiled("timeline.yaml", "opens_item")
_FIRST_WORDS = 2
_NEAR_OPENING = 20
# right before the years of a mean
_MEANS, _MEAN_REACH = ("bình quân", "trung bình"), 24
JUST_OVER = timedelta(days=75)
"""What ended at most so long ago is reviewed still."""
# ... and what ended so long ago is history
_LONG_OVER = timedelta(days=180)


class Standing:
    """Weighs the time expressions of one document against what is in force."""

    def __init__(self, text: TimeText, force: InForce, terms: Terms, relative: RelativePeriods) -> None:
        self._text = text
        self._force = force
        self._terms = terms
        self._relative = relative

    def persists(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a cue opens a scope for what follows: it stands free, and is not of a distant past."""
        if self._text.is_distant(period):
            return False
        reference = self._text.reference
        ahead = reference is not None and period.start > reference
        if self._force.running.period is None and self._force.report is None and not ahead:
            return True
        before = self._text.folded[max(sentence.start, cue.start - _BEFORE) : cue.start]
        return ADVERBIAL.search(before) is not None

    def is_aside(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether years are told of in passing: inside a report of another time, or of one item of a term's goals."""
        if self._is_of_mean(cue, period, sentence):
            return True
        if cue.kind in _SO_LONG:
            return self._force.report is not None and self._force.report != period
        if cue.kind not in _STAGES or self._opens(cue, sentence):
            return False
        report = self._force.report
        if report is not None and not report.is_run_of_years and cue.start - sentence.start > _NEAR_OPENING:
            # "Thực hiện đề án ... giai đoạn 2016-2020, ..." in a report of a year
            return True
        running = self._force.running.period
        if running is not None and running.is_calendar_year and self._is_under_way(period, running):
            # ... or where a year of it is told of
            return cue.start - sentence.start > _NEAR_OPENING
        terms = (self._force.running.period, self._terms.next)
        return any(t is not None and t.is_term and abs(period.start.year - t.start.year) <= 1 for t in terms)

    def _is_of_mean(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether years are only those of a mean that is told behind the figure of the last of them.

        ("Năm 2013, xã thu 11 tỷ đồng; tính ra 5 năm (2009 - 2013) mỗi năm tăng 18%. ...", "Giá trị sản xuất năm 2010
        đạt 90 tỷ đồng, tốc độ tăng bình quân giai đoạn 2006-2010 đạt 10%/năm. ...")
        """
        if not period.is_run_of_years:
            return False
        behind = _MEAN.match(self._text.folded, cue.end) is not None
        if not behind and not self._text.before(cue, _MEAN_REACH).rstrip().endswith(_MEANS):
            return False
        told = next((c for c in self._text.between(sentence.start, cue.start) if c.kind == "year"), None)
        if told is None or told.period is None or told.period.end.year != period.end.year:
            return False
        return self._text.quantities.any_within(told.end, cue.start)

    def _opens(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a cue opens its sentence, or what that adds up ("Tổng cộng từ năm 2016 đến hết năm 2019, ...").

        Or what somebody says in it ("Ông A cho biết: Giai đoạn 2011-2015, ...").
        """
        if self._text.opens(cue, sentence) or _SPOKEN.fullmatch(self._text.folded, sentence.start, cue.start):
            return True
        return _ADDED_UP.fullmatch(self._text.folded, sentence.start, cue.start - 1) is not None

    def _is_under_way(self, stage: Period, running: Period) -> bool:
        """Whether a stage holds the year told of and is not over."""
        reference = self._text.reference
        if reference is None or not running.start <= reference < stage.end:
            return False
        return stage.start <= running.start and running.end <= stage.end

    def leaves_year(self) -> bool:
        """Whether a congress told last of a year, or of what is so by now, of the term that it reviews."""
        running, span, reference = self._force.running, self._force.span, self._text.reference
        if self._terms.next is None or span is None or running.period is None or reference is None:
            return False
        return span.is_term and span.end <= reference and not running.period.is_run_of_years

    def leaves_earlier(self) -> bool:
        """Whether the last paragraph went back, below its opening, to a time that was over before the one reported on.

        ("8 tháng năm 2014, ... 3.412 lao động.\nHiện có 13.500 người. Năm 2013 gửi về 62 triệu USD.\nMở 23 lớp")

        Where nothing is reported on, it is one that was over long before the article.
        """
        running, report, heading = self._force.running, self._force.report, self._force.heading
        period, reference = running.period, self._text.reference
        if period is None or reference is None or period.is_run_of_years or running.as_of:
            return False
        if heading is not None and running.cue_start <= heading[1]:
            return False
        if report is not None and period.end >= report.start:
            return False
        if period.end >= reference - (JUST_OVER if report is not None else _LONG_OVER):
            return False
        return running.cue_start - self._text.line_start(running.cue_start) > _NEAR_OPENING

    def reviews_term(self) -> bool:
        """Whether a congress reviews the term that ends: what is so by now is told for a paragraph only."""
        running, reference = self._force.running.period, self._text.reference
        if self._terms.next is None or running is None or reference is None:
            return False
        run = running if running.is_term else self._force.span
        return run is not None and run.is_term and run.end <= reference

    def is_part(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a part of a year lies in a longer one that is told of: it holds for its paragraph only."""
        if period.is_day or period.is_calendar_year or period.is_run_of_years:
            return False
        if self._is_year_so_far(cue, period, sentence):
            return False
        if self._is_before_day(period) or self._is_before_report(period) or self._is_second_time(cue, sentence):
            return True
        return any(
            whole is not None
            and not whole.is_run_of_years
            and whole != period
            and whole.start <= period.start
            and period.end <= whole.end
            for whole in (self._force.running.period, self._force.report)
        )

    def _is_before_day(self, period: Period) -> bool:
        """Whether a month of a year is over by a day of it, before the article's, up to which the year is told.

        ("Từ đầu năm đến ngày 15/6, ... 9 xã.\nTháng 1, ... 2 xã; tháng 2, ...")
        """
        day = self._force.running.period if self._force.running.as_of else None
        if day is None or day == self._relative.today() or not period.is_month:
            return False
        return period.start.year == day.start.year and period.end <= day.end

    def _is_before_report(self, period: Period) -> bool:
        """Whether a part of a year is over by the day that is reported on: it is of its paragraph alone.

        ("Tiến độ sản xuất đến ngày 15/7": "... 6 tháng đầu năm trồng 90 ha ngô.\nGiá lúa 6.100 đồng/kg")
        """
        report = self._force.report
        if report is None or not report.is_day:
            return False
        return period.start.year == report.start.year and period.end < report.start

    def _is_second_time(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether what is told of a year is told of the months of the next one, too, and the time is of that alone.

        ("doanh thu năm 2022 đạt 3 tỷ đồng, 10 tháng năm 2023 đạt 4 tỷ đồng")
        """
        if cue.kind not in PARTS_OF_A_YEAR:
            return False
        first = next((c for c in self._text.between(sentence.start, cue.start) if c.kind == "year"), None)
        return first is not None and has_figure(self._text.folded[first.end : cue.start])

    def _is_year_so_far(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a paragraph opens with what is over of a year told of that still has months to go.

        ("Năm 2012, mưa trái mùa ...\n6 tháng đầu năm, huyện thu ngân sách 23 tỷ đồng.")
        """
        year, reference = self._force.running.period, self._text.reference
        if year is None or reference is None or not year.is_calendar_year or self._force.report not in {None, period}:
            return False
        under_way = year.start == period.start and year.start <= reference < year.end and reference.month < _REVIEWS
        opens = self._text.line_start(sentence.start) == sentence.start and cue.start - sentence.start <= _FIRST_WORDS
        return opens and under_way and period.end <= reference

    def is_singled_out(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a part of the time that is told of is singled out: what follows is of the whole again.

        ("Thu ngân sách hằng năm đều vượt, riêng năm 2024 đạt 187% kế hoạch. Bà con hiến 900 m2 đất.")
        """
        singled = _SINGLED_OUT.search(self._text.folded, max(sentence.start, cue.start - _BEFORE), cue.end)
        if singled is None:
            return False
        running = self._force.running
        if running.as_of and running.period is not None and _APART.match(self._text.folded, sentence.start):
            # "Đến 20/12, dư nợ 140 tỷ đồng. Tính riêng năm nay, giải ngân 42 tỷ đồng."
            return period.start <= running.period.start and running.period.end <= period.end
        if period.is_calendar_year and singled.start() == sentence.start:
            # a year of several that opens its sentence is gone on with
            return False
        earlier = (self._relative.resolve(c) for c in self._text.between(sentence.start, cue.start))
        wholes = [*(w for w in earlier if w is not None), self._force.local, self._force.running.period]
        return any(w is not None and w != period and w.start <= period.start and period.end <= w.end for w in wholes)

    def reports_no_part_of_year(self) -> bool:
        """Whether nothing is reported on, or so many years that went by ("20 năm thực hiện ..."): a day stays in force.

        A term is reviewed all along.
        """
        report = self._force.report
        return report is None or (report.is_run_of_years and not report.is_term)

    def is_of_schools(self, period: Period) -> bool:
        """Whether a school year is told of inside the report of another time: by the item on schools alone."""
        report = self._force.report
        return period.is_school_year and report is not None and not report.is_school_year

    def is_whole_in_passing(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether the year that a part of it is reported on is named inside a sentence: it dates that sentence only.

        ("... để đạt chuẩn trong năm 2024" in a report of six months)
        """
        report = self._force.report
        if report is None or not period.is_year_of(report):
            return False
        inside = cue.start - sentence.start
        if self._text.words(cue).startswith("cả"):
            return inside > _FIRST_WORDS and self._text.before(cue, _BEFORE).rstrip()[-1:] not in _MARKS
        return inside > _NEAR_OPENING

    def is_whole_of_paragraph(self, cue: PeriodCue, period: Period) -> bool:
        """Whether the year of which a month or a quarter is reported on is told of: that ends with its paragraph.

        ("Năm 2026, phường có 7 dự án" in a report of its first quarter)
        """
        report = self._force.report
        return cue.kind == "year" and report is not None and report.is_month_or_quarter and period.is_year_of(report)

    def is_sum_in_passing(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a report of a month or a quarter sums up an item behind its figures: what follows is of that again.

        ("Tháng 2, xã thu 410 triệu đồng, lũy kế 2 tháng 880 triệu đồng; ...")
        """
        if not self._sums_up_report(cue, period):
            return False
        told = has_figure(self._text.folded[sentence.start : cue.start])
        return told and cue.start - sentence.start > _NEAR_OPENING

    def is_sum_of_paragraph(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a report of a month or a quarter sums up the paragraph it has told: the next is of that again.

        ("Xuất khẩu tháng 7 đạt 40 triệu USD. Lũy kế 7 tháng đạt 300 triệu USD.")
        """
        if not self._sums_up_report(cue, period):
            return False
        paragraph = self._text.line_start(sentence.start)
        return has_figure(self._text.folded[paragraph : sentence.start])

    def _sums_up_report(self, cue: PeriodCue, period: Period) -> bool:
        """Whether a time begins before the month or quarter that is told of, and ends with it."""
        report, running = self._force.report, self._force.running
        # a month that has been told of for a paragraph or more is as good
        for_long = running.cue_start < self._text.line_start(cue.start)
        told = report or (running.period if for_long else None)
        if told is None or cue.kind not in PARTS_OF_A_YEAR:
            return False
        return told.is_month_or_quarter and period.sums_up(told)

    def is_year_of_report(self, period: Period) -> bool:
        """Whether a time is all of the year up to the end of the month or quarter that is told of.

        ("Tháng 8 xảy ra 3 vụ tai nạn. Từ đầu năm đến nay xảy ra 20 vụ. Đã phạt 900 triệu đồng.")
        """
        told = self._force.scope or self._force.report
        return told is not None and told.is_month_or_quarter and period.sums_up(told)

    def is_aim(self, period: Period, sentence: Sentence) -> bool:
        """Whether a sentence aims at the whole year that a part of is reported on: what follows goes back to the part.

        ("Cả năm phấn đấu thu 40 tỷ đồng" in a report of six months)
        """
        report = self._force.report
        if report is None or not period.is_year_of(report):
            return False
        return AIMED.search(self._text.folded, sentence.start, sentence.end) is not None

    def within_span(self, period: Period) -> bool:
        """Whether a run of years is in force that holds the period: a year inside it dates its own sentence only."""
        running = self._force.running.period
        return (
            running is not None
            and running.end.year > running.start.year
            and running.start.year <= period.start.year <= running.end.year + 1
        )

    def turns_to_year(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a paragraph behind years that went by begins to tell of one of them, before any figure.

        ("Trong 3 năm (2020-2022), xã làm 12 km đường.\nThu nhập năm 2022 đạt 45 triệu đồng. Hộ nghèo còn 3%.")
        """
        running, first = self._force.running, self._text.line_start(sentence.start)
        if running.period is None or running.period.is_term or not period.is_calendar_year:
            return False
        opens = first == sentence.start and running.cue_start < first
        return opens and not has_figure(self._text.folded[first : cue.start])

    def is_of_item(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a year stands inside an item of a list that opens with the run of years that it lies in.

        ("Nhiệm kỳ 2015 - 2020, kinh tế tăng 13%/năm; thu nhập năm 2020 ước đạt 62 triệu đồng. Xã làm 9 km đường.")
        """
        if cue.kind != "year" or self.run_around(cue, period, sentence) is None:
            return False
        opener = self._text.between(sentence.start, cue.start)[0]
        if opener.kind not in TERMS or not self._text.opens(opener, sentence):
            return False
        item = max(self._text.folded.rfind(mark, opener.end, cue.start) for mark in _ITEM_MARKS) + 1
        told = has_figure(self._text.folded[opener.end : max(item, opener.end)])
        return told and _OPENS_ITEM.fullmatch(self._text.folded, item, cue.start) is None

    def run_around(self, cue: PeriodCue, period: Period, sentence: Sentence) -> Period | None:
        """The run of years that a sentence has told of before one of its years."""
        for earlier in self._text.between(sentence.start, cue.start):
            run = self._relative.resolve(earlier) if earlier.kind in TERMS else None
            if run is not None and run.is_run_of_years and self._text.stands_free(earlier) and lies_in(period, run):
                return run
        return None
