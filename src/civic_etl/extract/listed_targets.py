"""Items below a heading or a lead-in of targets."""

from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns

_WORDS = patterns("kind_words.yaml")
# a time that has no longer to go is as good as over
_OVER = timedelta(days=20)


def lists_targets(context: Context, block: Block, period: Period | None, *, of_plan: bool) -> bool:
    """Whether a block opens as a plan, or is an item below a heading or a lead-in of targets that tells no result.

    A heading that only names a group of measures ("1. Chỉ tiêu về kinh tế") leaves it to those above it, and what
    names measures of a time that is as good as over ("Một số chỉ tiêu chủ yếu như sau:") lists results, but `of_plan`,
    in an article whose title is that of a plan for the next year.
    """
    opening = context.folded[block.start : block.start + 90]
    over = not of_plan and _is_as_good_as_over(period, context.reference)
    if (
        _WORDS["opens_plan"].match(opening)
        and not (over and _WORDS["measures"].fullmatch(opening.partition(":")[0]))
        and not _WORDS["met"].search(opening)
        and not _WORDS["heading_result"].search(opening)
    ):
        return True
    spans = [
        *([block.lead_in] if block.lead_in and block.kind in {"bullet", "row", "paragraph"} else []),
        *reversed(block.headings),
    ]
    # all that a plan lists below its headings is planned
    targets = of_plan and bool(block.headings)
    for start, end in spans:
        text = context.folded[start:end]
        is_lead_in = (start, end) == block.lead_in
        result = _WORDS["lead_in_result"].search(text) if is_lead_in else _WORDS["heading_result"].search(text)
        if result and not _WORDS["set_out"].search(text):
            return False
        if over and _WORDS["measures"].fullmatch(text) is not None:
            continue
        if _WORDS["heading_target"].search(text) and not _WORDS["reached"].search(text):
            targets = True
            if _WORDS["rest_of_year"].search(text) is not None:
                # "Nhiệm vụ 3 tháng cuối năm": "thu ngân sách cả năm đạt 105% dự toán"
                return True
            if _WORDS["group_of_measures"].fullmatch(text) is None:
                break
    return targets and _WORDS["held_against_plan"].search(context.folded, block.start, block.end) is None


def _is_as_good_as_over(period: Period | None, reference: date | None) -> bool:
    """Whether a year or a part of one has hardly any days to go; after a term its successor is spoken of."""
    if period is None or reference is None or period.is_run_of_years:
        return False
    return period.start < period.end <= reference + _OVER
