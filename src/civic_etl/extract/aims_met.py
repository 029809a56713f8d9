"""Aims and plans that results are told beside: reached, gone beyond, or what a result is held against."""

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit

_WORDS = patterns("kind_words.yaml")
_MET_REACH = 90
# ... and in the sentence before
_MET_BEFORE = 120
_PLAN_REACH = 20
# a figure so near behind a plan is the plan's
_NEAR = 45


def plans(between: str) -> bool:
    """Whether the words between a plan and a figure make the figure the plan's."""
    return (
        (":" in between.partition(";")[0] and _WORDS["says"].search(between) is None)
        or _WORDS["plans"].search(between) is not None
        or (len(between) < _NEAR and "%" not in between and ";" not in between)
    )


def opens_plan(context: Context, sentence: Sentence, hit: Hit[str]) -> bool:
    """Whether a plan opens a sentence that tells what it is ("Theo kế hoạch của huyện, ...")."""
    return _WORDS["all_planned"].match(context.folded, sentence.start, hit.end + _PLAN_REACH) is not None


def is_held_against(context: Context, sentence: Sentence, hit: Hit[str], before: str, *, is_open: bool) -> bool:
    """Whether a plan is one that a result is held against; of an open time "theo kế hoạch" may open what is planned."""
    if _WORDS["set_by_number"].search(before):
        return False
    if is_open and _WORDS["by_plan"].fullmatch(context.folded, sentence.start, hit.start):
        return False
    if _WORDS["has"].search(before) and _WORDS["doing"].match(context.folded, hit.end + 1):
        # "huyện có kế hoạch gieo cấy 4.800 ha"
        return False
    return _WORDS["held_against"].search(before) is not None


def is_passed(context: Context, sentence: Sentence, hit: Hit[str], before: str) -> bool:
    """Whether an aim is what a result reached or went beyond, or one that was carried out.

    ("giảm 3,9%, vượt mục tiêu 0,4%", "thực hiện thắng lợi các mục tiêu; hộ nghèo còn 2%")
    """
    folded = context.folded
    near = max(sentence.start, hit.start - _MET_REACH)
    passed = folded.startswith("mục tiêu", hit.start) and _WORDS["passed"].search(before) is not None
    if not passed and _WORDS["carried_out"].search(folded, near, hit.end) is None:
        return False
    return _WORDS["still_aimed"].search(folded, sentence.start, hit.start) is None


def is_met(context: Context, sentence: Sentence, hit: Hit[str], start: int) -> bool:
    """Whether targets are named because they were reached ("nhiều chỉ tiêu đạt và vượt kế hoạch như: ...").

    Words that only take up what the sentence before told of them say so, too ("Các chỉ tiêu đều đạt. Cụ thể, một số chỉ
    tiêu như: ...").
    """
    folded = context.folded
    low, high = max(sentence.start, hit.start - _MET_REACH), min(start, hit.end + _MET_REACH)
    if _WORDS["taken_up"].fullmatch(folded, sentence.start, hit.start) is not None:
        low = max(0, sentence.start - _MET_BEFORE)
    if _WORDS["met_plans"].search(folded, low, high) is None:
        return False
    return _WORDS["still_aimed"].search(folded, min(low, sentence.start), high) is None


def is_effort(context: Context, hit: Hit[str], before: str) -> bool:
    """Whether it is told that people strove, and not what for ("đã nỗ lực phấn đấu và đạt nhiều kết quả")."""
    return context.folded.startswith("phấn đấu", hit.start) and _WORDS["strove"].search(before) is not None


def is_purpose(context: Context, hit: Hit[str], before: str, start: int) -> bool:
    """Whether an aim is what something was done for ("với mục tiêu không ai bị bỏ lại, xã đã trao 120 suất quà")."""
    if not context.folded.startswith("mục tiêu", hit.start) or _WORDS["for_an_aim"].search(before) is None:
        return False
    return _WORDS["did"].search(context.folded, hit.end, start) is not None


def is_told_of_plan(context: Context, start: int) -> bool:
    """Whether a figure, or the ratio behind it, is how far a plan was met, whatever is to be done before it.

    ("tháng 11, các xã tập trung thu hoạch lúa, thu ngân sách đạt 94% kế hoạch")
    """
    return _WORDS["ratio_to_plan"].match(context.folded, start) is not None


def has_goal(context: Context, sentence: Sentence, end: int) -> bool:
    """Whether a sentence has named an aim before a position."""
    return any(h.payload == "goal" for h in context.kinds.within(sentence.start, end))
