"""The structure of an economy told as what its sectors "reach", side by side, and no plan of theirs is named."""

from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from civic_etl.extract.branch_shares import STRUCTURE
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.patterns import patterns
from civic_etl.indicators import load_catalogue

_WORDS = patterns("respective.yaml")
_VALUES = frozenset({"production_value", "value_added", STRUCTURE})
_MEASURES = frozenset({"plan_ratio", "share"})
_SECTOR = "sector"
# shares of all sectors, and of the two largest of a structure that is spoken of right before
_FEWEST, _LARGEST = 3, 2
_ALL, _MOST, _ROUNDED = Decimal(100), Decimal(70), Decimal("0.5")
_SPOKEN_REACH = 160


def as_structure(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, percentages of its sectors that make up all of an economy as the shares that they are.

    ("Giá trị sản xuất công nghiệp đạt 55%, dịch vụ đạt 37%, nông nghiệp 8%")
    """
    if not drafts or _WORDS["held"].search(context.folded, drafts[0].sentence.start, drafts[0].sentence.end):
        return drafts
    told: list[Draft] = []
    for listed, run in groupby(drafts, key=_is_of_sector):
        row = list(run)
        told.extend(map(_as_share, row) if listed and _are_shares(context, row) else row)
    return told


def _is_of_sector(draft: Draft) -> bool:
    if draft.code not in _VALUES or draft.measure not in _MEASURES or draft.quantity.unit != "percent":
        return False
    indicator = load_catalogue().get(STRUCTURE)
    return indicator is not None and draft.categories.get(_SECTOR) in indicator.breakdowns[_SECTOR]


def _are_shares(context: Context, row: list[Draft]) -> bool:
    """Whether a row is of different sectors and makes up all, or most of what is called a structure before it."""
    sectors = {draft.categories[_SECTOR] for draft in row}
    if len(row) < _LARGEST or len(sectors) < len(row) or all(draft.measure == "share" for draft in row):
        return False
    total = sum(draft.value for draft in row)
    if len(row) >= _FEWEST and abs(total - _ALL) <= _ROUNDED:
        return True
    start = row[0].quantity.start
    spoken = _WORDS["spoken_structure"].search(context.folded, max(0, start - _SPOKEN_REACH), start)
    return spoken is not None and _MOST <= total <= _ALL + _ROUNDED


def _as_share(draft: Draft) -> Draft:
    return replace(draft, code=STRUCTURE, measure="share", breakdown={_SECTOR: draft.categories[_SECTOR]})
