"""The web pages as they came: WARC 1.1 files, one folder a source, with an index; and any WARC file from elsewhere.

Everything after the crawl reads from here, so parsing and extraction can be improved and run again without touching a
site.
"""

from civic_etl.archive.exchange import Exchange, Original, Role, WarcRef, body_digest
from civic_etl.archive.page import Page
from civic_etl.archive.reader import read_warc
from civic_etl.archive.sniff import Kind, sniff, sniff_bytes
from civic_etl.archive.store import Archive, SourceStats
from civic_etl.archive.verify import Problem, VerifyReport
from civic_etl.archive.writer import ArchiveWriter

__all__ = [
    "Archive",
    "ArchiveWriter",
    "Exchange",
    "Kind",
    "Original",
    "Page",
    "Problem",
    "Role",
    "SourceStats",
    "VerifyReport",
    "WarcRef",
    "body_digest",
    "read_warc",
    "sniff",
    "sniff_bytes",
]
