"""The time of a figure and whether it is a result, an estimate or a target."""

import re
from datetime import date, timedelta

from civic_etl.extract.announced import Announced
from civic_etl.extract.branch_shares import CONTRIBUTION
from civic_etl.extract.calendar_period import Period, half, shift, term, year, years
from civic_etl.extract.code_units import GIFTS
from civic_etl.extract.count_parts import is_part
from civic_etl.extract.deadlines import is_due
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, RATIOS, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.journeys import Journeys, is_span
from civic_etl.extract.kinds import Kinds
from civic_etl.extract.monthly_figures import cumulate, of_all_so_far, of_its_month
from civic_etl.extract.paid_capital import date_allotted
from civic_etl.extract.patterns import compiled
from civic_etl.extract.place_profiles import date_beginning, date_profile
from civic_etl.extract.planned_time import PlannedTime
from civic_etl.extract.plans import carry_out
from civic_etl.extract.prior_levels import date_level_held_against
from civic_etl.extract.records import ValueKind
from civic_etl.extract.school_matters import is_beside_schools
from civic_etl.extract.states_as_of import StatesAsOf
from civic_etl.extract.stock_nouns import OF_BODIES
from civic_etl.extract.timeline import Timeline
from civic_etl.extract.yearly_means import BY_YEAR, is_per_year, is_yearly_mean

# what stands between two sentences
_BLANKS = 3
# when a half-year and a year are reviewed: up to February it is the year before
_MIDYEAR, _YEAREND, _MAX_REVIEW = frozenset({6, 7}), frozenset({11, 12, 1, 2}), 2
_TERM = 5
_DEADLINES = frozenset({"deadline", "year_end", "year_close"})
_IN_YEAR = frozenset({"season", "feast"})
_MONTH_AWAY = timedelta(days=40)
_MONTHS_AWAY = timedelta(days=120)
_ONE_OFF = compiled("timeline.yaml", "one_off")
_OF_DISASTER = "disaster_"
_MEMBERS = frozenset({"party_member", "person"})
_PARTS, _PART_APART = compiled("timeline.yaml", "parts"), compiled("timeline.yaml", "part_apart")
_YEAR = re.compile(r"(?:19|20)\d\d")
# what is counted that is asked for, and by which noun
_ASKED_FOR, _QUOTA = frozenset({"military_recruits"}), " chỉ tiêu"
# targets are set or met, whatever is said around their number
_KIND_OF_CODE: dict[str, ValueKind] = {"plan_targets_set": "target", "plan_targets_met": "actual"}
# how far before a figure an estimate is said
_SAID = 400
# the figures that a journey ends with
_ENDS = 2
# so many figures stand in there
_SINCE = 40
# both sides of trade go by one estimate
_ACCOUNTS = {"exports": "trade", "imports": "trade"}
# rules by which a figure is read by its category or place alone
_ELSEWHERE = "same-unit"
_LIKENESS = frozenset({"sector", _ELSEWHERE})
# a sentence that goes on from another one begins so near behind it
_NEAR_SENTENCE = 250


