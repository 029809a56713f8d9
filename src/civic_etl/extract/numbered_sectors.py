"""The three sectors of an economy by their numbers, and what each of them is told to have in that order."""

from dataclasses import replace
from itertools import pairwise

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.lexicon import read_data
from civic_etl.indicators import load_catalogue
from civic_etl.pattern import Pattern

_DATA = read_data("respective.yaml")
_NUMBERED, _AGAIN, _JOINT = (Pattern(_DATA[key]) for key in ("numbered", "again", "joint"))
_SECTORS: tuple[str, ...] = tuple(_DATA["sectors"])
# so far before the first figure the numbers may stand
_REACH = 60


def dealt_by_number(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, those behind the numbers of the sectors each with its own.

    ("cơ cấu giữa khu vực I, II, III là 27%; 38%; 35% (kế hoạch 26%; 39%; 35%)")
    """
    result, count = list(drafts), len(_SECTORS)
    index, again = 0, False
    while index + count <= len(result):
        if (again or _is_numbered(context, result[index])) and _is_list(context, result[index : index + count]):
            for at, sector in enumerate(_SECTORS, index):
                result[at] = replace(result[at], breakdown=result[at].breakdown | {"sector": sector})
            index += count
            again = index < len(result) and _goes_on(context, result[index - 1], result[index])
        else:
            index, again = index + 1, False
    return result


def _is_numbered(context: Context, draft: Draft) -> bool:
    """Whether the numbers of all sectors stand right before a figure that may be of one."""
    indicator = load_catalogue().get(draft.code)
    if indicator is None or not set(_SECTORS) <= set(indicator.breakdowns.get("sector", ())):
        return False
    start = draft.quantity.start
    return _NUMBERED.search(context.folded, max(draft.sentence.start, start - _REACH), start) is not None


def _is_list(context: Context, run: list[Draft]) -> bool:
    """Whether figures of one indicator and unit stand side by side, only joints between them."""
    alike = {(draft.code, draft.quantity.unit, draft.measure) for draft in run}
    return len(alike) == 1 and all(
        _JOINT.fullmatch(context.folded, before.quantity.end, draft.quantity.start) is not None
        for before, draft in pairwise(run)
    )


def _goes_on(context: Context, last: Draft, first: Draft) -> bool:
    """Whether brackets behind the last figure tell the same of another plan or time, from a first figure on."""
    same = first.code == last.code and first.sentence == last.sentence
    return same and _AGAIN.fullmatch(context.folded, last.quantity.end, first.quantity.start) is not None
