"""The structure of an economy told as bare shares, in the order in which its sectors were told of before."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from civic_etl.extract.branch_shares import STRUCTURE
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.patterns import patterns
from civic_etl.extract.unexpressed import SUM
from civic_etl.indicators import load_catalogue

_WORDS = patterns("respective.yaml")
# a cue stands so near before the first share, and its sectors so near before that
_CUE_REACH, _REACH = 60, 700
_FEWEST = 3
_ALL, _ROUNDED = Decimal(100), Decimal(1)


def in_order_of_sectors(context: Context, drafts: list[Draft], told: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence, its bare shares each with the sector that was told of at its place.

    `told` are the drafts before the sentence, the last one last. ("... nông nghiệp 61 tỷ; công nghiệp 24 tỷ; dịch vụ 33
    tỷ đồng. Cơ cấu kinh tế tương ứng: 51,5% - 20,3% - 28,2%")
    """
    for first, draft in enumerate(drafts):
        again = _is_told_again(context, drafts, first)
        run = _run(context, drafts[first:], again=again) if again or _is_led_in(context, draft) else []
        if len(run) < _FEWEST or abs(sum(each.value for each in run) - _ALL) > _ROUNDED:
            continue
        before = drafts[max(0, first - len(run)) : first]
        sectors = _of_structure(before) if again else _sectors(told, draft.quantity.start)
        if len(sectors) != len(run):
            continue
        dealt = [
            replace(
                each, code=STRUCTURE, measure="share", breakdown=_apart(each) | {"sector": sector}, rules=_known(each)
            )
            for each, sector in zip(run, sectors, strict=True)
        ]
        return [*drafts[:first], *dealt, *drafts[first + len(run) :]]
    return drafts


def _is_led_in(context: Context, draft: Draft) -> bool:
    start = draft.quantity.start
    if draft.quantity.unit != "percent" or "sector" in draft.breakdown:
        return False
    low = max(draft.sentence.start, start - _CUE_REACH)
    return _WORDS["structure"].search(context.folded, low, start) is not None


def _is_told_again(context: Context, drafts: list[Draft], first: int) -> bool:
    """Whether brackets behind the shares of sectors open those of another time or of the plan.

    ("nông nghiệp 41%, công nghiệp 29%, dịch vụ 30% (năm 2005 tương ứng là 58%, 17% và 25%)")
    """
    if first < _FEWEST or drafts[first].quantity.unit != "percent":
        return False
    before, start = drafts[first - 1], drafts[first].quantity.start
    of_sector = before.code == STRUCTURE and before.measure == "share" and "sector" in before.breakdown
    return of_sector and _WORDS["again"].fullmatch(context.folded, before.quantity.end, start) is not None


def _of_structure(shares: list[Draft]) -> list[str]:
    """The sectors whose shares are told, where all of them are."""
    sectors = [d.breakdown["sector"] for d in shares if d.code == STRUCTURE and "sector" in d.breakdown]
    return sectors if len(set(sectors)) == len(shares) else []


def _run(context: Context, drafts: list[Draft], *, again: bool) -> list[Draft]:
    """The first drafts that are shares with only joints between them; without a sector, unless all are told again."""
    run = drafts[:1]
    for before, draft in pairwise(drafts):
        joint = _WORDS["joint"].fullmatch(context.folded, before.quantity.end, draft.quantity.start)
        if joint is None or draft.quantity.unit != "percent" or ("sector" in draft.breakdown and not again):
            break
        run.append(draft)
    return run


def _sectors(told: Sequence[Draft], position: int) -> list[str]:
    """The sectors told of last before a position, each once, in their order."""
    indicator = load_catalogue().get(STRUCTURE)
    known = set(indicator.breakdowns["sector"]) if indicator is not None else set()
    near = (d for d in told if 0 <= position - d.quantity.end <= _REACH)
    return list(dict.fromkeys(s for d in near if (s := d.breakdown.get("sector")) in known and s is not None))


def _known(draft: Draft) -> tuple[str, ...]:
    """The rules of a share that is of no sum of several sectors any more."""
    return tuple(rule for rule in draft.rules if rule != SUM)


def _apart(draft: Draft) -> dict[str, str]:
    """What else a share was told with, but for what it was held to be a part of."""
    return {key: value for key, value in draft.breakdown.items() if key == "plan"}
