"""Observations in the form in which gold and found ones are compared."""

from dataclasses import dataclass
from decimal import Decimal

from civic_etl.evaluate.spans import canonical
from civic_etl.extract.records import Observation


@dataclass(frozen=True, slots=True)
class Claim:
    """One observation, gold or found. `period` is in its canonical spelling, `place` a full name from the unit up.

    `confidence` is None for gold, `span` None where an annotation gives no offsets.
    """

    doc_id: str
    value: Decimal
    upper: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    measure: str
    comparator: str
    period: str
    kind: str
    place: str
    sub_area: str
    indicator: str
    breakdown: tuple[tuple[str, str], ...]
    span: tuple[int, int] | None
    quote: str
    confidence: float | None = None


def claim_of(observation: Observation) -> Claim:
    """A found observation as a claim."""
    return Claim(
        doc_id=observation.doc_id,
        value=observation.obs_value,
        upper=observation.obs_value_upper,
        numerator=observation.numerator,
        denominator=observation.denominator,
        unit=observation.unit_measure,
        measure=observation.measure,
        comparator=observation.comparator,
        period=canonical(observation.time_period),
        kind=observation.value_kind,
        place=observation.ref_area.name,
        sub_area=observation.sub_area,
        indicator=observation.indicator,
        breakdown=tuple(sorted(observation.breakdown)),
        span=(observation.char_start, observation.char_end),
        quote=observation.quote,
        confidence=observation.confidence,
    )
