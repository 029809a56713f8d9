"""The border: what cannot be true is refused here, with the field that says so."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import get_args

from civic_etl.extract.records import (
    AreaStatus,
    Comparator,
    Distinction,
    Event,
    Extraction,
    Measure,
    Observation,
    OfficeMention,
    Outcome,
    RefArea,
    Unresolved,
    ValueKind,
)
from civic_etl.parse.article import Article
from civic_etl.warehouse import keys
from civic_etl.warehouse.items import LoadItem, Refusal
from civic_etl.warehouse.periods import is_time_period

LARGEST = Decimal(10) ** 32
"""Values live in DECIMAL(38, 6)."""

_CLOSED = {
    "measure": frozenset(get_args(Measure)),
    "comparator": frozenset(get_args(Comparator)),
    "value_kind": frozenset(get_args(ValueKind)),
}
_AREA_STATUS = frozenset(get_args(AreaStatus))

Fact = Observation | OfficeMention | Event | Distinction | Outcome | Unresolved


def refusal(item: LoadItem) -> Refusal | None:
    """The first thing in the item that cannot be true, or None where all of it can."""
    for field, detail in _problems(item):
        article = item.article
        key = keys.article_id(article.canonical_url or article.url)
        return Refusal(article_id=key, url=article.url, source=article.source, field=field, detail=detail)
    return None


def _problems(item: LoadItem) -> Iterator[tuple[str, str]]:
    yield from _article_problems(item.article)
    if item.fetched is not None and item.fetched.fetched_at.tzinfo is None:
        yield "fetched_at", "the time has no zone"
    yield from _extraction_problems(item.article, item.extraction)


def _article_problems(article: Article) -> Iterator[tuple[str, str]]:
    if not article.canonical_url:
        yield "canonical_url", "is empty"
    if not article.text.strip():
        yield "text", "is empty"
    times: list[tuple[str, datetime | None]] = [("published", article.published), ("updated", article.updated)]
    for field, moment in times:
        if moment is not None and moment.tzinfo is None:
            yield field, "the time has no zone"
    yield from _text_problems(article)


def _extraction_problems(article: Article, extraction: Extraction) -> Iterator[tuple[str, str]]:
    if extraction.document.text != article.text:
        yield "document.text", "is not the text of the article, so its offsets point nowhere"
        return
    facts: dict[str, tuple[Fact, ...]] = {
        "observations": extraction.observations,
        "offices": extraction.offices,
        "events": extraction.events,
        "distinctions": extraction.distinctions,
        "outcomes": extraction.outcomes,
        "unresolved": extraction.unresolved,
    }
    for kind, rows in facts.items():
        for number, row in enumerate(rows):
            for field, detail in _fact_problems(row, len(article.text)):
                yield f"{kind}[{number}].{field}", detail


def _text_problems(record: Article | Fact) -> Iterator[tuple[str, str]]:
    """Half of a surrogate pair is no character, and no table can hold it."""
    for field in record.__slots__:
        value = getattr(record, field)
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                yield field, "holds half of a character"


def _fact_problems(fact: Fact, length: int) -> Iterator[tuple[str, str]]:
    yield from _text_problems(fact)
    if not 0 <= fact.char_start <= fact.char_end <= length:
        yield "char_start", f"{fact.char_start}..{fact.char_end} is not inside the {length} characters of the text"
    area = getattr(fact, "ref_area", None)
    if isinstance(area, RefArea):
        yield from _area_problems(area)
    if isinstance(fact, Observation):
        yield from _observation_problems(fact, length)
    if isinstance(fact, Distinction) and fact.year is not None and not 1900 <= fact.year <= 2100:
        yield "year", f"{fact.year} is no year"
    if isinstance(fact, Outcome) and fact.time_period and not is_time_period(fact.time_period):
        yield "time_period", f"{fact.time_period!r} is no period"


def _area_problems(area: RefArea) -> Iterator[tuple[str, str]]:
    if area.status not in _AREA_STATUS:
        yield "ref_area.status", f"{area.status!r} is none of {sorted(_AREA_STATUS)}"
    if (area.area_id is not None) != (area.status == "resolved"):
        yield "ref_area.area_id", f"{area.area_id!r} does not go with status {area.status!r}"


def _observation_problems(row: Observation, length: int) -> Iterator[tuple[str, str]]:
    if not 0 <= row.evidence_start <= row.evidence_end <= length:
        yield "evidence_start", f"{row.evidence_start}..{row.evidence_end} is not inside the text"
    for field, allowed in _CLOSED.items():
        if getattr(row, field) not in allowed:
            yield field, f"{getattr(row, field)!r} is none of {sorted(allowed)}"
    if not is_time_period(row.time_period):
        yield "time_period", f"{row.time_period!r} is no period"
    for field in ("obs_value", "obs_value_upper", "numerator", "denominator"):
        value: Decimal | None = getattr(row, field)
        if value is not None and (not value.is_finite() or abs(value) >= LARGEST):
            yield field, f"{value} cannot be stored"
