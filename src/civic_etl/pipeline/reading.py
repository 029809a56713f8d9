"""From an archived page to what it asserts: parse and extract, one shard after the other, in any order."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from civic_etl.archive import Archive, Page
from civic_etl.errors import ArchiveError, ParseError
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document
from civic_etl.gazetteer.pack import pack_in_use
from civic_etl.parse import parse_page
from civic_etl.parse.article import Article
from civic_etl.pipeline.discover import described_sources
from civic_etl.pipeline.shards import Record, Shard
from civic_etl.settings import Settings
from civic_etl.sources import Source
from civic_etl.warehouse.items import Fetched, LoadItem, PageOutcome
from civic_etl.warehouse.keys import article_id
from civic_etl.warehouse.parts import Part, part_of
from civic_etl.warehouse.versions import current_versions

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LOG = logging.getLogger("civic_etl.reading")


class Hints(NamedTuple):
    """What is known of a page beside its bytes: stronger than what the page says of itself."""

    published: date | None = None
    site_area: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of some pages: a document each for those that were read, an outcome for every one."""

    items: tuple[LoadItem, ...] = ()
    outcomes: tuple[PageOutcome, ...] = ()

    def as_part(self, settings: Settings) -> Part:
        """The same for the loader. Raises WarehouseError naming a value that no table can hold."""
        return part_of(self.items, self.outcomes, current_versions(pack_in_use(settings)))


def read_shard(shard: Shard, settings: Settings) -> Part:
    """Parse and extract every page of a shard. A page that cannot be read is an outcome with its reason."""
    archive = Archive.of(settings)
    source = described_sources(settings).get(shard.source)
    items, outcomes = [], []
    for record in shard.records:
        try:
            page = archive.read(record.warc_path, record.offset)
        except ArchiveError as error:
            outcomes.append(_unreadable(record, shard.source, error))
            continue
        item, outcome = read_page(page, source)
        outcomes.append(outcome)
        if item is not None:
            items.append(item)
    return Reading(tuple(items), tuple(outcomes)).as_part(settings)


def _unreadable(record: Record, source: str, error: ArchiveError) -> PageOutcome:
    url = error.url or f"{record.warc_path}#{record.offset}"
    place = (record.warc_path, record.offset)
    return PageOutcome(url, source, None, "parse_failed", error.message, None, *place)


def read_page(
    page: Page, source: Source | None = None, hints: Hints | None = None
) -> tuple[LoadItem | None, PageOutcome]:
    """One page to a document for the warehouse, or None, and its line for the page ledger."""
    known = hints or Hints()
    family = None
    if source is not None:
        period = source.period_on(page.fetched_at.astimezone(VIETNAM).date())
        family = period.family if period else None
    area = known.site_area or (source.area if source else None)
    try:
        article = parse_page(page, site_area=area, source=source.name if source else page.source, family=family)
    except ParseError as error:
        return None, outcome_of(page, source, "parse_failed", error.message)
    except Exception as error:
        _LOG.exception("the parser failed on %s", page.url)
        return None, outcome_of(page, source, "parse_failed", f"the parser failed: {error!r}")
    try:
        item = read_article(dated(article, known.published), Fetched.of(page))
    except Exception as error:
        _LOG.exception("the extractor failed on %s", page.url)
        return None, outcome_of(page, source, "extract_failed", f"the extractor failed: {error!r}")
    return item, outcome_of(page, source, "article")


def read_article(article: Article, fetched: Fetched | None = None) -> LoadItem:
    """Extract everything that an article asserts."""
    return LoadItem(article, extract(document_of(article)), fetched)


def document_of(article: Article) -> Document:
    """The article as extraction sees it; `published` is the day in Vietnam."""
    published = article.published.astimezone(VIETNAM).date() if article.published else None
    return Document(
        doc_id=article_id(article.canonical_url),
        text=article.text,
        title=article.title,
        url=article.url,
        published=published,
        site_area=article.site_area,
    )


def dated(article: Article, published: date | None) -> Article:
    """The article with the day of publication that a person gave, if one did."""
    if published is None:
        return article
    return replace(article, published=datetime.combine(published, time(), VIETNAM), date_source="argument")


def outcome_of(page: Page, source: Source | None, outcome: str, reason: str = "") -> PageOutcome:
    """The page's line for the page ledger."""
    return PageOutcome(
        url=page.url,
        source=source.name if source else page.source,
        status=page.status,
        outcome=outcome,  # type: ignore[arg-type]
        reason=reason,
        fetched_at=page.fetched_at,
        warc_path=page.warc_path,
        warc_offset=page.warc_offset,
    )
