"""Actual, estimate or target: what kind of value a figure is."""

import re
from bisect import bisect_left
from datetime import timedelta
from itertools import pairwise

from civic_etl.extract.aims_met import (
    has_goal,
    is_effort,
    is_held_against,
    is_met,
    is_passed,
    is_purpose,
    is_told_of_plan,
    opens_plan,
    plans,
)
from civic_etl.extract.begun import has_barely_begun, is_to_come
from civic_etl.extract.brackets import opening
from civic_etl.extract.calendar_period import Period
from civic_etl.extract.context import Context
from civic_etl.extract.cue_kinds import AS_OF
from civic_etl.extract.layout import Block, Sentence, has_figure
from civic_etl.extract.listed_estimates import is_part_of_estimate
from civic_etl.extract.listed_targets import lists_targets
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit
from civic_etl.extract.plan_title import tells_how_things_are
from civic_etl.extract.records import ValueKind
from civic_etl.extract.requests import is_requested
from civic_etl.extract.time_text import TimeText

_WORDS = patterns("kind_words.yaml")
# so far before a figure its paragraph may say that it is of today
_AS_OF_REACH = 600
_PLAN_AHEAD = timedelta(days=60)
_TIME_REACH = 28
_LIST_REACH = 160
_MODAL_REACH = 120
# brackets beside an aim are no longer up to a figure in them
_ASIDE_REACH = 120
# "ước" opens its sentence where at most a mark and a blank stand before it
_FIRST_WORDS = 2
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIGURE = re.compile(r"(?<![\d.,/])\d")
_ITEM_END = re.compile(r"[;,.](?!\d)")
_SEMICOLON = re.compile(";")
_TASKS = "nhiệm vụ"
# a plan that has been given out is none that was carried out; capital that was planned is paid out
_RESULT = re.compile(r"\b(?:đã(?! (?:được )?(?:giao|phân bổ)\b)|kết quả)\b|^ vốn\b.*\bgiải ngân\b")


