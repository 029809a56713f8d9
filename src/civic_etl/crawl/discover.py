"""Which article addresses a site lists now."""

from collections.abc import AsyncIterator
from itertools import groupby

from civic_etl.crawl.date_archive import walk_date_archive
from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.feed import walk_feed
from civic_etl.crawl.found import Found, IndexTrouble, Walk
from civic_etl.crawl.listing import walk_listing
from civic_etl.crawl.sitemap import walk_sitemap
from civic_etl.crawl.wp_json import walk_wp_json
from civic_etl.errors import FetchError
from civic_etl.sources.model import Index


async def discover(walk: Walk) -> AsyncIterator[Found]:
    """Article addresses by the period's indexes.

    Indexes of the same kind that follow one another are all read; the next kind is only turned to when none of these
    could
    be read. Without any index described, those that the family usually has are tried. Raises FetchError when no index
    could be read at all.
    """
    indexes = walk.period.index or _usual(walk)
    failures: list[str] = []
    for kind, group in groupby(indexes, key=lambda index: index.kind):
        readable = False
        for index in group:
            try:
                async for found in _walk(walk, index):
                    yield found
                readable = True
            except PausedError:
                raise
            except FetchError as error:
                walk.trouble(IndexTrouble(walk.source.absolute(index.url), error.message))
                failures.append(f"{kind} {index.url}: {error.message}")
        if readable:
            return
    raise FetchError(f"no index could be read: {'; '.join(failures)}", source=walk.source.name)


def _usual(walk: Walk) -> tuple[Index, ...]:
    return tuple(Index.model_validate({"kind": kind, "url": path}) for kind, path in walk.family.indexes)


def _walk(walk: Walk, index: Index) -> AsyncIterator[Found]:
    if index.kind == "sitemap":
        return walk_sitemap(walk, walk.source.absolute(index.url))
    if index.kind == "feed":
        return walk_feed(walk, index)
    if index.kind == "wp-json":
        return walk_wp_json(walk, index)
    if index.kind == "date-archive":
        return walk_date_archive(walk, index)
    return walk_listing(walk, index)
