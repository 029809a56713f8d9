"""Which period stays in force: what headings, lead-ins and sentences open for what follows them."""

from civic_etl.extract.aims_by import are_all_by
from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import AS_OF, COUNTED, ENDS_OF_YEARS, RUNNING, SCOPES, UP_TO_A_DAY
from civic_etl.extract.heard import Heard
from civic_etl.extract.in_force import NOTHING, InForce, Scope
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.occasions import Occasions
from civic_etl.extract.patterns import compiled, patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.plan_title import tells_how_things_are
from civic_etl.extract.present import Present
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.standing import JUST_OVER, Standing
from civic_etl.extract.terms import Terms
from civic_etl.extract.time_text import TimeText
from civic_etl.extract.two_times import reviews_first

# how one piece of news among several begins ("* Sáng 23-9, Hội Chữ thập đỏ tỉnh ...")
_BRIEF, _BULLETIN, _BULLETIN_ITEM = (patterns("timeline.yaml")[key] for key in ("brief", "bulletin", "bulletin_item"))
# a cue opens its sentence where at most a mark and a blank stand before it
_FIRST_WORDS = 2

# "cùng thời điểm" goes on with how things stood on a day
_SAME_DAY = "same_day"
# what stands before a time that an item of a list opens with, behind its label
_OPENS_ITEM = compiled("timeline.yaml", "opens_item")
_MONTHS = frozenset({"month", "bare_month"})
# so far before the month of a week stands which week it is
_WEEK_REACH = 12
# how a sentence opens that tells what came of what the one before it told
_FROM_WHICH = compiled("timeline.yaml", "from_which")
# what adds up the time told of behind it
_ADDED_UP = compiled("timeline.yaml", "added_up")
# what holds the time before against another, and how far before that it stands
_HELD_AGAINST, _CLAUSE_REACH = compiled("timeline.yaml", "held_against"), 24
# what has just been recognised, up to its year
_RECOGNISES = compiled("timeline.yaml", "recognises")
# the name of an index, which is of the year that it was told for alone
_OF_INDEX, _INDEX_REACH = compiled("timeline.yaml", "of_index"), 90


