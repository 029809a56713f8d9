"""Figures that go from one level to another: "từ A năm trước lên B năm nay"."""

import re

from civic_etl.extract.calendar_period import Period, shift, year
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.open_targets import UPWARDS
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.timeline import Timeline
from civic_etl.pattern import Pattern

_FROM = re.compile(r"\btừ\s*(?:mức |khoảng |trên |hơn |gần )?$")
# "từ 5% hộ nghèo trở lên" leads nowhere, nor does "xuống giống"
_TO = re.compile(r"(?<!trở )\b(?:lên|xuống(?! giống)|còn)\b")
_SHARE = re.compile(r"[^,;.()\d]{0,30}[\s,(]*(?:chiếm|tỷ lệ|tương ứng|tương đương|với|bằng|đạt|\s)*")
_GOES_TO = re.compile(r"\)?[\s,]*(?:[^\W\d_]+ ){0,4}?(?:năm \d{4} )?(?:lên|xuống|còn)\b")
_FROM_REACH = 14
_TO_REACH = 45
_ADJUSTED = Pattern(
    r"\bđiều chỉnh\b[^.;:]{0,60}\b(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|mức)\b[^.;:\d]*(?:\d{4}[^.;:\d]*)*$"
)
_LEVELS = frozenset({"level", "share"})
_BOUND = ("trở lên", "trở xuống")


def comes_from(folded: str, start: int, reach: int = _FROM_REACH) -> bool:
    """Whether "từ" stands right before `start`, no farther than `reach` characters."""
    return _FROM.search(folded[max(0, start - reach) : start]) is not None


def is_start(figure: Figure) -> bool:
    """Whether a figure has "từ" before it, or as its first word."""
    return starts_from(figure.folded, figure.q)


def starts_from(folded: str, q: Quantity) -> bool:
    """Whether a quantity has "từ" before it, or as its first word."""
    return folded[q.start : q.number_start].strip().startswith("từ") or comes_from(folded, q.start)


def opens_journey(figure: Figure) -> bool:
    """Whether a figure is the start of "từ A lên B"."""
    if figure.q.upper is not None or not is_start(figure) or _is_bound(figure):
        return False
    end = figure.q.end
    behind = figure.folded[end : min(figure.spot.ceiling, end + _TO_REACH)].partition(";")[0]
    return _TO.search(behind) is not None or _leads_past_share(figure)


def _is_bound(figure: Figure) -> bool:
    """Whether a figure is so much or more ("giảm từ 7% trở lên, còn dưới 31,5%", "từ 30 hộ nghèo trở lên, ...")."""
    end = figure.q.end
    bound = figure.folded.endswith(_BOUND, figure.q.number_end, end)
    return bound or UPWARDS.match(figure.folded, end) is not None


def _leads_past_share(figure: Figure) -> bool:
    """Whether the share that the start of a journey makes stands before its end.

    ("giảm từ 350 hộ, chiếm 10% xuống còn 290 hộ")
    """
    share = figure.spot.following
    if share is None or share.unit not in RATES or figure.is_rate:
        return False
    if _SHARE.fullmatch(figure.folded, figure.q.end, share.start) is None:
        return False
    return _GOES_TO.match(figure.folded, share.end) is not None


def _is_adjusted(figure: Figure, start: int) -> bool:
    """Whether a plan is changed from what starts there ("điều chỉnh chỉ tiêu thu từ 12 tỷ đồng lên 14 tỷ đồng")."""
    return _ADJUSTED.first_in(figure.folded, figure.spot.sentence.start, start) is not None


def is_span(period: Period) -> bool:
    """Whether a period is of several years."""
    return "/P" in period.code and period.code.endswith("Y") and not period.code.endswith("/P1Y")


class Journeys:
    """Dates the two ends of the journeys of one document."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        # the sentences of the last journeys whose start and whose end were dated, and those times
        self._departed: tuple[int, Period | None] = (-1, None)
        self._arrived: tuple[int, Period | None] = (-1, None)

    def depart(self, figure: Figure) -> None:
        """A is of the year before B's unless it is dated itself; it is a result, whatever B is."""
        q, following = figure.q, figure.spot.following
        if (
            not (figure.journey or figure.measure in _LEVELS)
            or q.upper is not None
            or following is None
            or not is_start(figure)
            or _is_bound(figure)
        ):
            return
        gap = figure.folded[q.end : following.start]
        if not _TO.search(gap) or ";" in gap:
            return
        if _is_adjusted(figure, q.start):
            # both are plans, of the same time
            figure.kind = "target"
            return
        figure.kind = "actual"
        block, sentence = figure.spot.block, figure.spot.sentence
        own, cue = self._timeline.at(block, sentence, q.start, q.end, q.start)
        if cue is not None and q.end <= cue.start < following.start:
            figure.period = own
            self._departed = (sentence.start, own)
            return
        if self._departed[0] == sentence.start and self._timeline.is_undated(q.end, following.end):
            # "công nghiệp từ A năm 2015 lên B; dịch vụ từ C lên D"
            figure.period = self._departed[1]
            return
        first = self._timeline.first_of_years(sentence, q.start)
        if first is not None:
            figure.period = first
            return
        then, _ = self._timeline.at(block, sentence, following.start, following.end, q.end)
        if then is not None:
            figure.period = shift(then, -1) if then.code.isdigit() or "/" in then.code else then

    def arrive(self, figure: Figure, frame: Frame) -> None:
        """B of a span of years is of its last one where that is what is told of, and so is what follows.

        ("thu nhập năm 2020 đạt 52 triệu đồng; hộ nghèo từ A đầu nhiệm kỳ xuống còn B")
        """
        period, before = figure.period, frame.last
        if before is not None and _is_adjusted(figure, before.quantity.start):
            figure.kind = "target"
        dated = figure.cue is not None and figure.cue.start >= figure.spot.floor
        sentence = figure.spot.sentence
        if dated and before is not None and starts_from(figure.folded, before.quantity) and _TO.search(figure.gap):
            self._arrived = (sentence.start, period)
        elif self._arrived[0] == sentence.start and not dated and _TO.search(figure.gap.rpartition(";")[2]):
            # "thu nhập từ A năm 2015 lên B năm 2019; hộ nghèo còn C"
            figure.period = self._arrived[1]
            return
        if period is None or not is_span(period) or dated:
            frame.arrived = None
            return
        if before is not None and before.period is not None and before.period != period:
            gap = figure.folded[before.quantity.end : figure.q.start]
            if _TO.search(gap) and ";" not in gap:
                last = self._last_year(period)
                frame.arrived = last if _was_told_of(last, frame) else period
        figure.period = frame.arrived or period

    def _last_year(self, period: Period) -> Period:
        """The last year of a span that is told of afterwards, else the one it leads to."""
        reference, last = self._timeline.reference, period.end.year
        return year(last + 1 if reference is not None and reference.year > last else last)


def _was_told_of(period: Period, frame: Frame) -> bool:
    """Whether the figure before a journey's start is of a period."""
    told = [draft.period for draft in frame.trail.recent]
    return len(told) > 1 and told[-2] == period
