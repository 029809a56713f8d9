"""WordPress' REST API: addresses with dates, a hundred at a time."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from civic_etl.archive.page import Page
from civic_etl.crawl.found import Found, IndexTrouble, Walk, local_day, storable
from civic_etl.errors import FetchError
from civic_etl.sources.model import Index
from civic_etl.sources.urls import clean_url

_PER_PAGE = 100
_LONGEST_NUMBER = 10


async def walk_wp_json(walk: Walk, index: Index) -> AsyncIterator[Found]:
    """Posts of the span: by date of publication in a backfill, else by date of change, newest first.

    Raises FetchError when the API is closed or gives no list.
    """
    start = walk.source.absolute(index.url)
    number, pages = 1, 1
    while number <= min(pages, index.pages):
        url = f"{start}{'&' if '?' in start else '?'}{urlencode(_query(walk, number))}"
        try:
            page = await walk.fetch(url)
            posts = _posts(page, url)
        except FetchError as error:
            if number == 1:
                raise
            walk.trouble(IndexTrouble(url, error.message))
            return
        found = [item for item in map(_found, posts) if item is not None]
        for item in found:
            # The API itself says that these are articles; only the host is left to check.
            if walk.source.allows(item.url) and walk.in_span(item):
                yield item
        if not walk.full and walk.since and found and all(_before(item, walk.since) for item in found):
            return
        pages = _total(page, len(posts), number)
        number += 1
    if pages > index.pages:
        walk.trouble(IndexTrouble(start, f"{pages} pages of posts, {index.pages} are read a run"))


def _query(walk: Walk, number: int) -> dict[str, str]:
    query = {
        "per_page": str(_PER_PAGE),
        "page": str(number),
        "orderby": "date" if walk.full else "modified",
        "order": "desc",
        "_fields": "id,link,date_gmt,modified_gmt,title",
    }
    if walk.full and walk.since:
        query["after"] = f"{walk.since - timedelta(days=1)}T23:59:59"
    if walk.full and walk.until:
        query["before"] = f"{walk.until + timedelta(days=1)}T00:00:00"
    return query


def _posts(page: Page, url: str) -> list[dict[str, Any]]:
    if page.status != 200:
        raise FetchError(f"REST API answers {page.status}", url=url)
    try:
        posts = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise FetchError("REST API gives no JSON", url=url) from error
    if not isinstance(posts, list):
        raise FetchError("REST API gives no list of posts", url=url)
    return [post for post in posts if isinstance(post, dict)]


def _found(post: dict[str, Any]) -> Found | None:
    try:
        url = clean_url(str(post.get("link") or ""))
    except ValueError:
        return None
    title = post.get("title")
    text = title.get("rendered") if isinstance(title, dict) else title
    known = storable(str(text)) if text else None
    return Found(url, _moment(post.get("modified_gmt")), _moment(post.get("date_gmt")), known)


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC) if value else None
    except ValueError:
        return None


def _before(item: Found, day: date) -> bool:
    changed = item.lastmod or item.published
    return changed is not None and local_day(changed) < day


def _total(page: Page, count: int, number: int) -> int:
    header = page.header("X-WP-TotalPages") or ""
    if header.isascii() and header.isdigit() and len(header) < _LONGEST_NUMBER:
        return int(header)
    return number + 1 if count == _PER_PAGE else number
