"""Which indicator a phrase stands for with a figure in a unit, and how well they fit."""

from collections.abc import Iterable

from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import DECOY, load_lexicon, load_variants

CURRENCIES = frozenset({"VND", "USD"})
"""Units of money."""

GIFTS = frozenset({"gifts_given", "gift_value"})
"""Gifts, and what they are worth."""

RATES = frozenset({"percent", "permille", "percentage_point"})
"""Units of rates."""

_FITS = 3.0
# "gấp 2,1 lần" may be said of anything
_MULTIPLE = 2.0
# units of one kind: what is told in the one may be of an indicator in the other
_KINDS = ((CURRENCIES, 2.0), (frozenset({"m", "km"}), 2.5), (frozenset({"m2", "ha"}), 1.5))
# units of indicators that generic nouns ("người", "trường hợp") may count
_GENERIC = frozenset({"person", "party_member", "case", "household", "visit", "doctor", "petition", "house"})
PERSONS = frozenset({"person", "party_member", "doctor", "visit"})
"""Units that count persons."""
_INCIDENT, _STATION = "vụ", "establishment"
_NO_RATE = frozenset({"point", "rank"})

Fit = tuple[str, float]


def code_for_unit(code: str, unit: str, generic: bool) -> Fit | None:
    """The code a phrase stands for with a figure in that unit, and how well they fit (0 to 3)."""
    if code == DECOY:
        return code, _FITS
    indicator = load_catalogue().get(code)
    if indicator is None:
        return None
    own = indicator.unit_measure
    if unit == own:
        return code, _FITS
    if unit == "times":
        return code, _MULTIPLE
    if unit in RATES:
        return _rate_for(code, own, unit)
    if own in RATES:
        return _count_for(code, unit, generic)
    return _converted(code, own, unit) or _loosely(code, own, unit, generic)


def counts_noun(code: str, unit: str, noun: str) -> bool:
    """Whether an indicator may count cases by a noun: a turn of a patrol ("ca", "cuộc", "đợt") is no crime.

    Nor is an incident ("vụ") a person, nor one of a union ("hội viên") a member of the Party.
    """
    if unit == "person" and code in load_variants()["of_party_members"]:
        return noun not in load_variants()["no_party_members"]
    if unit != "case" or code == DECOY:
        return True
    head = noun.partition(" ")[0]
    counted = load_variants()["case_nouns"].get(head)
    if counted is not None:
        return code in counted
    indicator = load_catalogue().get(code)
    return head != _INCIDENT or indicator is None or indicator.unit_measure not in PERSONS


def fits_for(codes: Iterable[str], unit: str) -> list[Fit]:
    """What the codes of a phrase stand for with a figure in that unit, those that fit it at all."""
    return [fit for code in codes if (fit := code_for_unit(code, unit, False)) is not None]


def counted_code(code: str, unit: str) -> str:
    """The code of a count that goes on from a figure: for a rate what it is of ("100% (12/12 người)")."""
    indicator = load_catalogue().get(code)
    count = load_lexicon().count_of.get(code) if indicator is not None and indicator.unit_measure in RATES else None
    own = load_catalogue().get(count) if count is not None else None
    return code if own is None or own.unit_measure != unit else own.code


def _rate_for(code: str, own: str, unit: str) -> Fit | None:
    if own in _NO_RATE or (unit == "percentage_point" and own == "permille"):
        return None
    if own in RATES:
        return code, _FITS
    rate = load_lexicon().rate_of.get(code)
    if rate is None and code in load_variants()["counts_only"]:
        return None
    return (rate, _FITS) if rate else (code, 0.5)


def _count_for(code: str, unit: str, generic: bool) -> Fit | None:
    count = load_lexicon().count_of.get(code)
    found = code_for_unit(count, unit, generic) if count is not None else None
    return (found[0], found[1] - 0.5) if found and found[1] > 1 else None


def _converted(code: str, own: str, unit: str) -> Fit | None:
    """A fit of units that can be converted; "tạ" is a tonne's part or a yield."""
    if unit == "tonne" and own == "quintal_per_ha":
        return code, 2.5
    if unit == "m2" and code in load_variants()["fields"]:
        return None
    return next(((code, fit) for kind, fit in _KINDS if unit in kind and own in kind), None)


def _counts(code: str, own: str, unit: str) -> bool:
    """Whether a generic noun may count what the indicator does; people are no cases ("16 vụ với 23 đối tượng").

    Nor are health stations those who come to them ("11/11 trạm y tế khám chữa bệnh bằng thẻ").
    """
    if unit == _STATION:
        return own not in PERSONS
    return unit != "person" or own in PERSONS or code in load_variants()["persons_as_cases"]


def _loosely(code: str, own: str, unit: str, generic: bool) -> Fit | None:
    """A fit of a noun that leaves open what it counts, or of a number without a unit."""
    if generic and own in _GENERIC and _counts(code, own, unit):
        return code, 1.5 if "person" in {unit, own} else 1.0
    return (code, 0.5) if unit == "" else None