class Kinds:
    """Reads the kind of each figure of one document."""

    def __init__(self, context: Context, text: TimeText) -> None:
        self._context = context
        self._held: tuple[int, Period | None] = (-1, None)
        # whether the sentence that told the aims told nothing else
        self._only_aims = False
        self._is_plan = text.is_plan
        # whether that is for a year that has not begun
        self._plans_ahead = text.is_plan and text.planned_year is not None

    def of(
        self, block: Block, sentence: Sentence, start: int, period: Period | None, *, dated: bool = False
    ) -> ValueKind:
        """The kind of a figure at `start` that is of `period`; `dated` is whether its sentence says so."""
        kind = self._told(block, sentence, start, period, dated=dated)
        if kind == "estimate" and not self._is_of_past_year(period):
            # brackets may tell the parts of what is estimated ("6 tháng ước tăng 9% (quý I tăng 8%, quý II tăng 10%)")
            return kind
        return "actual" if kind != "actual" and self._is_held_beside(sentence, start, period) else kind

    def _told(self, block: Block, sentence: Sentence, start: int, period: Period | None, *, dated: bool) -> ValueKind:
        said = self._said(block, sentence, start, period)
        if self._is_plan and _WORDS["plan_funds"].fullmatch(self._context.folded, sentence.start, start) is not None:
            return "target"
        if said in {None, "actual"} and _WORDS["counted_on"].match(self._context.folded, start) is not None:
            return "estimate"
        if said in {None, "actual"} and self._is_as_of_month(block, start, period):
            return "actual"
        if is_to_come(period, self._context.reference):
            # "Dự ước đến 31/12, 12/16 chỉ tiêu đạt, cụ thể:" above a list
            estimated = said == "estimate" or (said is None and is_part_of_estimate(self._context, block))
            soon = period is not None and period.is_day and estimated
            return "estimate" if soon else "target"
        if said is not None:
            return said
        if not dated and is_part_of_estimate(self._context, block):
            return "estimate"
        if has_barely_begun(period, self._context.reference):
            return "target"
        if lists_targets(self._context, block, period, of_plan=self._plans_ahead):
            return "target"
        if self._is_held(block, period, dated) and not self._done(sentence, start):
            return "target"
        if self._is_plan and not tells_how_things_are(self._context.folded, block) and self._is_ahead(period):
            return "target"
        return "actual"

    def _is_held_beside(self, sentence: Sentence, start: int, period: Period | None) -> bool:
        """Whether brackets beside an aim or an estimate tell what there was at a time that is over.

        ("42% trường đạt chuẩn vào năm 2025 (năm học 2019-2020: 31%)"; a plan in brackets is one all the same)
        """
        reference, folded = self._context.reference, self._context.folded
        opened = opening(folded, start, max(sentence.start, start - _ASIDE_REACH))
        if opened < 0 or period is None or reference is None or period.end > reference:
            return False
        if _WORDS["dated_aside"].match(folded, opened, start) is None:
            return False
        return not any(h.payload in {"goal", "plan", "estimate"} for h in self._context.kinds.within(opened, start))

    def _is_as_of_month(self, block: Block, start: int, period: Period | None) -> bool:
        """Whether a figure is of the end of the month that is not over yet, and told as it is by now.

        ("Tính đến tháng 9/2019, toàn huyện đã trồng 840 ha rừng", published in September)
        """
        day = self._context.reference
        if period is None or day is None or not period.is_day:
            return False
        if period.end < day or (period.end.year, period.end.month) != (day.year, day.month):
            return False
        low = max(block.start, start - _AS_OF_REACH)
        return _WORDS["as_of"].first_in(self._context.folded, low, start) is not None

    def _is_held(self, block: Block, period: Period | None, dated: bool) -> bool:
        """Whether a paragraph goes on with aims of a time: of that one, or of one ahead where nothing else is said."""
        at, aimed = self._held
        if at != block.start:
            return False
        reference = self._context.reference
        if period == aimed or dated or period is None or aimed is None:
            # what is over is aimed at no more
            return period == aimed and (period is None or reference is None or period.end > reference)
        return self._only_aims and reference is not None and period.end <= reference < aimed.end

    def leave(self, block: Block, sentence: Sentence, figures: list[tuple[int, Period | None, ValueKind]]) -> None:
        """After a sentence of goals its period goes on meaning targets, to the end of the paragraph or a result."""
        if not figures:
            return
        _, period, kind = figures[-1]
        if kind != "target":
            self._held = (-1, None)
        elif self._sets_goal(sentence, told=figures[0][2] == "actual"):
            self._held = (block.start, period)
            self._only_aims = all(each == "target" for _, _, each in figures)

    def _sets_goal(self, sentence: Sentence, *, told: bool) -> bool:
        """Whether a sentence names an aim, and not only the one that what it has `told` is held against.

        ("tăng 14,2%, mục tiêu đề ra 14%"; nor one that was given to it: "được giao chỉ tiêu 172 thanh niên")
        """
        folded = self._context.folded
        if _WORDS["given_number"].search(folded, sentence.start, sentence.end) is not None:
            return False
        return any(
            h.payload == "goal" and not (told and _WORDS["beside_result"].search(folded, sentence.start, h.end))
            for h in self._context.kinds.within(sentence.start, sentence.end)
        )

    def _said(self, block: Block, sentence: Sentence, start: int, period: Period | None) -> ValueKind | None:
        """What the nearest deciding cue before a figure says."""
        folded = self._context.folded
        for hit in reversed(self._context.kinds.within(sentence.start, start + 1)):
            between = folded[hit.end : start]
            opened = opening(folded, hit.start, sentence.start) if ")" in between else -1
            if opened >= 0 and _WORDS["estimated_below"].match(folded, opened, start) is None:
                # what brackets say of the figure before
                continue
            before = folded[max(sentence.start, hit.start - 30) : hit.start]
            match hit.payload:
                case "estimate" if not _is_of_loss(before, between, folded[start : sentence.end]) and (
                    (_reaches(between, folded[start : sentence.end]) and self._goes_on(hit, between))
                    or self._spreads(hit, sentence, between)
                ):
                    aimed = folded[hit.start : hit.end].startswith("dự kiến") and has_goal(
                        self._context, sentence, hit.start
                    )
                    return "target" if aimed and self._is_open(period) else "estimate"
                case "done" if _WORDS["lists_results"].match(folded, hit.start, start) is not None:
                    return "actual"
                case "done" if len(between) < 80 and ";" not in between:
                    if folded[hit.start : hit.end] == "đã" and not has_goal(self._context, sentence, hit.start):
                        return "actual"
                case "goal" | "plan" if (
                    is_met(self._context, sentence, hit, start)
                    or is_passed(self._context, sentence, hit, before)
                    or is_effort(self._context, hit, before)
                    or is_purpose(self._context, hit, before, start)
                    or (folded.startswith("mục tiêu", hit.start) and _WORDS["of_budget"].search(before))
                    or self._lists_measures(hit, start, period)
                    or self._labels_result(block, hit, start)
                    or self._turns_to_day(hit, start, period)
                    or self._turns_to_earlier(hit, start)
                    or self._is_of_figure_beside(hit, start)
                ):
                    continue
                case "goal" if not _WORDS["done"].search(between[:60]) and not (
                    "chỉ tiêu" in folded[hit.start : hit.end]
                    and is_held_against(self._context, sentence, hit, before, is_open=self._is_open(period))
                ):
                    return "target"
                case "plan" if (
                    not is_held_against(self._context, sentence, hit, before, is_open=self._is_open(period))
                    and (plans(between) or (self._is_open(period) and opens_plan(self._context, sentence, hit)))
                    and not _RESULT.search(between)
                    # tasks of a time that is over were done
                    and (self._is_open(period) or not folded.startswith(_TASKS, hit.start))
                ):
                    return "target"
                case "pledge" if self._is_ahead(period) and not _WORDS["done"].search(between[:60]):
                    return "target"
                case "modal" if self._is_open(period) and is_requested(self._context, sentence, hit, start):
                    return "target"
                case "modal" if (
                    self._may_be_to_come(sentence, hit, period)
                    and not is_told_of_plan(self._context, start)
                    and len(_up_to_list(between)) < _MODAL_REACH
                    and (folded[hit.start : hit.end] == "sẽ" or _WORDS["doing"].search(between + " "))
                    and not _WORDS["done"].search(between[:40])
                    # what a thing was done for is done with it ("hiến 400 m2 đất để làm 2 km đường")
                    and not (folded[hit.start : hit.end] == "để" and _FIGURE.search(folded, sentence.start, hit.start))
                ):
                    return "target"
        return None

    def _may_be_to_come(self, sentence: Sentence, hit: Hit[str], period: Period | None) -> bool:
        """Whether what a modal stands before may be still to be done: its time is open, or "sẽ" is told of a plan.

        ("Theo kế hoạch, xã sẽ cấy 90 ha", of months that are over)
        """
        folded = self._context.folded
        if self._is_open(period) or folded[hit.start : hit.end] != "sẽ":
            return self._is_open(period)
        return _is_run(period) or _WORDS["all_planned"].match(folded, sentence.start, hit.start) is not None

    def _is_of_figure_beside(self, hit: Hit[str], start: int) -> bool:
        """Whether a plan behind a slash is that of the figure before, and of none behind its own.

        ("gieo trồng 820 ha/KH 800 ha, trong đó lúa 610 ha")
        """
        beside = self._context.folded[max(0, hit.start - 2) : hit.start].rstrip().endswith("/")
        return beside and self._context.quantities.any_within(hit.end, start)

    def _turns_to_day(self, hit: Hit[str], start: int, period: Period | None) -> bool:
        """Whether an item behind a plan tells how things stood on a day that is over.

        ("Kế hoạch vốn năm 2016 là 62 tỷ đồng; đến cuối tháng 3 giải ngân 9 tỷ đồng")
        """
        if period is None or not period.is_day or self._is_open(period):
            return False
        cues = self._context.periods
        index = bisect_left(cues, start, key=lambda cue: cue.start) - 1
        if index < 0 or cues[index].kind not in AS_OF:
            return False
        between = self._context.folded[hit.end : cues[index].start]
        # "Kế hoạch thu năm 2016 là 62 tỷ đồng, đến 30/3 thu 9 tỷ đồng"
        return ";" in between or (between.rstrip().endswith(",") and _FIGURE.search(_YEAR.sub("", between)) is not None)

    def _turns_to_earlier(self, hit: Hit[str], start: int) -> bool:
        """Whether a report named beside a plan begins, behind its colon, with a year before that of the plan.

        ("Báo cáo kết quả năm 2025, nhiệm vụ năm 2026: Năm 2025, thu ngân sách ước đạt ...; hộ nghèo còn 0,9%")
        """
        cues, folded = self._context.periods, self._context.folded
        first, end = (bisect_left(cues, at, key=lambda cue: cue.start) for at in (hit.start, start))
        told = [(c, c.period) for c in cues[first:end] if c.kind == "year" and c.period is not None]
        return any(
            folded[plan.end : cue.start].strip().endswith(":") and period.end < planned.start
            for (plan, planned), (cue, period) in pairwise(told)
        )

    def _lists_measures(self, hit: Hit[str], start: int, period: Period | None) -> bool:
        """Whether a word of aims only names the measures told behind a colon: their year, or part of it, is over."""
        if self._is_open(period) or _is_run(period):
            return False
        return _WORDS["lists_measures"].match(self._context.folded, hit.start, start) is not None

    def _labels_result(self, block: Block, hit: Hit[str], start: int) -> bool:
        """Whether a word of aims only labels an item of what the heading or the lead-in of its list calls results.

        ("Năm 2021 phường đã đạt được những kết quả như sau:", "1. Chỉ tiêu thu ngân sách: đạt 3,2 tỷ đồng")
        """
        folded = self._context.folded
        if folded[block.body_start : hit.start].strip() or _WORDS["label"].match(folded, hit.start, start) is None:
            return False
        above = [*([block.lead_in] if block.lead_in is not None else []), *block.headings[-1:]]
        return any(_WORDS["results_reached"].search(folded, *span) is not None for span in above)

    def _goes_on(self, hit: Hit[str], between: str) -> bool:
        """Whether the items of a list that "ước" has opened go on in one unit; with another they are told anew."""
        if ";" not in between or "trong đó" in between:
            return True
        starts = [hit.end, *(hit.end + mark.end() for mark in _SEMICOLON.finditer(between))]
        figures = self._context.quantities
        firsts = [figures.first_from(start) for start in starts]
        return len({figures[index].unit for index in firsts if index < len(figures)}) == 1

    def _spreads(self, hit: Hit[str], sentence: Sentence, between: str) -> bool:
        """Whether "ước" and a time open a sentence: all that it tells of that time is estimated.

        ("Ước cả năm 2020, ... đạt 5 tỷ đồng; ... đạt 30 tạ")
        """
        return self.opens_estimate(sentence, hit.start) and _YEAR.search(between.partition(";")[2]) is None

    def opens_estimate(self, sentence: Sentence, said: int) -> bool:
        """Whether the word of an estimate at `said` opens its sentence, with the time or the list that is estimated.

        ("Ước tính năng suất, sản lượng một số cây trồng như sau: lúa đạt 51 tạ/ha, sản lượng đạt 300 tấn; ...")
        """
        folded = self._context.folded
        reported = _WORDS["as_reported"].fullmatch(folded, sentence.start, said) is not None
        if not reported and said - sentence.start > _FIRST_WORDS:
            return False
        if _WORDS["estimated_time"].match(folded, said, said + _TIME_REACH) is not None:
            return True
        colon = folded.find(":", said, min(said + _LIST_REACH, sentence.end))
        return colon >= 0 and not has_figure(folded[said:colon])

    def _is_open(self, period: Period | None) -> bool:
        """Whether a period is not over on the day of the article."""
        reference = self._context.reference
        return period is None or reference is None or period.end > reference

    def _is_ahead(self, period: Period | None) -> bool:
        """Whether a time goes on well beyond the day of the article."""
        reference = self._context.reference
        return period is not None and (reference is None or period.end >= reference + _PLAN_AHEAD)

    def _is_of_past_year(self, period: Period | None) -> bool:
        reference = self._context.reference
        return period is not None and reference is not None and period.end.year < reference.year

    def _done(self, sentence: Sentence, start: int) -> bool:
        return _WORDS["done"].search(self._context.folded[sentence.start : start]) is not None


