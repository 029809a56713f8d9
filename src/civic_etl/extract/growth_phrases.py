"""Growth and structure of the economy where they are named, and the figure beside them is of something else."""

import re

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Codes
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import Hit
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import DECOY

_GROWTH = "economic_growth"
_OF_ECONOMY = frozenset({_GROWTH, "economic_structure"})
_MOVED, _MOVED_REACH = compiled("link_words.yaml", "moved"), 30
# the marks that end a clause
_MARKED, _CLOSED_REACH = re.compile(r"[,;:(]"), 90
# between an amount and the rate at which it grew
_GROWS_AT = compiled("link_words.yaml", "grows_at")
_COUNT = re.compile(r"\d")
_AMOUNTS = frozenset({"VND", "USD", "tonne", "visit"})


def grows_elsewhere(
    folded: str, hit: Hit[Codes], before: Hit[Codes] | None, following: list[Hit[Codes]], quantity: Quantity
) -> bool:
    """Whether a phrase of the economy is not what a figure is of, by the phrases before and behind it."""
    if _OF_ECONOMY.isdisjoint(hit.payload):
        return False
    if _is_closed(folded, hit, following, quantity):
        return True
    if _GROWTH not in hit.payload or "kinh tế" in folded[hit.start : hit.end]:
        return False
    return _is_of_what_follows(hit, following[:1], quantity) or (before is not None and _is_of(before, folded, hit))


def _is_closed(folded: str, hit: Hit[Codes], following: list[Hit[Codes]], quantity: Quantity) -> bool:
    """Whether what is told of the economy ends at a mark behind which an amount is named that grew by so much.

    ("kinh tế tăng trưởng khá, thu ngân sách tăng 12%", "cơ cấu chuyển dịch đúng hướng, giá trị sản xuất tăng 9%")
    """
    if quantity.unit not in RATES or hit.end > quantity.start:
        return False
    told, start = _OF_ECONOMY.intersection(hit.payload), quantity.number_start
    if _GROWTH not in told and _MOVED.search(folded, max(0, start - _MOVED_REACH), start) is None:
        return False
    return any(
        other.end <= quantity.start
        and told.isdisjoint(other.payload)
        and _MARKED.search(folded, hit.end, other.start) is not None
        and other.start - hit.end < _CLOSED_REACH
        for other in following
    )


def _is_of_what_follows(hit: Hit[Codes], following: list[Hit[Codes]], quantity: Quantity) -> bool:
    """Whether a bare rate of growth is that of what is named behind it ("tốc độ tăng trưởng thu ngân sách")."""
    return any(
        other.start <= hit.end + 1 and other.end <= quantity.start and _GROWTH not in other.payload
        for other in following
    )


def _is_of(before: Hit[Codes], folded: str, hit: Hit[Codes]) -> bool:
    """Whether a bare rate of growth is that of the amount named right before ("thu ngân sách có tốc độ tăng 9%")."""
    told = _GROWS_AT.fullmatch(folded, before.end, hit.start)
    if told is None:
        return False
    # what has no indicator is an amount where so much of it is told
    return any(map(_is_amount, before.payload)) or (DECOY in before.payload and _COUNT.search(told[0]) is not None)


def _is_amount(code: str) -> bool:
    """Whether an indicator is of money, of goods or of visits, which grow by so many percent."""
    indicator = load_catalogue().get(code)
    return indicator is not None and indicator.unit_measure in _AMOUNTS
