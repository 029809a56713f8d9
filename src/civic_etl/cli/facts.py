"""Facts as plain rows for JSON, with the field names that the warehouse uses."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Observation, RefArea

KINDS = ("observations", "offices", "events", "distinctions", "outcomes", "unresolved")
_VALUES = ("obs_value", "obs_value_upper", "numerator", "denominator")


def fact_rows(document: Document, what: str) -> Iterator[dict[str, Any]]:
    """What a document asserts: one kind of `KINDS`, or `all`, where each row then names its kind in `fact`."""
    extraction = extract(document)
    for kind in KINDS if what == "all" else (what,):
        for fact in getattr(extraction, kind):
            row = observation_row(fact) if isinstance(fact, Observation) else _row(fact)
            yield {"fact": kind, **row} if what == "all" else row


def observation_row(observation: Observation) -> dict[str, Any]:
    """An observation with flat place columns, `breakdown` as an object, and numbers as JSON numbers."""
    row = _row(observation)
    row["breakdown"] = dict(observation.breakdown)
    for name in _VALUES:
        row[name] = number(getattr(observation, name))
    return row


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _row(fact: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in asdict(fact).items():
        if name == "ref_area":
            row |= _area(fact.ref_area)
        else:
            row[name] = list(value) if isinstance(value, tuple) else value
    return row


def _area(area: RefArea) -> dict[str, Any]:
    return {
        "ref_area": area.area_id,
        "ref_area_code": area.code,
        "ref_area_name": area.name,
        "ref_area_status": area.status,
    }
