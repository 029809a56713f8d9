"""Discover and fetch politely, and put every answer into the archive.

`crawl_source` and `crawl_all` are the doors; the rest of the package is one idea a file: `robots`, `politeness`,
`guard`
(addresses), `client` (one bounded GET), `discover` (sitemap, feed, listing, REST), `recheck` (what is worth asking
again) and `ledger` (what we know of each address).
"""

from civic_etl.crawl.clock import Clock, SystemClock
from civic_etl.crawl.crawl import crawl_all, crawl_source
from civic_etl.crawl.found import Found, IndexTrouble
from civic_etl.crawl.known import Known
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.recheck import RecheckPolicy
from civic_etl.crawl.report import CrawlReport, FetchOutcome, Progress

__all__ = [
    "Clock",
    "CrawlReport",
    "FetchOutcome",
    "Found",
    "IndexTrouble",
    "Known",
    "Ledger",
    "Progress",
    "RecheckPolicy",
    "SystemClock",
    "crawl_all",
    "crawl_source",
]
