"""What is fuzzed: one function a room, which reads any bytes at all and asserts what must hold of what it gives.

The errors of the house are answers; any other exception, and an assertion that fails, is a finding. The property tests
beside this file run the same functions on damaged seeds.
"""

import gzip
import tempfile
import unicodedata
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from civic_etl.archive import Page, body_digest, read_warc
from civic_etl.archive.cdxj import IndexEntry, read_index
from civic_etl.archive.members import cut_torn_tail
from civic_etl.crawl.feed import walk_feed
from civic_etl.crawl.found import Found, IndexTrouble, Walk
from civic_etl.crawl.listing import walk_listing
from civic_etl.crawl.robots import LONGEST_DELAY, rules_from
from civic_etl.crawl.sitemap import walk_sitemap
from civic_etl.crawl.wp_json import walk_wp_json
from civic_etl.errors import ArchiveError, CivicEtlError
from civic_etl.extract.exclusions import Exclusions
from civic_etl.extract.normal import normalise
from civic_etl.extract.pipeline import extract
from civic_etl.extract.quantities import QuantityReader
from civic_etl.extract.records import Document
from civic_etl.extract.tokens import TokenLine
from civic_etl.gazetteer import Gazetteer
from civic_etl.parse import Article, parse_page, parse_text
from civic_etl.sources import Source
from civic_etl.sources.families import FAMILIES, get_family
from civic_etl.vietnamese import (
    parse_date,
    parse_money,
    parse_number,
    scan_dates,
    scan_money,
    scan_numbers,
    split_sentences,
)

HOST = "xaha.example.vn"
BASE = f"https://{HOST}"
SITE_AREA = "huyện Na Hang, tỉnh Tuyên Quang"
DAY = date(2021, 1, 25)
FETCHED = datetime(2026, 10, 2, 11, 45, tzinfo=UTC)
_REFERENCES = (DAY, date.min, date.max, date(2024, 2, 29))
_LARGEST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """A room under fuzz. `read` takes the input; `longest` is the most bytes an input may have."""

    read: Callable[[bytes], None]
    longest: int = 4096


def page_of(body: bytes, url: str = f"{BASE}/tong-ket-post123.html", status: int = 200, *headers: Any) -> Page:
    """An answer with a body."""
    return Page(url, status, headers, body, FETCHED, body_digest(body))


def read_html(data: bytes) -> None:
    """The first byte says which family the source declares, the rest is the page."""
    family = [*FAMILIES, None][data[0] % (len(FAMILIES) + 1)] if data else None
    for read in (
        lambda: parse_page(page_of(data[1:]), site_area=SITE_AREA, family=family),
        lambda: parse_text(data[1:], url="file:bai.txt"),
    ):
        try:
            article = read()
        except CivicEtlError as error:
            assert str(error)
            continue
        require_article(article)


def require_article(article: Article) -> None:
    """Composed text that can be stored, and times that say where they are."""
    assert article.text
    parts = [article.title, article.text, article.lead, article.author or "", *article.captions, *article.breadcrumbs]
    for part in (*parts, article.canonical_url, article.language or "", article.encoding):
        part.encode()
        assert "\0" not in part
    for part in parts:
        assert unicodedata.is_normalized("NFC", part), part
    for moment in (article.published, article.updated):
        assert moment is None or (moment.tzinfo is not None and moment.astimezone(UTC))


def text_of(data: bytes) -> str:
    """The input as text."""
    return data.decode("utf-8", "replace")


def read_dates(data: bytes) -> None:
    """The first byte chooses the reference day."""
    reference, text = _REFERENCES[data[0] % len(_REFERENCES)] if data else DAY, text_of(data[1:])
    spans = scan_dates(text, reference)
    require_apart(text, [(start, end) for start, end, _ in spans])
    for found in (parse_date(text, reference), *(span for _, _, span in spans)):
        assert found is None or found.start <= found.end


def read_numbers(data: bytes) -> None:
    """Numbers and money; each amount read by itself is the same money."""
    text = unicodedata.normalize("NFC", text_of(data))
    whole = parse_number(text)
    assert whole is None or whole.is_finite()
    parse_money(text)
    numbers, amounts = scan_numbers(text), scan_money(text)
    require_apart(text, [(span.start, span.end) for span in numbers])
    require_apart(text, [(start, end) for start, end, _ in amounts])
    require_apart(text, split_sentences(text))
    for span in numbers:
        assert all(value.is_finite() for value in (span.value, *span.alternatives))
    for start, end, money in amounts:
        assert parse_money(text[start:end]) == money, text[start:end]


