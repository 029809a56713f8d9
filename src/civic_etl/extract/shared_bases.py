"""What two changes are held against that are told in one breath, though only one says so."""

from dataclasses import replace

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import CHANGES
from civic_etl.extract.patterns import compiled
from civic_etl.indicators import load_catalogue

_JOINED, _HELD_AGAINST, _OF_THEN = (
    compiled("figure_words.yaml", key) for key in ("change_joined", "held_against_base", "prior_growth")
)


def with_shared_bases(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, the first of two changes of one matter with the base told behind the second.

    ("hộ nghèo giảm 1,4%, hộ cận nghèo giảm 0,9% so với đầu năm", "tăng 22 tỷ đồng, tăng 5,4% so với đầu năm"; of a run
    all of them: "giảm 2 vụ, giảm 1 người chết, giảm 5 người bị thương so với tháng trước"); what a growth was a year
    ago with that of the growth ("tăng 8% so với đầu năm, cao hơn mức tăng cùng kỳ (7%)").
    """
    result = list(drafts)
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
