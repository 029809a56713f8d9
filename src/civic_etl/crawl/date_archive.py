"""Archives by month, as WordPress has them: a listing for each month of the span, newest first."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import date

from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.found import Found, IndexTrouble, Walk
from civic_etl.crawl.listing import walk_listing
from civic_etl.errors import FetchError
from civic_etl.sources.model import Index

# Where no span says how far back: so many months are looked at, and so many empty ones in a row end the walk.
_MONTHS = 2
_FURTHEST = date(2005, 1, 1)
_EMPTY_IN_A_ROW = 24


async def walk_date_archive(walk: Walk, index: Index) -> AsyncIterator[Found]:
    """Article addresses of the monthly archives, whose address is `index.url` with {year} and {month}.

    A nightly run reads the last two months, a backfill those of its span. A month without articles answers 404 and is
    passed over. Raises FetchError when not one month can be read.
    """
    readable, empty = False, 0
    for year, month in _months(walk):
        url = index.url.format(year=year, month=f"{month:02d}")
        try:
            async for found in walk_listing(walk, index.model_copy(update={"url": url})):
                readable = True
                yield found
            empty = 0
        except PausedError:
            raise
        except FetchError as error:
            if not re.search(r"answers (404|410)|no address that looks like", error.message):
                walk.trouble(IndexTrouble(walk.source.absolute(url), error.message))
            empty += 1
            if empty >= _EMPTY_IN_A_ROW:
                break
    if not readable:
        raise FetchError("no monthly archive could be read", url=walk.source.absolute(index.url))


def _months(walk: Walk) -> Iterator[tuple[int, int]]:
    last = min(walk.until or walk.today, walk.today)
    first = walk.since or walk.source.start or _FURTHEST
    year, month = last.year, last.month
    left = None if walk.full else _MONTHS
    while (year, month) >= (first.year, first.month) and left != 0:
        yield year, month
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        left = None if left is None else left - 1
