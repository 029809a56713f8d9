"""What period an article reports on, as its title or its opening says."""

import re
from datetime import date

from civic_etl.extract import periods as p
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block
from civic_etl.extract.normal import normalise
from civic_etl.extract.periods import Period, PeriodCue

# the last of these before a time expression says whether it is reported on or planned for
_LOOKS_BACK = re.compile(
    r"tổng kết|kết quả|đánh giá|sơ kết|tình hình|kiểm điểm|nhìn lại|báo cáo|thành tựu|dấu ấn|thực hiện được|ước thực hiện"
)
_LOOKS_AHEAD = re.compile(r"triển khai|phương hướng|mục tiêu|phấn đấu|ra quân|giao chỉ tiêu|dự kiến|định hướng")
_NEUTRAL_PLAN = re.compile(r"nhiệm vụ|kế hoạch|dự toán|chỉ tiêu|phát triển kinh tế|nghị quyết")
_CARRIED_OUT = re.compile(
    r"(?:tổng kết|kết quả|đánh giá|sơ kết|tình hình|kiểm điểm|báo cáo)[^.;:]{0,50}thực hiện (?:các |những |một số )?"
    r"(?:nghị quyết|nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch)(?:(?:\s*,\s*|\s+và\s+|\s+)(?:các |những )?(?:nhiệm vụ|mục tiêu|chỉ tiêu|giải pháp|kế hoạch))*"
)
_KINDS = frozenset(
    {
        "months_to_date",
        "half",
        "months",
        "quarter",
        "month",
        "year",
        "year_end",
        "season",
        "this_year",
        "bare_month",
        "school_year",
        "to_month",
        "as_of_month",
        "as_of",
        "school_year_now",
        "to_date",
    }
)
_OPENING = 800
_LINE = 60
_DAY_FORMS = frozenset({"as_of", "as_of_month", "to_month"})
_AND = re.compile(r"\s*(?:,|và|,? và|-|–)\s*")
_MIDYEAR = re.compile(r"(?:kỳ họp|hội nghị|phiên họp|sơ kết|họp)[^.;\n]{0,40}giữa năm|giữa năm \d{4}")
_YEAREND = re.compile(r"(?:kỳ họp|hội nghị|phiên họp|họp)[^.;\n]{0,40}cuối năm")
_SEASON_TITLE = re.compile(
    r"(?<!nhiệm )(?<!dịch )(?<!phục )(?<!chức )(?<!nghiệp )(?<!thời )(?<!học )(?<!công )\b(?:niên vụ|vụ|mùa) (?!án|việc|cháy|tai nạn|trưởng|thi|bão|lũ|hội)[^\W\d_]+"
)


def report_period(context: Context, reference: date | None) -> Period | None:
    """The period that the title reports on, else the opening paragraphs where they speak of a review; None without."""
    title = normalise(context.document.title).folded
    found = _best(title, p.find_periods(title, reference), reference, bare=True)
    if found is not None:
        return found
    for block in _first_blocks(context):
        text = context.folded[block.start : block.end]
        found = _best(text, p.find_periods(text, reference), reference, bare=False)
        if found is not None:
            return found
    opening = title + "\n" + context.folded[:_OPENING]
    if reference is not None and _MIDYEAR.search(opening) and 6 <= reference.month <= 9:
        return p.half(reference.year, 1)
    if reference is not None and _YEAREND.search(opening) and (reference.month >= 11 or reference.month <= 2):
        return p.year(reference.year if reference.month >= 11 else reference.year - 1)
    if _SEASON_TITLE.search(title) and reference is not None:
        return p.year(reference.year)
    return None


def _first_blocks(context: Context) -> list[Block]:
    """The paragraphs that open an article: two, not counting the lines of a page's header."""
    found: list[Block] = []
    for block in context.blocks[:8]:
        if block.kind != "row":
            found.append(block)
        if sum(1 for b in found if b.end - b.start > _LINE) == 2:
            break
    return found


def _best(text: str, cues: list[PeriodCue], reference: date | None, *, bare: bool) -> Period | None:
    """The first cue that is reported on; `bare` lets one count without a word that looks back."""
    for index, cue in enumerate(cues):
        if cue.kind not in _KINDS:
            continue
        seen = outlook(text[max(0, cue.start - 140) : cue.start])
        if seen == "ahead" or (seen != "back" and not bare):
            continue
        if cue.kind in _DAY_FORMS and not bare:
            continue
        period = cue.period or _relative(cue, text[cue.start : cue.end], reference)
        if period is not None and not (reference is not None and period.start > reference):
            return _with_all_so_far(text, cue, period, cues[index + 1 :], reference) if bare else period
    return None


def _with_all_so_far(
    text: str, cue: PeriodCue, period: Period, following: list[PeriodCue], reference: date | None
) -> Period:
    """Of a month and all the year so far ("tháng 3 và quý I năm 2026") the longer, which the figures are of unless they say so."""
    if (
        cue.kind not in {"month", "bare_month"}
        or not following
        or _AND.fullmatch(text, cue.end, following[0].start) is None
    ):
        return period
    longer = following[0].period or _relative(following[0], text[following[0].start : following[0].end], reference)
    return longer if longer is not None and longer.start <= period.start and longer.end == period.end else period


def outlook(before: str) -> str:
    """ "back", "ahead" or "" by the last word that governs what follows."""
    # what was carried out is looked back on, whatever it was planned as
    before = _CARRIED_OUT.sub(lambda m: "kết quả".ljust(len(m[0])), before)
    back = [m.start() for m in _LOOKS_BACK.finditer(before)]
    ahead = [m.start() for m in _LOOKS_AHEAD.finditer(before)]
    if back and (not ahead or back[-1] > ahead[-1]):
        return "back"
    if ahead or _NEUTRAL_PLAN.search(before[-40:]):
        return "ahead"
    return ""


def _relative(cue: PeriodCue, text: str, reference: date | None) -> Period | None:
    if reference is None:
        return None
    late = reference.year - 1 if reference.month <= 2 else reference.year
    match cue.kind:
        case "months_to_date" | "months":
            count, part = p.number_of_months(text) or (0, "")
            year = reference.year - 1 if reference.month <= 2 and count > reference.month else reference.year
            if not 1 <= count <= 12:
                return None
            return p.half(year, 2) if part == "cuối" and count == 6 else p.months_from_january(year, count)
        case "half":
            return p.half(late, 2 if "cuối" in text else 1)
        case "quarter":
            number = p.quarter_number(text)
            return p.quarter(reference.year if 3 * number - 2 <= reference.month else reference.year - 1, number)
        case "bare_month":
            number = int(re.findall(r"\d+", text)[0])
            if not 1 <= number <= 12:
                return None
            return p.month(reference.year if number <= reference.month else reference.year - 1, number)
        case "this_year":
            return p.year(late)
        case "school_year_now":
            return p.school_year(reference.year if reference.month >= 7 else reference.year - 1)
        case _:
            return None
