"""What period an article reports on, as its title or its opening says."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from civic_etl.extract import calendar_period as c
from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import DAY_FORMS, PARTS_OF_A_YEAR, REPORTED
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue, find_periods, number_of_months, number_of_years, quarter_number
from civic_etl.extract.runs_of_years import last_years, named_run
from civic_etl.extract.school_years import school_year_of
from civic_etl.extract.time_roles import is_base, is_held_beside
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("report_period.yaml")
_LOOKS_BACK, _LOOKS_AHEAD, _NEUTRAL_PLAN, _CARRIED_OUT, _AND, _SETTLED, _MEASURES = (
    _PATTERNS[key] for key in ("looks_back", "looks_ahead", "neutral_plan", "carried_out", "and", "settled", "measures")
)
_OF_DAY = _PATTERNS["of_day"]
_MIDYEAR, _YEAREND, _SEASON_TITLE, _CALL_UP, _SESSION, _SPECIAL, _RECOGNISED = (
    _PATTERNS[key] for key in ("midyear", "yearend", "season_title", "call_up", "session", "special", "recognised")
)
_SENTENCE_END = re.compile(r"[\n…]|\.(?!\d)")
_DIGITS = re.compile(r"\d+")
_OPENING = 800
# the first months of a year are reported on at most so many months later
_LATE = 4
# when councils hold their regular meetings
_SUMMER_SESSION, _WINTER_SESSION = 7, frozenset({12, 1})
# lines of a page's header are shorter
_LINE = 60
_SEEN_BEFORE = 140
_STAGES = ("giai đoạn", "thời kỳ")
# ... and in a title any run of years that is written out
_RUNS = frozenset({"term", "year_range", "bare_range"})
_HALF_A_MONTH = timedelta(days=14)
# a bulletin tells of a day that was over at most so long ago
_FRESH = timedelta(days=7)
# measures are told of a time from so long before its end
_NEARLY = timedelta(days=10)


def report_period(text: TimeText, blocks: list[Block]) -> Period | None:
    """The period that the title reports on, else the opening paragraphs where they speak of a review; None without."""
    # "10 năm" of a title are those that the opening writes out ("tổng kết 10 năm thực hiện chương trình (2010-2019)")
    found = _best(text.title, text.title_cues, text.reference, bare=True, runs=text.between(0, _OPENING))
    if found is not None:
        return _halved(_lengthened(found, text, blocks), text)
    day = _day_of_bulletin(text)
    if day is not None:
        return day
    for block in _first_blocks(blocks):
        opening = text.folded[block.start : block.end]
        # only what follows a word of review counts here
        if _LOOKS_BACK.search(opening) is None:
            continue
        # what dates one figure, or is what something is compared with, is not what is reported on
        of_figures = {
            c.start - block.start for c in text.between(block.start, block.end) if text.roles.of(c) in {"bound", "base"}
        }
        cues = [cue for cue in find_periods(opening, text.reference) if cue.start not in of_figures]
        found = _best(opening, cues, text.reference, bare=False)
        if found is not None and not _is_history(found, text):
            return _lengthened(found, text, [block])
    return _of_meeting(text) if text.reference is not None else None


def _day_of_bulletin(text: TimeText) -> Period | None:
    """The day just over that the title of a bulletin names."""
    for cue in text.title_cues:
        period, reference = cue.period, text.reference
        if cue.kind != "date" or period is None or reference is None:
            continue
        if timedelta(0) <= reference - period.end <= _FRESH and _OF_DAY.search(text.title, 0, cue.start):
            return period
    return None


def _is_history(period: Period, text: TimeText) -> bool:
    """Whether a period was over long before the article was published: it is told of, not reported on."""
    return text.is_published and text.reference is not None and period.end.year < text.reference.year - 1


def _lengthened(found: Period, text: TimeText, blocks: list[Block]) -> Period:
    """Of a month or a quarter all the year so far, where the opening reviews that too.

    ("đánh giá tình hình tháng 3 và quý I")
    """
    if not found.is_month_or_quarter:
        return found
    for block in _first_blocks(blocks):
        for cue in text.between(block.start, block.end):
            if cue.kind not in PARTS_OF_A_YEAR or text.roles.of(cue) == "base":
                continue
            if text.quantities.any_within(block.start, cue.start):
                # figures are told: "tháng 8 thực hiện 12 tỷ đồng, lũy kế 8 tháng 80 tỷ đồng" sums one of them up
                break
            before = _SENTENCE_END.split(text.before(cue, _SEEN_BEFORE))[-1]
            if outlook(before) != "back":
                continue
            longer = cue.period or _relative(cue, text.words(cue), text.reference)
            if longer is not None and longer.sums_up(found):
                return longer
    return found


def _halved(found: Period, text: TimeText) -> Period:
    """Of the year that a mid-year meeting is named by ("Kỳ họp giữa năm 2021") the half that it reviews."""
    reference = text.reference
    if reference is None or not found.is_calendar_year or found.end.year != reference.year:
        return found
    return c.half(reference.year, 1) if 6 <= reference.month <= 9 and _MIDYEAR.search(text.title) else found


def _of_meeting(text: TimeText) -> Period | None:
    """What the regular meetings of a council review; of a harvest its year; that of a call-up."""
    reference = text.reference
    if reference is None:
        return None
    opening = text.title + "\n" + text.folded[:_OPENING]
    session = _SESSION.search(opening) is not None and _SPECIAL.search(opening) is None
    if (6 <= reference.month <= 9 and _MIDYEAR.search(opening)) or (session and reference.month == _SUMMER_SESSION):
        return c.half(reference.year, 1)
    year_end = reference.month >= 11 or reference.month <= 2
    if year_end and (_YEAREND.search(opening) or (session and reference.month in _WINTER_SESSION)):
        return c.year(reference.year if reference.month >= 11 else reference.year - 1)
    if is_of_harvest(text.title):
        return c.year(reference.year)
    called_up = _CALL_UP.first_in(opening)
    return c.year(int(called_up["year"])) if called_up is not None else None


def is_of_harvest(title: str) -> bool:
    """Whether a title speaks of a harvest, whose year is reported on all along."""
    return _SEASON_TITLE.first_in(title) is not None


def _first_blocks(blocks: list[Block]) -> list[Block]:
    """The paragraphs that open an article: two, not counting the lines of a page's header."""
    found: list[Block] = []
    for block in blocks[:8]:
        if block.kind != "row":
            found.append(block)
        if sum(1 for b in found if b.end - b.start > _LINE) == 2:
            break
    return found


