"""Typed records to rows of the raw tables."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from hashlib import sha256
from typing import Any, cast
from zoneinfo import ZoneInfo

from civic_etl.extract.records import RefArea
from civic_etl.warehouse import keys
from civic_etl.warehouse.arrow_tables import Row
from civic_etl.warehouse.items import LoadItem, PageOutcome, Versions

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MICRO = Decimal("0.000001")


def utc(moment: datetime | None) -> datetime | None:
    """An aware time as naive UTC, the way the build file keeps it."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def vietnam_date(moment: datetime | None) -> date | None:
    """The day it was in Vietnam."""
    return None if moment is None else moment.astimezone(_VIETNAM).date()


def article_row(item: LoadItem, versions: Versions) -> Row:
    """The raw row of the article's revision; `payload_hash` covers the facts and the versions that read them."""
    article = item.article
    extraction = item.extraction
    facts = (
        extraction.observations,
        extraction.offices,
        extraction.events,
        extraction.distinctions,
        extraction.outcomes,
        extraction.unresolved,
    )
    row = asdict(article)
    del row["published"], row["updated"]
    return row | {
        "article_id": keys.article_id(article.canonical_url),
        "revision_id": keys.revision_id(article),
        "payload_hash": sha256(repr((article, facts, versions)).encode("utf-8", "surrogatepass")).hexdigest(),
        "payload_seen_at": utc(item.fetched.fetched_at) if item.fetched else None,
        "published_at": utc(article.published),
        "published_date": vietnam_date(article.published),
        "updated_at": utc(article.updated),
        "captions": list(article.captions),
        "breadcrumbs": list(article.breadcrumbs),
        "parser_version": article.parser_version or versions.parser,
        "extractor_version": versions.extractor,
        "catalogue_version": versions.catalogue,
        "gazetteer_version": versions.gazetteer,
    }


def sighting_row(item: LoadItem, article: Row) -> Row:
    """Which revision the item's fetch showed."""
    fetched = item.fetched
    return {
        "article_id": article["article_id"],
        "seen_at": article["payload_seen_at"],
        "revision_id": article["revision_id"],
        "url": fetched.url if fetched else item.article.url,
        "status": fetched.status if fetched else None,
        "digest": fetched.digest if fetched else None,
        "record_id": fetched.record_id if fetched else None,
        "warc_path": fetched.warc_path if fetched else None,
        "warc_offset": fetched.warc_offset if fetched else None,
    }


def outcome_row(outcome: PageOutcome) -> Row:
    """The raw row of what became of a page."""
    return asdict(outcome) | {"fetched_at": utc(outcome.fetched_at)}


def page_outcome(row: Row) -> PageOutcome:
    """What became of a page, from its raw row."""
    fetched_at = row["fetched_at"]
    return PageOutcome(**row | {"fetched_at": fetched_at and fetched_at.replace(tzinfo=UTC)})


def fact_rows(item: LoadItem, article: Row) -> dict[str, list[Row]]:
    """The item's facts as raw rows, by table; repeats of a fact differ in `mention_no` alone."""
    facts = item.extraction
    return {
        "observation": _numbered(article, facts.observations, "observation_id", keys.observation_facts, _observation),
        "office_mention": _numbered(
            article, facts.offices, "office_mention_id", lambda a, r: (a, r.person, r.office, r.unit), asdict
        ),
        "event": _numbered(
            article,
            facts.events,
            "event_id",
            lambda a, r: (a, r.kind, str(r.event_date or ""), r.place, keys.area_key(r.ref_area)),
            _placed,
        ),
        "distinction": _numbered(
            article,
            facts.distinctions,
            "distinction_id",
            lambda a, r: (a, r.title, r.holder, keys.area_key(r.ref_area), str(r.year or "")),
            _placed,
        ),
        "outcome": _numbered(
            article,
            facts.outcomes,
            "outcome_id",
            lambda a, r: (a, r.indicator, r.indicator_text, r.outcome, keys.area_key(r.ref_area), r.time_period),
            _placed,
        ),
        "unresolved": _numbered(
            article, facts.unresolved, "unresolved_id", lambda a, r: (a, r.reason, r.detail, r.evidence), asdict
        ),
    }


def _numbered(
    article: Row,
    records: Iterable[Any],
    key: str,
    facts_of: Callable[[str, Any], tuple[str, ...]],
    columns_of: Callable[[Any], Row],
) -> list[Row]:
    """One row a record in the order of the text, keyed by its facts and how often they were said before."""
    said: Counter[tuple[str, ...]] = Counter()
    rows = []
    for record in sorted(records, key=lambda r: (r.char_start, r.char_end)):
        facts = facts_of(article["article_id"], record)
        said[facts] += 1
        rows.append(
            columns_of(record)
            | {
                key: keys.digest(*facts, str(said[facts])),
                "article_id": article["article_id"],
                "revision_id": article["revision_id"],
                "mention_no": said[facts],
            }
        )
    return rows


def _placed(record: Any) -> Row:
    row = {name: getattr(record, name) for name in record.__slots__}
    area = cast(RefArea, row["ref_area"])
    return row | {
        "ref_area": area.area_id,
        "ref_area_code": area.code,
        "ref_area_name": area.name,
        "ref_area_status": area.status,
    }


def _observation(record: Any) -> Row:
    row = _placed(record)
    for name in ("obs_value", "obs_value_upper", "numerator", "denominator"):
        row[name] = _stored(row[name])
    return row | {"breakdown": keys.breakdown_json(row["breakdown"]), "rules": list(row["rules"])}


def _stored(value: Decimal | None) -> Decimal | None:
    """The value with the six decimals that the build file keeps."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 40
        return value.quantize(_MICRO, rounding=ROUND_HALF_EVEN)
