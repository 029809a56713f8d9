"""RSS and Atom, page by page where the system has paged feeds."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urljoin

import feedparser

from civic_etl.crawl.found import Found, IndexTrouble, Walk, storable
from civic_etl.crawl.paging import page_url
from civic_etl.crawl.sitemap import refuse_entities
from civic_etl.errors import FetchError
from civic_etl.sources.model import Index
from civic_etl.sources.urls import clean_url


async def walk_feed(walk: Walk, index: Index) -> AsyncIterator[Found]:
    """Article addresses of a feed. Stops at a page that brings nothing new, lies before the span, or does not exist.

    Raises FetchError when the first page cannot be read.
    """
    start = walk.source.absolute(index.url)
    seen: set[str] = set()
    for number in range(1, index.pages + 1):
        url = page_url(start, index.paging or walk.family.feed_paging, number)
        if url is None:
            return
        try:
            entries = await _read(walk, url)
        except FetchError as error:
            if number == 1:
                raise
            if "answers 404" not in error.message:
                walk.trouble(IndexTrouble(url, error.message))
            return
        fresh = [found for found in entries if found.url not in seen]
        seen.update(found.url for found in fresh)
        for found in fresh:
            if walk.takes(found.url) and walk.in_span(found):
                yield found
        if not fresh or _is_over(walk, fresh):
            return


def _is_over(walk: Walk, fresh: list[Found]) -> bool:
    """Whether this page ends the walk: all of it before the span, or (in a nightly run) all of it known."""
    if walk.since and all(found.published and found.published.date() < walk.since for found in fresh):
        return True
    return not walk.full and all(walk.is_known(found.url) for found in fresh)


async def _read(walk: Walk, url: str) -> list[Found]:
    page = await walk.fetch(url)
    if page.status != 200:
        raise FetchError(f"feed answers {page.status}", url=url)
    return parse_feed(page.body, url)


def parse_feed(body: bytes, url: str) -> list[Found]:
    """The entries of a feed. Raises FetchError for what is no feed or declares entities."""
    refuse_entities(body)
    try:
        feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:
        # Damaged text meets errors of many kinds in feedparser (UnicodeError, ValueError of a date, ...).
        raise FetchError(f"feed cannot be read: {error}", url=url) from error
    if not feed.get("version") and not feed.entries:
        raise FetchError("no RSS or Atom feed", url=url)
    found: list[Found] = []
    for entry in feed.entries:
        try:
            target = clean_url(urljoin(url, str(entry.get("link") or entry.get("id") or "")))
        except ValueError:
            continue
        title = storable(str(entry.get("title") or "")).strip() or None
        # Asked as a plain mapping: feedparser's own would give the time of publication where none of change is said.
        changed, published = (dict.get(entry, name) for name in ("updated_parsed", "published_parsed"))
        found.append(Found(target, _moment(changed), _moment(published), title))
    return found


def _moment(value: time.struct_time | None) -> datetime | None:
    try:
        return datetime(*value[:6], tzinfo=UTC) if value else None
    except ValueError:
        return None