class FigurePeriods:
    """Dates the figures of one document."""

    def __init__(self, timeline: Timeline, kinds: Kinds, announced: Announced) -> None:
        self._timeline = timeline
        self._kinds = kinds
        self._announced = announced
        self._journeys = Journeys(timeline)
        self._planned = PlannedTime(timeline)
        self._states = StatesAsOf()
        # where the sentence in hand begins, and the figures of the one before it
        self._before: tuple[int, list[Draft]] = (-1, [])

    def read(self, figure: Figure, frame: Frame) -> None:
        """Sets period and kind: the text's, those of the figure it relates to or is a part of, and their exceptions."""
        q, spot = figure.q, figure.spot
        bindable = q.unit != "times" and (figure.journey or figure.measure not in RATIOS)
        figure.period, figure.cue = self._timeline.at(
            spot.block, spot.sentence, q.start, q.end, spot.floor, bindable=bindable
        )
        if figure.cue is None and is_beside_schools(figure):
            figure.period = self._timeline.beside_schools(spot.sentence, figure.period)
        founded = date_profile(figure, self._timeline)
        date_beginning(figure, self._timeline)
        self._of_now(figure)
        self._of_this_occasion(figure)
        # a harvest, or what was given for a feast, may be told of before its year is over
        told = figure.cue is not None and figure.cue.kind in _IN_YEAR and not self._is_ahead(figure)
        period, dated = None if told else figure.period, figure.cue is not None
        figure.kind = self._kinds.of(spot.block, spot.sentence, q.start, period, dated=dated)
        if founded:
            # what there will be from a day on is decided
            figure.kind = "actual"
        due = is_due(self._timeline.text, q.end, spot.sentence)
        if figure.kind == "actual" and (due or self._is_deadline_ahead(figure)):
            figure.kind = "target"
        cumulate(figure)
        if figure.kind == "estimate" and self._is_of_other_item(figure, frame):
            figure.kind = "actual"
        self._announce(figure)
        self._estimated(figure)
        if figure.code == "plan_targets_set" or _is_quota(figure):
            figure.kind = "target"
        self._planned.read(figure)
        self._go_on(figure, frame)
        self._states.read(figure)
        date_allotted(figure, frame, self._timeline.reference, self._timeline.default())
        carry_out(figure, frame)
        if figure.kind != "estimate":
            figure.kind = _KIND_OF_CODE.get(figure.code, figure.kind)
        if figure.rules == ("unit-noun",) and WORDS["only_where"].search(figure.gap) is not None:
            # "tại 18 tổ dân phố": there are so many, whatever is aimed at
            figure.kind = "actual"
        figure.period = of_its_month(figure) or of_all_so_far(figure, self._timeline.default()) or figure.period
        _of_year_before(figure, frame)
        if figure.prior is not None:
            date_level_held_against(figure, figure.prior)
        before = figure.period
        self._journeys.depart(figure)
        if before is not None and before.is_run_of_years and figure.period == shift(before, -1):
            # "từ A xuống còn B" over a term goes from the year it begins with
            figure.period = year(before.start.year)
        self._journeys.arrive(figure, frame)
        self._whole_span(figure, frame)
        self._of_other_growth(figure)
        if figure.code == "plan_targets_set":
            figure.period = self._timeline.term_beside(spot.sentence, q.start, q.end) or figure.period
        if q.unit in _MEMBERS and WORDS["represented"].search(figure.gap) is not None:
            figure.period, figure.kind = self._timeline.today or figure.period, "actual"

    def _is_of_other_item(self, figure: Figure, frame: Frame) -> bool:
        """Whether a semicolon has gone on from what is estimated to something of another kind, told without a verb.

        ("bán lẻ ước đạt 130 tỷ đồng; vốn đầu tư phát triển 88 tỷ đồng"; expenditure goes on from revenue)
        """
        if figure.measure not in {"level", "share"} or figure.code == "other":
            return False
        sentence, start = figure.spot.sentence, figure.q.start
        words = [
            m.start() for m in WORDS["estimating"].finditer(figure.folded, max(sentence.start, start - _SAID), start)
        ]
        said = words[-1] if words else -1
        if said < 0 or ";" not in figure.folded[said:start] or self._kinds.opens_estimate(sentence, said):
            return False
        first = next((d for d in frame.seen[-_SINCE:] if d.quantity.start > said), None)
        return first is not None and first.code != "other" and _kin(first.code) != _kin(figure.code)

    def _estimated(self, figure: Figure) -> None:
        """An estimate without a time of its own is of what is about to be over: the year, or its first half."""
        day, reference = figure.period, self._timeline.reference
        if figure.kind != "estimate" or figure.cue is not None or day is None or reference is None:
            return
        if not day.is_day or day.end != reference or figure.code.startswith(_OF_DISASTER) or self._is_one_off(figure):
            return
        if reference.month in _MIDYEAR:
            figure.period = half(reference.year, 1)
        elif reference.month in _YEAREND:
            figure.period = year(reference.year if reference.month > _MAX_REVIEW else reference.year - 1)

    def _is_one_off(self, figure: Figure) -> bool:
        """Whether a figure is of a holiday or of what struck, and of no span that the calendar knows."""
        text = self._timeline.text
        low = max(figure.spot.block.start, figure.q.start - _SAID)
        return any(_ONE_OFF.search(*where) for where in ((text.title,), (text.folded, low, figure.q.start)))

    def _of_now(self, figure: Figure) -> None:
        """The members that an organisation has now are no result of the term it reviews."""
        if figure.code not in OF_BODIES or figure.measure != "level":
            return
        if figure.cue is None or figure.cue.kind != "now" or figure.period is None:
            return
        if figure.period.is_run_of_years and self._timeline.is_day_known and "nâng" not in figure.gap:
            figure.period = self._timeline.today

    def _of_this_occasion(self, figure: Figure) -> None:
        """What is given "on this occasion" is of its day, and of no year that is reported on beside it."""
        if figure.code not in GIFTS or figure.cue is not None or figure.period is None or figure.period.is_day:
            return
        if WORDS["on_this_occasion"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None:
            figure.period = self._timeline.day_told or figure.period

    def _announce(self, figure: Figure) -> None:
        """What a sentence before announced as aims are targets of the time named there, unless dated themselves."""
        aimed, period = self._announced.at(figure.q.start, self._timeline.scope)
        undated = figure.cue is None and period is not None
        far = figure.period is not None and self._timeline.text.is_far_ahead(figure.period)
        if not aimed or (figure.kind == "estimate" and not undated and not far):
            return
        if figure.cue is not None and (self._is_over(figure.period) or _ends_before(figure.period, period)):
            return
        figure.kind = "target"
        if figure.cue is None and period is not None:
            figure.period = period

    def _go_on(self, figure: Figure, frame: Frame) -> None:
        """What a figure has from those before it: from the one it relates to, is a part of, or goes on with."""
        self._inherit(figure, frame)
        _goes_on_with_harm(figure, frame)
        self._part_of_sentence_before(figure, frame)

    def _inherit(self, figure: Figure, frame: Frame) -> None:
        """What relates to a figure before is of its time, and so is a part of it that is not dated."""
        inherited = figure.inherited
        if inherited is not None and _relates(figure) and not _is_dated(figure, inherited):
            # a new item of a list has gone back to the time of the list
            if figure.cue is None or ";" not in figure.gap:
                figure.period = inherited.period
            if figure.kind != "estimate" or WORDS["estimates"].search(figure.gap) is None:
                figure.kind = inherited.kind
        elif inherited is not None and inherited.kind == "target" and _relates(figure) and self._goes_on(figure):
            # what an aim comes to with all so far, in a time that is not over, is aimed at as well
            figure.kind = "target"
        whole = inherited or (frame.of_unit(figure.q.unit) if figure.rules[0] in _LIKENESS else _same(figure, frame))
        if whole is not None and figure.cue is None and "plan" not in whole.rules and is_part(figure, whole):
            # "gieo trồng 820 ha/KH 800 ha, trong đó lúa 610 ha": a part of what was sown
            figure.period = whole.period
            figure.kind = whole.kind if figure.kind == "actual" else figure.kind
        elif figure.cue is None and figure.rules[0] == _ELSEWHERE:
            figure.period = _day_gone_on_with(figure, frame) or figure.period

    def _is_deadline_ahead(self, figure: Figure) -> bool:
        """Whether a figure is told of the end of a year that is months away ("đến hết năm 2022 có thêm 2 xã")."""
        cue, period, reference = figure.cue, figure.period, self._timeline.reference
        if cue is None or period is None or reference is None:
            return False
        if cue.kind == "year_rest" or self._timeline.text.is_ahead(cue):
            return period.end > reference + _MONTH_AWAY
        if cue.kind not in _DEADLINES:
            return False
        told = figure.folded[cue.start : cue.end]
        return period.end > reference + _MONTHS_AWAY and ("hết" in told or "cuối" in told)

    def _is_ahead(self, figure: Figure) -> bool:
        """Whether the period of a figure has not begun; of a season sown before its year results are told all along."""
        period, reference = figure.period, self._timeline.reference
        if WORDS["sown"].search(figure.gap) is not None:
            return False
        return period is not None and reference is not None and period.start > reference

    def _goes_on(self, figure: Figure) -> bool:
        return figure.period is not None and not self._is_over(figure.period)

    def _is_over(self, period: Period | None) -> bool:
        reference = self._timeline.reference
        return period is not None and reference is not None and period.end <= reference

    def _part_of_sentence_before(self, figure: Figure, frame: Frame) -> None:
        """What a sentence that opens with "trong đó" tells without a time is of the time of what it is a part of.

        ("Các loại cây gồm: ..."; and an aim like that)
        """
        sentence = figure.spot.sentence
        if figure.cue is None and _PART_APART.match(figure.folded, sentence.start) is not None:
            _of_part_apart(figure, frame)
        if figure.cue is not None or _PARTS.match(figure.folded, sentence.start) is None:
            return
        if self._before[0] != sentence.start:
            adjoining = [d for d in frame.trail.recent if 0 <= sentence.start - d.sentence.end <= _BLANKS]
            self._before = (sentence.start, adjoining)
        alike_to = {"level", "share", figure.measure, *(CHANGES if figure.code == CONTRIBUTION else ())}
        told = [d for d in self._before[1] if d.measure in alike_to and "plan" not in d.rules]
        alike = [d for d in told if d.quantity.unit == figure.q.unit] or told
        # what the whole is held against ("cao hơn mức tăng 3% của 6 tháng đầu năm 2021") has no parts here
        whole = max(reversed(alike), key=lambda d: d.period.end if d.period else date.min, default=None)
        if whole is not None:
            figure.period = whole.period
            if whole.kind != "actual" and figure.kind == "actual":
                figure.kind = whole.kind

    def _of_other_growth(self, figure: Figure) -> None:
        """A growth that another is held against is of the time told behind it, and reached."""
        if WORDS["other_growth"].first_in(figure.gap) is None:
            return
        then = WORDS["of_then"].match(figure.folded, figure.q.end)
        if then is not None and figure.period is not None:
            by = int(then["year"]) - figure.period.end.year if then["year"] else -1
            period: Period | None = shift(figure.period, by)
        else:
            period = self._timeline.told_behind(figure.q.end, figure.spot.sentence)
        if period is not None:
            figure.period, figure.kind = period, "actual"

    def _whole_span(self, figure: Figure, frame: Frame) -> None:
        """A yearly mean whose own period is one year or a day is of the whole span."""
        gone = _years_gone(figure, frame)
        if gone is not None:
            figure.period = gone
            return
        period = figure.period
        if period is None or is_span(period):
            return
        # what an aim grows by each year is of no year that only its sentence before names
        undated = figure.cue is None or figure.cue.kind == "deadline"
        aimed_at = figure.kind == "target" and undated and self._timeline.next_term is not None
        mean = period.is_day or "bình quân" in figure.gap or aimed_at
        counted = figure.measure == "level" and figure.code not in BY_YEAR and aimed_at
        by_year = is_per_year(figure) and (counted or (figure.measure in CHANGES and mean))
        if by_year or is_yearly_mean(figure):
            aimed, told = self._announced.at(figure.q.start, self._timeline.scope)
            coming = self._timeline.next_term if aimed else None
            if aimed and coming is None and told is not None and told.is_calendar_year:
                coming = term(told.end.year - _TERM, told.end.year)
            if coming is None and figure.kind == "target":
                coming = self._timeline.term_ahead(figure.q.start) or self._term_aimed_at(period)
            span = coming or _years_since(figure) or self._timeline.span_at(figure.q.start) or _journey(figure, frame)
            # an aim of one year is none of a term that was over before it, nor of years where it is told for its own
            aim = figure.kind == "target" and figure.cue is not None
            of_year = aim and figure.cue is not None and figure.cue.kind == "year" and not is_per_year(figure)
            over = aim and span is not None and span.end.year + 1 < period.start.year
            figure.period = period if span is None or over or of_year else span

    def _term_aimed_at(self, period: Period) -> Period | None:
        """The term that a congress sets goals for, if one is of a year of it ("đến năm 2025 tăng bình quân 9%/năm")."""
        coming = self._timeline.next_term
        if coming is None or not coming.start.year <= period.end.year <= coming.end.year + 1:
            return None
        return coming


def _years_since(figure: Figure) -> Period | None:
    """The years from the one that something has gone on since ("từ năm 2017 đến nay, hằng năm ...")."""
    if figure.cue is None or figure.cue.kind != "since" or figure.period is None:
        return None
    first = _YEAR.search(figure.folded, figure.cue.start, figure.cue.end)
    return years(int(first.group()), figure.period.end.year) if first is not None else None


def _years_gone(figure: Figure, frame: Frame) -> Period | None:
    """The years between the two ends of a journey that a yearly growth is told behind.

    ("từ 22 tỷ đồng (năm 2015) lên 39 tỷ đồng (năm 2020), bình quân tăng 11,7%/năm")
    """
    return _journey(figure, frame) if is_per_year(figure) else None


def _journey(figure: Figure, frame: Frame) -> Period | None:
    """The years between the two levels right before a change of the same thing, in its sentence or the one before."""
    if figure.measure not in CHANGES or figure.inherited is None:
        return None
    ends = (frame.seen or list(frame.trail.recent))[-_ENDS:]
    periods = [draft.period for draft in ends if draft.code == figure.code]
    if len(periods) < _ENDS:
        return None
    one, other = periods
    if one is None or other is None or not (one.is_calendar_year and other.is_calendar_year):
        return None
    return years(one.end.year + 1, other.end.year) if one.end.year + 1 < other.end.year else None


def _is_quota(figure: Figure) -> bool:
    """Whether a figure counts the recruits that are asked for ("được giao 120 chỉ tiêu tuyển quân")."""
    counted = figure.folded[figure.q.number_start : figure.q.end]
    return figure.code in _ASKED_FOR and counted.endswith(_QUOTA) and figure.q.denominator is None


def _same(figure: Figure, frame: Frame) -> Draft | None:
    """The last figure of the sentence that is of the same indicator."""
    return next((d for d in reversed(frame.seen) if d.code == figure.code != "other"), None)


def _kin(code: str) -> str:
    """What the codes of one account have in common."""
    return _ACCOUNTS.get(code, code.partition("_")[0])


def _day_gone_on_with(figure: Figure, frame: Frame) -> Period | None:
    """The day that what other places have is told of, where a sentence goes on to the next of them.

    ("Đến ngày 17/8, toàn tỉnh xuống giống 38.000 ha lúa. Nhiều nhất là huyện A 12.000 ha")
    """
    told = (d for d in reversed(frame.trail.told) if d.code == figure.code and d.quantity.unit == figure.q.unit)
    before = next(told, None)
    if before is None or before.period is None or not before.period.is_day:
        return None
    return before.period if figure.spot.sentence.start - before.quantity.end < _NEAR_SENTENCE else None


def _goes_on_with_harm(figure: Figure, frame: Frame) -> None:
    """Dates what harm a paragraph goes on to tell by the day that it was counted on before, and by no season.

    ("Vụ đông xuân gieo 900 ha. Đến ngày 20/3, 830 ha bị thiệt hại. Ngoài ra còn có 21 ha hoa màu bị giảm năng suất")
    """
    if figure.cue is not None or figure.period is None or not figure.period.is_calendar_year:
        return
    if not figure.code.startswith(_OF_DISASTER):
        return
    start = figure.spot.block.start
    told = (d for d in reversed(frame.trail.told) if d.quantity.start >= start and d.code.startswith(_OF_DISASTER))
    before = next(told, None)
    if before is not None and before.period is not None and before.period.is_day:
        figure.period = before.period


def _ends_before(period: Period | None, aimed: Period | None) -> bool:
    return period is not None and aimed is not None and period.end < aimed.start


def _relates(figure: Figure) -> bool:
    return figure.measure in RATIOS or (figure.is_rate and figure.around.before != "to_level")


def _is_dated(figure: Figure, inherited: Draft) -> bool:
    """Whether a time is named between a figure and the one it relates to."""
    return figure.cue is not None and figure.cue.start > inherited.quantity.end


def _of_part_apart(figure: Figure, frame: Frame) -> None:
    """What a sentence tells without a time of one part of the place is of the day that the one before it told of.

    ("Đến 15/8 giải ngân 61 tỷ đồng. Riêng xã A giải ngân 5 tỷ đồng"; not of the day that a report ends with)
    """
    start = figure.spot.sentence.start
    before = [d.period for d in frame.trail.recent if 0 <= start - d.sentence.end <= _BLANKS]
    last = next((period for period in reversed(before) if period is not None), None)
    if last is not None and last.is_day and (figure.period is None or figure.period.end != last.end):
        figure.period = last


def _of_year_before(figure: Figure, frame: Frame) -> None:
    """ "(cùng kỳ 12.345 triệu đồng)", "Cùng kỳ con số này là 12 tỷ đồng": a level of that span of the year before."""
    told = frame.draft or figure.continued
    if told is None or told.period is None or figure.measure not in CHANGES | {"level", "share"}:
        return
    prior = WORDS["prior_growth"] if figure.measure in CHANGES else WORDS["prior"]
    match = prior.search(figure.folded, figure.spot.floor, figure.q.start)
    if match is None:
        return
    named = _YEAR.search(match.group())
    by = int(named.group()) - told.period.end.year if named else -1
    figure.period, figure.kind = shift(told.period, by), "actual"
    if told.period.is_day and WORDS["season_before"].search(figure.gap) is not None:
        # "đến 15/5 năng suất lúa đông xuân 61 tạ/ha (đông xuân năm trước 59,8 tạ/ha)": all of that season
        figure.period = year(told.period.end.year - 1)