def _up_to_list(between: str) -> str:
    """What stands between a modal and a figure, up to the colon of a list whose items have no verb of their own.

    ("tập trung trồng các cây như: khoai tây 310 ha; cà chua 120 ha; ngô 400 ha")
    """
    head, _, items = between.partition(":")
    return between if _WORDS["own_verb"].search(items) or _WORDS["done"].search(items) else head


def _is_run(period: Period | None) -> bool:
    """Whether a period is a run of years: "trong nhiệm kỳ sẽ ..." is told of the next one."""
    return period is not None and period.is_run_of_years


def _is_of_loss(before: str, between: str, figure: str) -> bool:
    """Whether what was lost was estimated, and a later figure is no sum ("thiệt hại ước 5 triệu, bắt 3 tên")."""
    if _WORDS["loss"].search(before) is None or _FIGURE.search(between) is None:
        return False
    return _WORDS["money"].match(figure) is None


def _reaches(between: str, behind: str = "") -> bool:
    """Whether "ước" still holds: past a semicolon only for what has no verb of its own.

    ("ước thu 30 tỷ đồng; thu nội địa 10 tỷ đồng"); and for the parts of what is estimated, whatever their verb.
    """
    if _WORDS["blamed"].search(between) is not None:
        return False
    if _WORDS["next_field"].search(between) is not None and _WORDS["area"].match(behind) is not None:
        # "lúa 96 ha, năng suất ước đạt 54 tạ/ha, ngô 61 ha"
        return False
    whole, parts, _ = between.rpartition("trong đó")
    if parts and _FIGURE.search(whole) is not None:
        return all(_reaches(whole[: figure.start()]) for figure in _FIGURE.finditer(whole))
    if _WORDS["own_clause"].search(between) is not None or _WORDS["own_time"].search(between) is not None:
        return False
    _, *later = between.split(";")
    if any(_WORDS["own_verb"].search(item) and _FIGURE.search(item) for item in later[:-1]):
        # "ước trồng 90 ha; giao khoán đạt 400 ha; khoanh nuôi 60 ha"
        return False
    own = later[-1] if later else ""
    if ";" in between and not own.strip():
        # an item that opens with its count says behind it what they did ("; 12 xã đạt chuẩn")
        own = _ITEM_END.split(behind, maxsplit=1)[0]
    return _WORDS["own_verb"].search(own) is None and "riêng" not in own