def require_apart(text: str, spans: list[tuple[int, int]]) -> None:
    """Spans lie inside the text, from left to right, and do not overlap."""
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text), (start, end)
        last = end


def read_quantities(data: bytes) -> None:
    """The first byte says whether dates are known to be none of them, as in extraction; the rest is the text."""
    stored = text_of(data[1:])
    normal = normalise(stored)
    line, dates = TokenLine(normal.folded), scan_dates(normal.text, DAY) if data and data[0] % 2 else []
    exclusions = Exclusions(normal.text, normal.folded, line, [(start, end) for start, end, _ in dates])
    found = QuantityReader(normal.text, normal.folded, line, exclusions).read()
    assert [q.start for q in found] == sorted(q.start for q in found)
    for before, q in zip([None, *found], found, strict=False):
        assert 0 <= q.start <= q.number_start < q.number_end <= q.end <= len(normal.text), q
        low, high = normal.stored(q.start, q.end)
        assert 0 <= low < high <= len(stored), q
        numbers = (q.value, q.upper, q.numerator, q.denominator)
        assert all(isinstance(number, Decimal) and number.is_finite() for number in numbers if number is not None)
        assert (q.numerator is None) == (q.denominator is None), q
        assert q.denominator or not q.numerator, q
        assert not q.parallel or (before is not None and before.parallel == q.parallel - 1), q


def read_extract(data: bytes) -> None:
    """The whole of extraction: quantities, observations and everything beside them."""
    title, _, text = text_of(data).rpartition("\n\n\n")
    found = extract(Document("a", text, title, f"{BASE}/a.html", DAY, SITE_AREA))
    facts: list[Any] = [*found.observations, *found.offices, *found.events, *found.distinctions, *found.outcomes]
    for fact in (*facts, *found.unresolved):
        assert 0 <= fact.char_start <= fact.char_end <= len(text), fact
        assert fact.evidence in text, fact
    for row in found.observations:
        assert text[row.char_start : row.char_end] == row.quote
        assert text[row.evidence_start : row.evidence_end] == row.evidence
        assert row.evidence_start <= row.char_start < row.char_end <= row.evidence_end
        assert 0 < row.confidence <= 1
        numbers = (row.obs_value, row.obs_value_upper, row.numerator, row.denominator)
        assert all(isinstance(number, Decimal) and number.is_finite() for number in numbers if number is not None)


def read_places(data: bytes) -> None:
    """The first byte chooses the day, and whether the site's area is known."""
    choice, text = data[0] if data else 0, text_of(data[1:])
    on = (None, DAY, date(2026, 5, 5))[choice % 3]
    spans = gazetteer().find(text, on, site_area=SITE_AREA if choice & 128 else None)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    for span in spans:
        assert span.text
        assert text[span.start : span.end] == span.text
        assert span.unit is not None or span.status != "resolved"


@cache
def gazetteer() -> Gazetteer:
    """The shipped one."""
    return Gazetteer.load()


def walked(walk_index: Callable[..., AsyncIterator[Found]], answer: Page, kind: str, *, full: bool, url: str) -> None:
    """Walk an index whose every page is `answer`, and look at what it yields; nothing in it ever waits."""
    period = {"family": "generic", "index": [{"kind": kind, "url": url, "pages": 3}]}
    source = Source.model_validate(
        {"name": HOST, "title": HOST, "hosts": [HOST], "level": "ward", "periods": [period]}, strict=False
    )
    troubles: list[IndexTrouble] = []

    async def fetch(_: str) -> Page:
        return answer

    walk = Walk(
        source=source,
        period=source.periods[0],
        family=get_family("generic"),
        fetch=fetch,
        trouble=troubles.append,
        is_known=lambda url: False,
        fresh_child=lambda url, changed: True,
        max_bytes=_LARGEST_PAGE,
        today=DAY,
        since=date(2015, 1, 1) if full else None,
        until=DAY if full else None,
        full=full,
    )
    index = source.absolute(url) if kind == "sitemap" else source.periods[0].index[0]
    try:
        found = finished(collected(walk_index(walk, index)))
    except CivicEtlError as error:
        assert str(error)
        return
    for item in found:
        assert source.allows(item.url), item
        (item.url + (item.title or "")).encode()
        assert all(moment is None or moment.tzinfo is not None for moment in (item.lastmod, item.published))


