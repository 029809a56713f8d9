"""A reading in words, the same for every form of the explanation."""

from decimal import Decimal

from civic_etl.extract.records import Observation
from civic_etl.indicators import load_catalogue
from civic_etl.vietnamese import format_number

_SIGNS = {"eq": "", "gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}
_UNITS = {"percent": "%", "percentage_point": "percentage points", "permille": "‰", "times": "times"}

COLUMNS = ("indicator", "measure", "value", "period", "kind", "place", "confidence", "rules")


def row(reading: Observation) -> tuple[str, ...]:
    """The cells of `COLUMNS`."""
    return (
        indicator(reading),
        reading.measure,
        value(reading),
        reading.time_period or "?",
        reading.value_kind,
        place(reading),
        f"{reading.confidence:.2f}",
        ", ".join(reading.rules),
    )


def indicator(reading: Observation) -> str:
    """Code, the name people use, and the categories: `budget_revenue (Thu ngân sách ...) plan=district`."""
    known = load_catalogue().get(reading.indicator)
    name = known.name_vi if known is not None else reading.indicator_text
    categories = " ".join(f"{key}={word}" for key, word in reading.breakdown)
    return " ".join(part for part in (reading.indicator, f"({name})" if name else "", categories) if part)


def value(reading: Observation) -> str:
    """Comparator, number or range, unit, and the fraction where the text gives one."""
    sign = _SIGNS.get(reading.comparator, "")
    number = format_number(reading.obs_value)
    if reading.obs_value_upper is not None:
        number += f" – {format_number(reading.obs_value_upper)}"
    shown = f"{sign}{number} {_UNITS.get(reading.unit_measure, reading.unit_measure)}"
    if reading.numerator is not None and reading.denominator is not None:
        shown += f" ({_plain(reading.numerator)}/{_plain(reading.denominator)})"
    return shown + (" ambiguous" if reading.number_ambiguous else "")


def place(reading: Observation) -> str:
    """The unit with what lies below it first, and its status where it is not certain."""
    area = reading.ref_area
    name = area.name or "unknown"
    status = "" if area.status == "resolved" else f" [{area.status}]"
    return (f"{reading.sub_area}, " if reading.sub_area else "") + name + status


def _plain(number: Decimal) -> str:
    return format_number(number)