def _best(
    text: str, cues: list[PeriodCue], reference: date | None, *, bare: bool, runs: Sequence[PeriodCue] = ()
) -> Period | None:
    """The first cue that is reported on; `bare` lets one count without a word that looks back.

    Years told by their number are the first of theirs, or of `runs`, that is so long.
    """
    for index, cue in enumerate(cues):
        stage = cue.kind in _RUNS if bare else text.startswith(_STAGES, cue.start)
        of_stage = stage and _is_reviewed(cue, cues, reference)
        if (cue.kind not in REPORTED and not of_stage) or (cue.kind in DAY_FORMS and not bare):
            continue
        before = text[max(0, cue.start - _SEEN_BEFORE) : cue.start]
        if _SETTLED.search(before) is not None or _RECOGNISED.search(before) is not None:
            # a budget is settled in the year after it, beside what is reported on; who asks to be recognised tells how
            # things are
            continue
        if is_base(before) or is_held_beside(before):
            # "10/10 chỉ tiêu tăng so với cùng kỳ năm 2024" reports on the time after it
            continue
        period = cue.period or _relative(cue, text[cue.start : cue.end], reference)
        if cue.kind == "years":
            period = _years(text[cue.start : cue.end], [*cues, *runs], reference)
        seen = outlook(before)
        if seen == "ahead" and bare and _is_over(period, reference) and _MEASURES.fullmatch(before) is not None:
            # measures of a time that is over are told, not aimed at
            seen = "back"
        if seen == "ahead" or (seen != "back" and (of_stage or not bare)):
            continue
        if period is not None and not (reference is not None and _has_not_been(period, reference)):
            return _with_all_so_far(text, cue, period, cues[index + 1 :], reference) if bare else period
    return None