class Scopes:
    """Opens and closes the scopes of one document, block by block and sentence by sentence."""

    def __init__(
        self,
        text: TimeText,
        force: InForce,
        *,
        terms: Terms,
        relative: RelativePeriods,
        present: Present,
        occasions: Occasions,
    ) -> None:
        self._text = text
        self._force = force
        self._relative = relative
        self._present = present
        self._occasions = occasions
        self._heard = Heard(text, force, relative)
        self._standing = Standing(text, force, terms, relative)
        self._brief = [_BRIEF, *([_BULLETIN_ITEM] if _BULLETIN.search(text.title) is not None else [])]
        # what was in force before the first of several pieces of news
        self._before_news: Scope | None = None
        # the last item of a list, and what was in force before it
        self._item: tuple[Block, Scope] | None = None
        # the day that the lead-in of a list names, and what was in force before the list
        self._listed: tuple[Scope, Scope] | None = None

    def enter(self, block: Block) -> None:
        """Go to a block: it goes back to the scope of its lead-in or heading, where they have one."""
        force = self._force
        force.local = None
        briefly = block.lead_in is None and self._is_brief(block.start) and not self._is_led()
        if block.kind == "headline" or briefly:
            force.running, force.span, force.heading = NOTHING, None, None
        elif block.start in self._text.turns:
            self._before_news = self._before_news or force.running
            force.running, force.span = self._before_news, None
        plain = block.kind == "paragraph" and block.lead_in is None
        if plain and (force.running.of_years or self._standing.leaves_earlier()):
            force.running = NOTHING
        if plain and self._opens_beyond(block):
            force.running = NOTHING
        if block.kind == "paragraph" and self._standing.leaves_year():
            force.running = Scope(force.span, force.running.cue_start)
        force.above = [*([block.lead_in] if block.lead_in else []), *block.headings[-1:]] if _is_item(block) else []
        if force.running.of_paragraph and force.report is not None:
            force.running = force.whole
        if self._listed is not None and block.lead_in is None:
            if force.running == self._listed[0]:
                force.running = self._listed[1]
            self._listed = None
        self._go_back_to_list(block)
        if self._has_left(block):
            force.running, force.heading = NOTHING, None
        if self._text.is_plan and force.running.period is None and tells_how_things_are(self._text.folded, block):
            force.running = Scope(self._relative.today(), block.start, as_of=True)
        inner: list[tuple[int, int]] = []
        for start, end in [*([block.introduction] if block.introduction else []), *reversed(block.headings)]:
            cues = [c for c in self._text.between(start, end) if self._names_time(c) and self._leads(c, block)]
            if not cues:
                inner.append((start, end))
                continue
            if block.kind != "heading" and reviews_first(self._text.folded, cues, inner):
                cues = cues[:1]
            period = self._relative.resolve(cues[-1])
            if period is None or block.kind == "heading":
                return
            # a running text below its heading goes on from paragraph to paragraph; items go back each time
            if block.kind != "paragraph" or block.lead_in is not None or force.heading != (start, end):
                scope = Scope(period, cues[-1].start, as_of=_tells_rows(block, cues[-1]))
                if (start, end) == block.introduction and period.is_day and force.running != scope:
                    self._listed = (scope, force.running)
                force.running = scope
            force.heading = (start, end)
            return

    def _turns_to_now(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence, or what somebody tells in it, opens with what is so by now, or leaves a past year."""
        opens = self._text.opens(cue, sentence) or self._text.opens_speech(cue, sentence.start)
        return opens or self._leaves_past(cue, sentence)

    def _opens_beyond(self, block: Block) -> bool:
        """Whether a paragraph opens with a time that begins when the run of years in force was over.

        ("Giai đoạn 2011 - 2021, sạt lở làm mất 5.100 ha. ¶ Từ đầu năm đến nay, huyện xảy ra 127 vụ; ...")
        """
        run = self._force.running.period
        if run is None or not run.is_run_of_years:
            return False
        opening = next(iter(self._text.between(block.body_start, block.body_start + _FIRST_WORDS + 1)), None)
        period = self._relative.resolve(opening) if opening is not None else None
        return period is not None and period.start > run.end

    def _is_brief(self, start: int) -> bool:
        return any(form.match(self._text.folded, start) for form in self._brief)

    def _is_led(self) -> bool:
        """Whether what was done on the day that a paragraph of its own told is listed below it.

        ("Ngày 9-2, lãnh đạo tỉnh thăm, trao quà. * Tại xã A, đoàn trao 180 suất quà")
        """
        running = self._force.running
        return running.of_occasion and not self._is_brief(self._text.line_start(running.cue_start))

    def is_of_schools(self, period: Period) -> bool:
        """Whether a time is that of schools alone, inside the report of another."""
        return self._standing.is_of_schools(period)

    def _go_back_to_list(self, block: Block) -> None:
        """Leave what an item of a list told of in passing, where the next item begins.

        ("- Hộ nghèo cuối năm 2013: 436 hộ", "- Đàn bò: 1.120 con")
        """
        force, before = self._force, self._item
        if before is not None and _are_of_one_list(before[0], block):
            at, start = force.running.cue_start, before[0].body_start
            if start <= at < before[0].end and _OPENS_ITEM.fullmatch(self._text.folded, start, at) is None:
                force.running = before[1]
        self._item = (block, force.running) if block.kind == "bullet" else None

    def _has_left(self, block: Block) -> bool:
        """Whether a heading or a lead-in put a time in force for its section alone, which a block stands below no more.

        Such are a school year, and a day up to which something was counted ("2. Ngân sách (tính đến 20/6):").
        """
        running, heading = self._force.running, self._force.heading
        if running.period is None or heading is None or not self._is_of_section(running.period):
            return False
        above = {*block.headings, block.lead_in, block.introduction}
        return heading[0] <= running.cue_start < heading[1] and heading not in above

    def _is_of_section(self, period: Period) -> bool:
        """Whether a time is that of a section alone: of schools, or a day of the time under report."""
        report = self._force.report
        if report is not None and period.is_day and not report.is_day:
            return report.start <= period.start <= report.end
        return self._standing.is_of_schools(period)

    def leave(self, sentence: Sentence, has_figures: bool) -> None:
        """Keep the last scope that a sentence opened.

        Without figures it is only one that its first words open, or a plan that the next sentence tells.
        """
        planned = None if has_figures else self._heard.planned_next(sentence)
        if planned is not None:
            self._force.open(Scope(planned, sentence.start))
            return
        if self._force.report is None:
            struck = self._heard.incident(sentence) or self._occasion(sentence)
            if struck is not None:
                self._force.open(struck)
                return
        elif has_figures and (struck := self._heard.incident(sentence)) is not None:
            # beside what is reported on it holds for the rest of its paragraph
            self._force.local = struck.period
            return
        for cue in reversed(self._text.between(sentence.start, sentence.end)):
            if self._is_of_week(cue):
                continue
            heard = self._text.stands_free(cue) and (has_figures or self._heard.speaks_on(cue, sentence))
            headed = not has_figures and self._text.roles.of(cue) == "scope" and self._heard.heads_plan(cue, sentence)
            if (heard or headed) and self._open(cue, sentence, has_figures):
                return

    def _occasion(self, sentence: Sentence) -> Scope | None:
        running = self._force.running
        day = self._occasions.day(sentence) if running.period is None or running.as_of else None
        return Scope(day.period, day.start, as_of=True, of_occasion=True) if day is not None else None

    def _leads(self, cue: PeriodCue, block: Block) -> bool:
        """Whether a cue of what introduces a list stands in its lead-in, else before the figures of that sentence."""
        if block.lead_in is None or block.introduction is None:
            return True
        first = block.introduction[0]
        if not first <= cue.start < block.lead_in[0]:
            return True
        return not self._text.quantities.any_within(first, cue.start)

    def _names_time(self, cue: PeriodCue) -> bool:
        """Whether a cue of a heading says what time the section below it is of."""
        if self._is_of_week(cue):
            return False
        return cue.kind in SCOPES | AS_OF and self._text.roles.of(cue) in {"scope", "bound", "name"}

    def _is_of_week(self, cue: PeriodCue) -> bool:
        """Whether a month only says whose week a bulletin is of ("tuần 3 tháng 2")."""
        return self._force.weekly and cue.kind in _MONTHS and "tuần" in self._text.before(cue, _WEEK_REACH)

    def _open(self, cue: PeriodCue, sentence: Sentence, has_figures: bool) -> bool:
        """Put in force what a cue opens; False where it opens nothing and the one before it is to be tried."""
        force = self._force
        if cue.kind == "now" and self._leaves_year_told(cue, sentence):
            force.open(Scope(self._relative.today(), cue.start, as_of=True))
            return True
        if cue.kind == "now" and self._turns_to_now(cue, sentence):
            period = self._present.at([], cue)
            if period is not None and period != (force.running.period or force.report):
                if self._standing.reviews_term():
                    force.local = period
                    return True
                force.open(Scope(period, cue.start, as_of=True))
                return True
        if are_all_by(self._text, cue, sentence) or (has_figures and self._tells_year_so_far(cue, sentence)):
            force.local = self._relative.resolve(cue) or force.local
            return True
        if self._only_begins(cue, sentence) or _HELD_AGAINST.search(self._text.before(cue, _CLAUSE_REACH)) is not None:
            return False
        if cue.kind in RUNNING:
            period = self._relative.resolve(cue)
            if period is None or self._standing.is_aside(cue, period, sentence):
                return False
            if self._is_of_index(cue, period) or self._is_of_recognition(cue, sentence):
                return False
            if has_figures and self._standing.is_of_item(cue, period, sentence):
                return False
            recent = cue.kind == "months" and period.start.month > 1 and self._text.words(cue).endswith("qua")
            if (force.weekly or recent) and has_figures:
                # the bulletin of a week tells of longer times beside it, and "3 tháng qua" of no time under report
                if recent and force.running.as_of:
                    # nor does it go back to the day told of before
                    force.running = NOTHING
                force.local = period
                return True
            if has_figures and (
                self._standing.is_singled_out(cue, period, sentence)
                or self._standing.is_whole_in_passing(cue, period, sentence)
                or self._standing.is_sum_in_passing(cue, period, sentence)
            ):
                return False
            if has_figures and (
                self._standing.is_part(cue, period, sentence)
                or self._standing.is_aim(period, sentence)
                or self._standing.is_whole_of_paragraph(cue, period)
                or self._standing.is_of_schools(period)
                or self._standing.is_sum_of_paragraph(cue, period, sentence)
            ):
                force.local = period
                return True
            set_out = self._heard.sets_out(cue, sentence) if not has_figures else self._heard.heads_aims(cue, sentence)
            set_out = set_out or (not has_figures and self._heard.heads_section(cue, sentence))
            if set_out or self._standing.persists(cue, period, sentence):
                force.span = self._standing.run_around(cue, period, sentence) or force.span
                as_of = cue.kind == _SAME_DAY and force.running.as_of and period == force.running.period
                force.open(Scope(period, cue.start, as_of=as_of, of_years=has_figures and cue.kind in COUNTED))
                return True
            inside = self._standing.within_span(period) and not self._standing.turns_to_year(cue, period, sentence)
            if has_figures and not self._text.is_distant(period) and not inside:
                force.local = period
                return True
        return self._open_state(cue, sentence, has_figures)

    def _open_state(self, cue: PeriodCue, sentence: Sentence, has_figures: bool) -> bool:
        """Put in force a season, a run of days or how things stood at one time, where a cue opens such."""
        force = self._force
        if (has_figures or self._text.opens(cue, sentence)) and self._opens_season(cue):
            force.local = cue.period
            return True
        if cue.kind == "days" and not has_figures and self._heard.heads_section(cue, sentence):
            force.open(Scope(cue.period, cue.start))
            return True
        if cue.kind == "span" and cue.period is not None and not cue.period.is_day:
            force.open(Scope(cue.period, cue.start, of_paragraph=True))
            return True
        if has_figures and self._ends_change(cue, sentence):
            if force.report is None:
                force.open(Scope(cue.period, cue.start))
            return True
        undated = force.running.period is None or force.running.as_of or force.running.period.is_day
        if cue.kind in ENDS_OF_YEARS and has_figures and undated and self._is_state_of_end(cue, sentence):
            force.running = Scope(cue.period, cue.start, as_of=True)
            return True
        if cue.kind == "year_end" and has_figures and self._heads_paragraph(cue, sentence):
            force.local = cue.period
            return True
        if cue.kind in AS_OF and has_figures and self._is_beyond_run(cue):
            force.local = cue.period
            return True
        heard = has_figures or self._heard.campaigns(cue, sentence) or self._heard.states_next(cue, sentence)
        if cue.kind in AS_OF | UP_TO_A_DAY and undated and heard:
            period = self._relative.resolve(cue)
            if period is not None and self._standing.reports_no_part_of_year() and not self._is_day_ahead(period):
                force.running = Scope(period, cue.start, as_of=True)
                return True
        return False

    def _is_beyond_run(self, cue: PeriodCue) -> bool:
        """Whether a day on which something stood so comes when the run of years in force was over, or ends so many.

        ("Giai đoạn 2021 - 2025, ... ¶ Tổng dư nợ đến 31/3/2026 là 5 tỷ đồng. Nợ quá hạn ...", "15 năm qua, đã cho
        61.000 lượt hộ vay. Tính đến 30/9, dư nợ đạt 240 tỷ đồng. Nợ quá hạn ...")
        """
        running = self._force.running
        run, day = running.period, cue.period
        if run is None or not run.is_run_of_years or day is None:
            return False
        return day.start > run.end or (running.of_years and not run.is_term and day.end.year == run.end.year)

    def _tells_year_so_far(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with all of the year up to the end of the month or quarter told of.

        Or up to the day of the article, where the next one goes on from it ("Qua đó, đã khám phá ...").
        """
        if cue.kind != "to_date":
            return False
        added_up = _ADDED_UP.fullmatch(self._text.folded, sentence.start, cue.start - 1) is not None
        if not (added_up or self._text.opens(cue, sentence)):
            return False
        if _FROM_WHICH.match(self._text.folded, sentence.end) is not None:
            return True
        period = self._relative.resolve(cue)
        return period is not None and self._standing.is_year_of_report(period)

    def _is_of_index(self, cue: PeriodCue, period: Period) -> bool:
        """Whether a year only says which edition of an index is told of, beside the time under report.

        ("Chỉ số PCI năm 2021 của huyện đạt 64 điểm. Tỷ lệ hộ nghèo còn 3%")
        """
        told = self._force.running.period or self._force.report
        if cue.kind != "year" or told is None or told == period:
            return False
        return _OF_INDEX.search(self._text.before(cue, _INDEX_REACH)) is not None

    def _is_of_recognition(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a year is that of what somebody has just recognised ("vừa ký quyết định công nhận ... năm 2019")."""
        recognised = _RECOGNISES.search(self._text.folded, sentence.start, cue.start) if cue.kind == "year" else None
        return recognised is not None

    def _is_day_ahead(self, period: Period) -> bool:
        """Whether something is to be done by a day, where how things stood on one that is over is told of.

        ("Tính đến 17 giờ ngày 29/9, ... Đến ngày 5/10 phải cấp điện trở lại cho 100% số hộ. Bão còn làm ...")
        """
        reference, day = self._text.reference, self._force.running.period
        if reference is None or day is None or not self._force.running.as_of:
            return False
        return day.end <= reference < period.end

    def _leaves_past(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether what is so by now is told where a year is in force that is long over ("..., hiện còn 900 con")."""
        reference, running = self._text.reference, self._force.running.period
        if reference is None or running is None or self._force.report is not None or not self._text.is_published:
            return False
        over = running.is_calendar_year and running.end < reference - JUST_OVER
        return over and self._text.quantities.any_within(cue.end, sentence.end)

    def _leaves_year_told(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with a year that is over and goes on to what is so by now: the year holds no longer.

        ("Năm 2015, xã có 90 hộ nghèo; đến nay toàn xã còn 21 hộ. ...")
        """
        reference = self._text.reference
        if reference is None or self._force.report is not None or not self._text.is_published:
            return False
        told = next((c for c in self._text.between(sentence.start, cue.start) if c.kind == "year"), None)
        if told is None or told.period is None or told.start - sentence.start > _FIRST_WORDS:
            return False
        over = told.period.end < reference - JUST_OVER
        return over and self._text.quantities.any_within(cue.end, sentence.end)

    def _only_begins(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a year only says since when something is so, with no figure behind it ("từ năm 2014 dừng trồng")."""
        if cue.kind != "year" or not self._text.words(cue).startswith("từ "):
            return False
        return not self._text.quantities.any_within(cue.end, sentence.end)

    def _heads_paragraph(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether the end of a year opens a paragraph behind years that went by ("Sau 7 năm ...\nCuối năm 2018, ...").

        A term is reviewed all along.
        """
        running, period = self._force.running.period, cue.period
        if running is None or period is None or running.is_term or self._text.is_distant(period):
            return False
        if not running.is_run_of_years:
            return False
        opens = self._text.line_start(sentence.start) == sentence.start
        return opens and self._text.opens(cue, sentence)

    def _is_state_of_end(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence opens with the end of a year that is over ("Đến cuối năm 2024, 19/19 tiêu chí ...")."""
        reference, period = self._text.reference, cue.period
        if period is None or reference is None or self._force.report is not None or self._text.is_distant(period):
            return False
        return period.end < reference and self._text.opens(cue, sentence)

    def _ends_change(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """Whether a sentence tells how things were in one year and what they came to by the end of another.

        ("Năm 2021 còn 270 hộ nghèo, đến cuối năm 2023 chỉ còn 82 hộ. ...")
        """
        reference, period = self._text.reference, cue.period
        if cue.kind not in ENDS_OF_YEARS or period is None or reference is None or period.end > reference:
            return False
        told = next(iter(self._text.between(sentence.start, cue.start)), None)
        if told is None or told.kind != "year" or not self._text.opens(told, sentence):
            return False
        if told.period is None or told.period.end >= period.start:
            return False
        any_figure = self._text.quantities.any_within
        return any_figure(told.end, cue.start) and any_figure(cue.end, sentence.end)

    def _opens_season(self, cue: PeriodCue) -> bool:
        """Whether a season with its year is told of where nothing else is in force: its paragraph goes on with it."""
        if cue.kind != "season" or cue.period is None or self._text.is_distant(cue.period):
            return False
        return self._force.scope is None and self._force.report is None


def _tells_rows(block: Block, cue: PeriodCue) -> bool:
    """Whether a line above a table says when things stood so: behind it another day may be told of."""
    return block.kind == "row" and cue.kind in AS_OF


def _is_item(block: Block) -> bool:
    return block.kind in {"bullet", "row"} or block.lead_in is not None


def _are_of_one_list(one: Block, other: Block) -> bool:
    """Whether two items stand below the same lead-in and the same headings."""
    return other.kind == "bullet" and (one.lead_in, one.headings) == (other.lead_in, other.headings)
