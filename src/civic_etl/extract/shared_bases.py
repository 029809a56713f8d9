"""What two changes are held against that are told in one breath, though only one says so."""

from dataclasses import replace

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import CHANGES
from civic_etl.extract.patterns import compiled
from civic_etl.extract.qualifiers import base_of
from civic_etl.indicators import load_catalogue

_JOINED, _HELD_AGAINST, _OF_THEN, _TIMES_BEHIND, _PAIR_JOINED = (
    compiled("figure_words.yaml", key)
    for key in ("change_joined", "held_against_base", "prior_growth", "times_behind", "pair_joined")
)


def with_shared_bases(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, the first of two changes of one matter with the base told behind the second.

    ("hộ nghèo giảm 1,4%, hộ cận nghèo giảm 0,9% so với đầu năm", "tăng 22 tỷ đồng, tăng 5,4% so với đầu năm"; of a run
    all of them: "giảm 2 vụ, giảm 1 người chết, giảm 5 người bị thương so với tháng trước"); what a growth was a year
    ago with that of the growth ("tăng 8% so với đầu năm, cao hơn mức tăng cùng kỳ (7%)").
    """
    result = _dealt_by_pairs(context, drafts)
    shared = False
    for index in range(len(result) - 1, 0, -1):
        first, second = result[index - 1], result[index]
        shared = _is_shared(context, first, second, told_on=shared)
        if shared:
            base = second.breakdown["base"]
            result[index - 1] = replace(first, breakdown=first.breakdown | {"base": base})
    for index, second in enumerate(result[1:], 1):
        first = result[index - 1]
        if "base" in first.breakdown and _is_of_then(context, first, second):
            result[index] = replace(second, breakdown=second.breakdown | {"base": first.breakdown["base"]})
    return result


def _dealt_by_pairs(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, two changes in one breath each with one of two times told behind the second.

    ("khai khoáng tăng 2% và 6%; chế biến tăng 4% và 9% so với tháng trước và cùng kỳ năm trước": so all such pairs)
    """
    result, times = list(drafts), None
    index = len(result) - 1
    while index > 0:
        first, second = result[index - 1], result[index]
        named = _TIMES_BEHIND.match(context.folded, second.quantity.end, second.sentence.end)
        if named is not None:
            times = named[1], named[2]
        if times is None or not _is_pair(context, first, second):
            # what stands between is no pair: those before it are held against something else
            times, index = None, index - 1
            continue
        for at, draft, time in ((index - 1, first, times[0]), (index, second, times[1])):
            base = base_of(time, draft.period)
            told = {k: v for k, v in draft.breakdown.items() if k != "base"}
            result[at] = replace(draft, breakdown=told | ({"base": base} if base else {}))
        index -= 2
    return result


def _is_pair(context: Context, first: Draft, second: Draft) -> bool:
    """Whether two changes of one indicator are told in one breath, with nothing but a joint between."""
    alike = (first.code, first.measure, first.period) == (second.code, second.measure, second.period)
    if not alike or first.measure not in CHANGES:
        return False
    return _PAIR_JOINED.fullmatch(context.folded, first.quantity.end, second.quantity.start) is not None


def _is_shared(context: Context, first: Draft, second: Draft, *, told_on: bool) -> bool:
    """Whether a change is held against what the next one is; `told_on` where that has it from the one behind it."""
    if "base" in first.breakdown or "base" not in second.breakdown or first.period != second.period:
        return False
    # "tăng 30 triệu đồng và gấp 1,8 lần so với đầu nhiệm kỳ"
    again = first.code == second.code and second.measure == "multiple"
    if first.measure not in CHANGES or not (again or second.measure in CHANGES):
        return False
    if first.code != second.code and (first.quantity.unit in RATES) != (second.quantity.unit in RATES):
        return False
    folded, end = context.folded, second.quantity.end
    told = told_on or _HELD_AGAINST.match(folded, end, second.sentence.end) is not None
    if not told or not _is_of_one_matter(first, second):
        return False
    return _JOINED.fullmatch(folded, first.quantity.end, second.quantity.start) is not None


def _is_of_then(context: Context, first: Draft, second: Draft) -> bool:
    """Whether a growth is that of the same indicator a year ago, held beside the one before it."""
    if first.code != second.code or not {first.measure, second.measure} <= CHANGES or "base" in second.breakdown:
        return False
    return _OF_THEN.search(context.folded, first.quantity.end, second.quantity.start) is not None


def _is_of_one_matter(first: Draft, second: Draft) -> bool:
    """Whether two indicators are of one domain of the catalogue."""
    known = load_catalogue()
    one, other = known.get(first.code), known.get(second.code)
    return one is not None and other is not None and one.domain == other.domain