def _is_over(period: Period | None, reference: date | None) -> bool:
    return period is not None and reference is not None and period.end <= reference + _NEARLY


def _is_reviewed(stage: PeriodCue, cues: list[PeriodCue], reference: date | None) -> bool:
    """Whether a stage is all that is reviewed: it has just ended, and no other time is named."""
    period = stage.period
    if period is None or reference is None or any(c.kind in REPORTED for c in cues):
        return False
    return reference.year - 1 <= period.end.year <= reference.year and period.start.year < period.end.year


def _has_not_been(period: Period, reference: date) -> bool:
    """Whether a period has not begun, or is a month of which less than half is over."""
    month = (period.end - period.start).days in range(27, 31)
    return period.start + (_HALF_A_MONTH if month else timedelta(0)) > reference


def _with_all_so_far(
    text: str, cue: PeriodCue, period: Period, following: list[PeriodCue], reference: date | None
) -> Period:
    """Of a month and all the year so far ("tháng 3 và quý I năm 2026") the longer.

    The figures are of that unless they say so.
    """
    if cue.kind not in {"month", "bare_month"} or not following:
        return period
    second = following[0]
    if _AND.fullmatch(text, cue.end, second.start) is None:
        return period
    longer = second.period or _relative(second, text[second.start : second.end], reference)
    return longer if longer is not None and longer.start <= period.start and longer.end == period.end else period


def outlook(before: str) -> str:
    """ "back", "ahead" or "" by the last word that governs what follows."""
    before = _CARRIED_OUT.sub(lambda m: "kết quả".ljust(len(m[0])), before)
    back = [m.start() for m in _LOOKS_BACK.finditer(before)]
    ahead = [m.start() for m in _LOOKS_AHEAD.finditer(before)]
    if back and (not ahead or back[-1] > ahead[-1]):
        return "back"
    return "ahead" if ahead or _NEUTRAL_PLAN.search(before[-40:]) else ""


def _relative(cue: PeriodCue, words: str, reference: date | None) -> Period | None:
    """The period of a cue without its year: the latest that is over, or going on."""
    if reference is None:
        return None
    late = reference.year - 1 if reference.month <= 2 else reference.year
    match cue.kind:
        case "months_to_date" | "months":
            return _months(words, reference)
        case "half":
            return c.half(late, 2 if "cuối" in words else 1)
        case "quarter":
            number = quarter_number(words)
            return c.quarter(reference.year if 3 * number - 2 <= reference.month else reference.year - 1, number)
        case "bare_month":
            number = int(_DIGITS.findall(words)[0])
            if not 1 <= number <= 12:
                return None
            return c.month(reference.year if number <= reference.month else reference.year - 1, number)
        case "this_year":
            return c.year(late)
        case "school_year_now" | "school_year_new":
            return school_year_of(cue.kind, None, reference)
        case _:
            return None


def _years(words: str, cues: list[PeriodCue], reference: date | None) -> Period | None:
    count = number_of_years(words)
    return named_run(count, cues, reference) or last_years(count, reference, None)


def _months(words: str, reference: date) -> Period | None:
    count, part = number_of_months(words) or (0, "")
    if not 1 <= count <= 12:
        return None
    of = reference.year - 1 if reference.month <= 2 and count > reference.month else reference.year
    if not part and reference.month - count > _LATE:
        # months of some work that has been going on, and not the first of the year
        return None
    return c.half(of, 2) if part == "cuối" and count == 6 else c.months_from_january(of, count)