async def collected(found: AsyncIterator[Found]) -> list[Found]:
    """All of it."""
    return [item async for item in found]


def finished(work: Coroutine[Any, Any, list[Found]]) -> list[Found]:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return list(end.value)
    raise AssertionError("a walk over pages that are there waited")


def read_feed(data: bytes) -> None:
    """RSS and Atom, in a nightly and in a backfill."""
    for full in (False, True):
        walked(walk_feed, page_of(data), "feed", full=full, url="/rss")


def read_sitemap(data: bytes) -> None:
    """Sitemaps, sitemap indexes and plain lists."""
    for full in (False, True):
        walked(walk_sitemap, page_of(data), "sitemap", full=full, url="/sitemap.xml")


def read_listing(data: bytes) -> None:
    """Listing pages."""
    walked(walk_listing, page_of(data, f"{BASE}/tin"), "listing", full=True, url="/tin")


def read_wp_json(data: bytes) -> None:
    """The first line is the header that says how many pages there are, the rest the answer."""
    header, _, body = data.partition(b"\n")
    answer = page_of(body, f"{BASE}/wp-json/wp/v2/posts", 200, ("X-WP-TotalPages", header.decode("latin-1")))
    for full in (False, True):
        walked(walk_wp_json, answer, "wp-json", full=full, url="/wp-json/wp/v2/posts")


_ASKED = ("/", "/tin-post1.html", "/tin?trang=2&x=%C3%A1", "/quan-tri/", "/a%20b*$", "/tin tức")


def read_robots(data: bytes) -> None:
    """The first byte chooses the status; the rules then say yes or no to every address, and how long to wait."""
    status = (200, 200, 200, 404, 503)[data[0] % 5] if data else 200
    rules = rules_from(page_of(data[1:], f"{BASE}/robots.txt", status), "civic-etl")
    assert rules.delay is None or 0 <= rules.delay <= LONGEST_DELAY, rules.delay
    for path in _ASKED:
        assert isinstance(rules.allows(BASE + path), bool)
    assert all(isinstance(address, str) for address in rules.sitemaps)


def read_warcs(data: bytes) -> None:
    """The bytes as a WARC file of anybody's, plain and compressed, and as the torn end of one of ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        for form in (data, gzip.compress(data, 1, mtime=0)):
            path.write_bytes(form)
            errors: list[ArchiveError] = []
            try:
                for page in read_warc(path, limit=_LARGEST_PAGE, on_error=errors):
                    assert len(page.body) <= _LARGEST_PAGE
                    assert page.fetched_at.tzinfo is not None
                    assert isinstance(page.url, str)
            except ArchiveError as error:
                errors.append(error)
            assert all(error.file == str(path) for error in errors), errors
            try:
                cut = cut_torn_tail(path)
                assert path.stat().st_size + cut == len(form)
            except ArchiveError:
                assert path.read_bytes() == form


def read_cdxj(data: bytes) -> None:
    """The bytes as an index of an archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.cdxj"
        path.write_bytes(data)
        try:
            for entry in read_index(path):
                require_entry(entry)
        except ArchiveError as error:
            assert error.file == str(path)
            assert error.row


def require_entry(entry: IndexEntry) -> None:
    """An entry whose fields are what the archive takes them for, and that can be written again."""
    for text in (entry.url, entry.timestamp, entry.mime, entry.digest, entry.filename, entry.record_id, entry.role):
        assert isinstance(text, str)
    assert min(entry.offset, entry.length, entry.group) >= 0
    assert entry.fetched_at.tzinfo is not None
    assert entry.line().encode()


TARGETS: dict[str, Target] = {
    "html": Target(read_html, 16_384),
    "dates": Target(read_dates, 512),
    "numbers": Target(read_numbers, 512),
    "quantities": Target(read_quantities, 512),
    "extract": Target(read_extract, 1024),
    "places": Target(read_places, 1024),
    "feed": Target(read_feed, 8192),
    "sitemap": Target(read_sitemap),
    "listing": Target(read_listing),
    "wp_json": Target(read_wp_json),
    "robots": Target(read_robots),
    "warc": Target(read_warcs, 8192),
    "cdxj": Target(read_cdxj),
}
