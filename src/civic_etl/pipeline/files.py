"""Read one file given by hand: HTML, plain text or WARC, told apart by what is in it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from civic_etl.archive import Page, body_digest, read_warc, sniff
from civic_etl.errors import ArchiveError, CivicEtlError, FetchError, ParseError, SourceError
from civic_etl.parse import parse_page, parse_text
from civic_etl.parse.article import Article
from civic_etl.pipeline.fetch_urls import source_of
from civic_etl.pipeline.reading import Hints, Reading, dated, read_article, read_page
from civic_etl.sources import Source
from civic_etl.warehouse.items import Outcome, PageOutcome

_NOT_PAGES = ("image/", "video/", "audio/", "text/css", "text/javascript", "application/", "font/")
_PAGES = ("application/xhtml+xml",)


def file_url(path: Path) -> str:
    """The address a file without one is known by: its name, so that folders of this machine are in no release."""
    return f"file:{path.name}"


def article_of(path: Path, url: str | None = None, hints: Hints | None = None) -> Article:
    """The article in an HTML or text file.

    Raises ParseError naming the file where it is neither, is empty, or holds no article; ArchiveError where it cannot
    be read.
    """
    known = hints or Hints()
    address = url or file_url(path)
    kind = sniff(path)
    try:
        if kind == "html":
            article = parse_page(_page(path, address), site_area=known.site_area)
        elif kind == "text":
            article = parse_text(path.read_bytes(), url=address, site_area=known.site_area)
        else:
            raise ParseError("the file is empty" if kind == "empty" else f"not HTML, text or WARC: {kind} data")
    except CivicEtlError as error:
        error.file = str(path)
        raise
    return dated(article, known.published)


def read_file(
    path: Path, sources: Mapping[str, Source], *, url: str | None = None, hints: Hints | None = None
) -> Iterator[Reading]:
    """Everything that a file asserts, a reading a page. Raises CivicEtlError naming the file where it gives nothing."""
    if not path.is_file():
        raise ArchiveError("no such file", file=str(path))
    if sniff(path) == "warc":
        yield from _read_warc(path, sources, hints)
        return
    article = article_of(path, url, hints)
    if article.published is None:
        raise ParseError(
            "the date of publication is unknown: give it with --published", file=str(path), field="published"
        )
    outcome = PageOutcome(article.url, article.source, None, "article")
    yield Reading((read_article(article),), (outcome,))


def failed(name: str, error: CivicEtlError) -> PageOutcome:
    """The line of the page ledger for a file or address that gave nothing."""
    url = name if "://" in name else file_url(Path(name))
    kinds: dict[type[CivicEtlError], Outcome] = {SourceError: "refused", FetchError: "fetch_failed"}
    return PageOutcome(url, error.source, None, kinds.get(type(error), "parse_failed"), error.message)


def _page(path: Path, url: str) -> Page:
    body = path.read_bytes()
    return Page(url, 200, (), body, datetime.now(UTC), body_digest(body))


def _read_warc(path: Path, sources: Mapping[str, Source], hints: Hints | None) -> Iterator[Reading]:
    broken: list[ArchiveError] = []
    for page in read_warc(path, on_error=broken):
        if page.status == 200 and _is_page(page):
            item, outcome = read_page(page, source_of(page.url, sources), hints)
            yield Reading((item,) if item else (), (outcome,))
    for error in broken:
        url = error.url or f"{file_url(path)}#{error.row}"
        yield Reading((), (PageOutcome(url, None, None, "parse_failed", error.message),))
    if broken:
        raise ArchiveError(f"{len(broken)} records cannot be read, the first: {broken[0].message}", file=str(path))


def _is_page(page: Page) -> bool:
    """Leave pictures, scripts and feeds of a foreign WARC aside; what has no type is looked at."""
    media = (page.header("Content-Type") or "").split(";")[0].strip().lower()
    path = page.url.split("?", 1)[0]
    return (media in _PAGES or not media.startswith(_NOT_PAGES)) and not path.endswith(("/robots.txt", ".xml", ".rss"))
