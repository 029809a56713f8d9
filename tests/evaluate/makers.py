"""Annotations of one short article, and readers that answer gold in known ways."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from civic_etl.evaluate.claims import Claim
from civic_etl.extract.records import Document, Extraction, Observation, RefArea

TEXT = "Xã Hồng Thái thu ngân sách 9 tỷ đồng, đạt 112% kế hoạch. Toàn xã có 1.250 hộ, hộ nghèo còn 3,5%."
PLACE = "xã Hồng Thái, huyện Na Hang, tỉnh Tuyên Quang"


def gold_row(quote: str, indicator: str, value: float, unit: str, **fields: object) -> dict[str, object]:
    """A row of gold.jsonl about `TEXT`; `fields` replace what is usual."""
    start = TEXT.index(quote)
    row: dict[str, object] = {
        "doc_id": "one",
        "ref_area": PLACE,
        "sub_area": "",
        "indicator": indicator,
        "breakdown": {},
        "measure": "level",
        "obs_value": value,
        "obs_value_upper": None,
        "numerator": None,
        "denominator": None,
        "unit_measure": unit,
        "comparator": "eq",
        "time_period": "2019",
        "value_kind": "actual",
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
    }
    return row | fields


ROWS = [
    gold_row("9 tỷ đồng", "budget_revenue", 9e9, "VND"),
    gold_row("112%", "budget_revenue", 112, "percent", measure="plan_ratio"),
    gold_row("1.250 hộ", "households", 1250, "household"),
    gold_row("3,5%", "poor_household_rate", 3.5, "percent", measure="share"),
]


def observation_of(claim: Claim) -> Observation:
    """A find that answers a claim in every field."""
    start, end = claim.span or (0, 0)
    return Observation(
        doc_id=claim.doc_id,
        ref_area=RefArea(claim.place, "3-1-20000101", "1", "resolved"),
        sub_area=claim.sub_area,
        indicator=claim.indicator,
        indicator_text="",
        breakdown=claim.breakdown,
        measure=claim.measure,  # type: ignore[arg-type]
        obs_value=claim.value,
        obs_value_upper=claim.upper,
        numerator=claim.numerator,
        denominator=claim.denominator,
        unit_measure=claim.unit,
        comparator=claim.comparator,  # type: ignore[arg-type]
        time_period=claim.period,
        value_kind=claim.kind,  # type: ignore[arg-type]
        char_start=start,
        char_end=end,
        quote=claim.quote,
        evidence_start=start,
        evidence_end=end,
        evidence=claim.quote,
        confidence=0.9,
    )


def answering(
    claims: tuple[Claim, ...], change: Callable[[Observation], Observation] = lambda found: found
) -> Callable[[Document], Extraction]:
    """A reader that finds the claims, each changed."""

    def read(document: Document) -> Extraction:
        found = [change(observation_of(claim)) for claim in claims if claim.doc_id == document.doc_id]
        return Extraction(document, observations=tuple(found))

    return read


def times_thousand(found: Observation) -> Observation:
    """The same find a thousand times too large."""
    return replace(found, obs_value=found.obs_value * Decimal(1000))
