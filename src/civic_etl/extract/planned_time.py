"""The time of targets that no scope dates: that of the plan they are in, which is still to come."""

from civic_etl.extract.calendar_period import Period, shift
from civic_etl.extract.deadlines import day_behind, day_set
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.patterns import patterns
from civic_etl.extract.timeline import Timeline

_PATTERNS = patterns("timeline.yaml")
_PLAN, _RATIO = _PATTERNS["of_plan"], _PATTERNS["held_to_plan"]
_SETS_AIMS, _REVIEWED = _PATTERNS["sets_aims"], _PATTERNS["reviewed"]
_RATIO_REACH = 40
# so far before a figure its paragraph may set out aims
_SET_OUT_REACH = 800
_ITEMS = frozenset({"bullet", "row"})
# runs of years without their years
_UNNAMED = frozenset({"five_years", "years"})


class PlannedTime:
    """Follows the aims of one document from figure to figure."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._aimed: Period | None = None
        # where the paragraph begins that it stands in
        self._aimed_in = -1

    def read(self, figure: Figure) -> None:
        """Sets the period of a target without a cue to that of its plan, or of the aim before it in its paragraph.

        ("nghị quyết về kế hoạch đầu tư công năm 2026, tổng vốn 3 tỷ đồng"; an aim cannot be of a time that is over)
        """
        if figure.kind != "target" or _are_reviewed(figure):
            return
        text, sentence = self._timeline.text, figure.spot.sentence
        by = day_behind(text, figure.q.end, sentence) or day_set(text, sentence, figure.q.start)
        if by is not None:
            # the day is of this aim, and of none behind it
            figure.period = by
            return
        if figure.cue is None and figure.measure in {"level", "share", "change", "change_pct"}:
            figure.period = (
                self._of_plan(figure)
                or self._told_behind(figure)
                or self._carried(figure)
                or self._told_ahead(figure)
                or self._titled(figure)
                or self._of_headline(figure)
                or self._of_year_after(figure)
                or figure.period
            )
        # a congress aims at nothing in the term that ends
        unnamed = figure.cue is None or figure.cue.kind in _UNNAMED
        if unnamed and figure.period is not None and self._is_past_term(figure.period):
            figure.period = self._timeline.next_term
        if figure.period is not None and self._is_term_over(figure):
            figure.period = self._timeline.term_ahead(figure.q.start) or figure.period
        if figure.period is not None and self._timeline.is_to_come(figure.period):
            self._aimed, self._aimed_in = figure.period, figure.spot.block.start

    def _of_plan(self, figure: Figure) -> Period | None:
        """The year in the name of the plan that a sentence speaks of last."""
        for cue in reversed(self._timeline.named_before(figure.spot.sentence, figure.q.start)):
            before = figure.folded[max(figure.spot.sentence.start, cue.start - _RATIO_REACH) : cue.start]
            period = self._timeline.resolved(cue)
            if (
                period is None
                or not self._timeline.is_to_come(period)
                or ";" in figure.folded[cue.end : figure.q.start]
            ):
                return None
            return period if _PLAN.search(before) is not None and _RATIO.search(before) is None else None
        return None

    def _told_behind(self, figure: Figure) -> Period | None:
        """The time to come that a sentence names behind an aim, where the one in force is over.

        ("Phường phấn đấu thu ngân sách 170 tỷ đồng trong 6 tháng cuối năm")
        """
        if figure.period is None or self._timeline.is_to_come(figure.period):
            return None
        return self._timeline.ahead_behind(figure.q.end, figure.spot.sentence)

    def _carried(self, figure: Figure) -> Period | None:
        # nothing is aimed at for a time that is over, whatever paragraphs lie between
        if figure.period is None or self._timeline.is_to_come(figure.period):
            return None
        block = figure.spot.block
        item = (block.kind in _ITEMS or block.lead_in is not None) and block.start != self._aimed_in
        # an item of a congress's aims goes back to its term
        return (self._timeline.next_term if item else None) or self._aimed

    def _told_ahead(self, figure: Figure) -> Period | None:
        """The year to come that the paragraph named last, where the one in force is over.

        ("thảo luận các giải pháp năm 2017. Trong đó phấn đấu ...")
        """
        if figure.period is None or self._timeline.is_to_come(figure.period):
            return None
        ahead = self._timeline.year_before(figure.spot.block, figure.q.start)
        return ahead if ahead is not None and self._timeline.is_to_come(ahead) else None

    def _titled(self, figure: Figure) -> Period | None:
        """The year to come that the title plans, where the one in force is over or is reported on."""
        if figure.period is None or self._timeline.is_to_come(figure.period):
            return None
        return self._timeline.planned_by_title

    def _of_headline(self, figure: Figure) -> Period | None:
        """The first year to come that the text below plans for, of an aim that the title tells without a time.

        ("Xã A phấn đấu giảm tỷ lệ hộ nghèo dưới 0,4%", "Chiều 14/1, ... tổng kết năm 2025, nhiệm vụ năm 2026")
        """
        if figure.period is None or not self._timeline.text.is_in_title(figure.q.start):
            return None
        if not (figure.period.is_day or figure.period.is_calendar_year) or self._timeline.is_to_come(figure.period):
            return None
        return self._timeline.planned_below(figure.q.end)

    def _of_year_after(self, figure: Figure) -> Period | None:
        """The year after the one reviewed as it ends, where a meeting sets aims without saying what for.

        ("Kỳ họp thông qua 26 chỉ tiêu. Trong đó, thu nhập ..."; a plan in brackets is that of the year reviewed)
        """
        period = self._timeline.reviewed_year
        if period is None or figure.period != period or figure.bracket >= 0:
            return None
        block = figure.spot.block
        above = [block.lead_in, *block.headings[-1:]]
        low = max(block.start, figure.q.start - _SET_OUT_REACH)
        for start, end in [(low, figure.q.end), *(span for span in above if span is not None)]:
            last = max((m.end() for m in _SETS_AIMS.finditer(figure.folded, start, end)), default=None)
            if last is not None:
                reviewed = _REVIEWED.search(figure.folded, last, min(end, figure.q.start)) is not None
                return None if reviewed else shift(period, 1)
        return None

    def _is_term_over(self, figure: Figure) -> bool:
        """Whether a figure is of a run of years that is over, which its own words do not name."""
        period, reference = figure.period, self._timeline.reference
        if period is None or reference is None or not period.is_run_of_years or period.end >= reference:
            return False
        return figure.cue is None or figure.cue.kind in _UNNAMED

    def _is_past_term(self, period: Period) -> bool:
        coming = self._timeline.next_term
        return coming is not None and period.is_run_of_years and period.end < coming.start


def _are_reviewed(figure: Figure) -> bool:
    """Whether targets were set for the time that tells how many of them were met ("Trong 25 chỉ tiêu, 15 vượt").

    The time of these is the one in force, whatever is planned beside it.
    """
    return figure.code == "plan_targets_set" and WORDS["out_of"].search(figure.gap) is not None
