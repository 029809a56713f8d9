"""The five levels at which a found observation may be right, each asking for all of the one before."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from decimal import Decimal

from civic_etl.evaluate.claims import Claim
from civic_etl.evaluate.places import same_place

FIELDS_OF = {
    "number": ("value", "unit"),
    "+measure": ("measure", "comparator"),
    "+period": ("period", "kind"),
    "+place": ("place", "sub_area"),
    "FULL": ("indicator", "breakdown"),
}
LEVELS = tuple(FIELDS_OF)
FIELDS = tuple(field for fields in FIELDS_OF.values() for field in fields)
FULL = len(LEVELS)
_TOLERANCE = Decimal("1e-6")


@dataclass(frozen=True, slots=True)
class Judge:
    """Says where two claims agree.

    `codes` are those that the annotators could choose from: where gold says `other`, a code that came later is as good.
    """

    codes: Set[str]

    def agrees(self, field: str, gold: Claim, found: Claim) -> bool:
        """Whether one field of `FIELDS`, or `fraction`, is right."""
        special = _SPECIAL.get(field)
        if special is not None:
            return special(self, gold, found)
        return bool(getattr(gold, field) == getattr(found, field))

    def depth(self, gold: Claim, found: Claim) -> int:
        """How many levels the pair passes: 0 where the number is wrong, `FULL` where all is right."""
        for number, level in enumerate(LEVELS):
            if not all(self.agrees(field, gold, found) for field in FIELDS_OF[level]):
                return number
        return FULL

    def wrong_fields(self, gold: Claim, found: Claim) -> list[str]:
        """The fields that disagree, in the order of the levels."""
        return [field for field in FIELDS if not self.agrees(field, gold, found)]


def _value(_: Judge, gold: Claim, found: Claim) -> bool:
    return near(gold.value, found.value) and near(gold.upper, found.upper)


def _fraction(_: Judge, gold: Claim, found: Claim) -> bool:
    return near(gold.numerator, found.numerator) and near(gold.denominator, found.denominator)


def _place(_: Judge, gold: Claim, found: Claim) -> bool:
    return same_place(gold.place, found.place)


def _sub_area(_: Judge, gold: Claim, found: Claim) -> bool:
    """Spellings of a hamlet differ; that it is a part below the commune must be seen."""
    return bool(gold.sub_area) == bool(found.sub_area)


def _indicator(judge: Judge, gold: Claim, found: Claim) -> bool:
    if gold.indicator == "other":
        return found.indicator == "other" or found.indicator not in judge.codes
    return gold.indicator == found.indicator


def _breakdown(_: Judge, gold: Claim, found: Claim) -> bool:
    return gold.indicator == "other" or gold.breakdown == found.breakdown


_SPECIAL: dict[str, Callable[[Judge, Claim, Claim], bool]] = {
    "value": _value,
    "fraction": _fraction,
    "place": _place,
    "sub_area": _sub_area,
    "indicator": _indicator,
    "breakdown": _breakdown,
}


def near(first: Decimal | None, second: Decimal | None) -> bool:
    """Whether two numbers are equal but for rounding; None is only near None."""
    if first is None or second is None:
        return first is second
    return abs(first - second) <= _TOLERANCE * max(abs(first), abs(second), _TOLERANCE)
