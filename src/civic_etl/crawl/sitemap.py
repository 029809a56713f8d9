"""Sitemaps: index files, gzip, text lists; XML that cannot harm the reader."""

import codecs
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from civic_etl.archive.decode import decode_content
from civic_etl.crawl.clock import VIETNAM
from civic_etl.crawl.found import Found, IndexTrouble, Walk, dates_in_name
from civic_etl.errors import ArchiveError, FetchError
from civic_etl.sources.urls import clean_url

# Over the protocol's own 50,000, since sites overstep it; and how deep and wide an index may lead.
MAX_ENTRIES = 100_000
MAX_DEPTH = 3
MAX_FILES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A `<url>` or `<sitemap>` element; `is_index` for the latter."""

    loc: str
    lastmod: datetime | None
    title: str | None
    published: datetime | None
    is_index: bool


async def walk_sitemap(walk: Walk, url: str) -> AsyncIterator[Found]:
    """Article addresses of a sitemap and the sitemaps below it, newest files first.

    Files whose name or lastmod puts them outside the span are not read. Raises FetchError when the top file cannot be
    read; trouble below it is reported and the walk goes on.
    """
    pages = [(url, 0)]
    seen = {url}
    first = True
    while pages:
        here, depth = pages.pop(0)
        try:
            entries = await _read(walk, here)
        except FetchError as error:
            if first:
                raise
            walk.trouble(IndexTrouble(here, error.message))
            continue
        first = False
        children: list[tuple[str, int]] = []
        for entry in entries:
            target = _target(entry.loc)
            if target is None:
                continue
            if not entry.is_index:
                found = Found(target, entry.lastmod, entry.published, entry.title)
                if walk.takes(target) and walk.in_span(found):
                    yield found
            elif target not in seen and _wanted(walk, entry, target):
                seen.add(target)
                children.append((target, depth + 1))
        if depth + 1 > MAX_DEPTH and children:
            walk.trouble(IndexTrouble(here, f"sitemaps nested deeper than {MAX_DEPTH} are not read"))
            children = []
        if len(seen) > MAX_FILES:
            walk.trouble(IndexTrouble(here, f"more than {MAX_FILES} sitemaps; the rest is not read"))
            return
        children.sort(key=lambda child: dates_in_name(child[0]) or (_EPOCH, _EPOCH), reverse=True)
        pages = children + pages


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).date()


def _wanted(walk: Walk, entry: Entry, url: str) -> bool:
    if not walk.source.allows(url):
        walk.trouble(IndexTrouble(url, "sitemap on a host that is not allowed"))
        return False
    skip = walk.family.sitemap_skip
    if skip and re.search(skip, url):
        return False
    span = dates_in_name(url)
    if span:
        return not (walk.since and span[1] < walk.since) and not (walk.until and span[0] > walk.until)
    if walk.full:
        return not (walk.since and entry.lastmod and entry.lastmod.date() < walk.since)
    return walk.fresh_child(url, entry.lastmod)


async def _read(walk: Walk, url: str) -> list[Entry]:
    page = await walk.fetch(url)
    if page.status != 200:
        raise FetchError(f"sitemap answers {page.status}", url=url)
    body = page.body
    if body[:2] == b"\x1f\x8b":
        try:
            body = decode_content(body, "gzip", walk.max_bytes)
        except ArchiveError as error:
            raise FetchError(error.message, url=url) from error
    entries: list[Entry] = []
    try:
        for entry in parse_sitemap(body):
            entries.append(entry)
            if len(entries) >= MAX_ENTRIES:
                walk.trouble(IndexTrouble(url, f"more than {MAX_ENTRIES} entries; the rest is not read"))
                break
    except FetchError as error:
        if not entries:
            raise FetchError(error.message, url=url) from error
        walk.trouble(IndexTrouble(url, f"{error.message}; {len(entries)} entries were read before"))
    return entries


def parse_sitemap(body: bytes) -> Iterator[Entry]:
    """The entries of a sitemap, a sitemap index or a plain list of addresses.

    Raises FetchError for XML that declares entities (never needed, and a known attack), for a page that is no
    sitemap, and, after the entries before, at the point where XML breaks.
    """
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        yield from _plain_list(body)
        return
    refuse_entities(body)
    if start[:500].lower().startswith((b"<!doctype html", b"<html")):
        raise FetchError("an HTML page stands where the sitemap should be")
    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    known = False
    for at in range(0, len(body), 1 << 16):
        try:
            parser.feed(body[at : at + (1 << 16)])
        except etree.XMLSyntaxError as error:
            yield from _drain(parser)
            raise FetchError(f"sitemap is not well-formed XML: {error}") from error
        for entry in _drain(parser):
            known = True
            yield entry
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise FetchError(f"sitemap is not well-formed XML: {error}") from error
    if not known and _name(root) not in ("urlset", "sitemapindex"):
        raise FetchError(f"<{_name(root)}> is no sitemap")


def refuse_entities(body: bytes) -> None:
    """Raise FetchError for a document type declaration with entities, and for an encoding that could hide one."""
    head = body.replace(b"\0", b"") if b"\0" in body[:200] else body
    if b"<!ENTITY" in head or b"<!entity" in head:
        raise FetchError("XML declares entities; it is not read")
    declared = _ENCODING.search(head[:200])
    if (declared and not _is_plain(declared.group(1).decode("ascii"))) or head.startswith(_EBCDIC):
        raise FetchError("XML in an encoding that no site needs; it is not read")


_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\x21-\x7e]{1,40}?)["']""")
_EBCDIC = "<?xml".encode("cp037")


# Encodings in which markup may also be written otherwise than as its own bytes.
_MASKING = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "hz"})


def _is_plain(encoding: str) -> bool:
    """Whether markup is written in it as in ASCII, zero bytes apart; an unknown one is read as UTF-8 or refused."""
    try:
        name = codecs.lookup(encoding).name
        written = "<!ENTITY".encode(encoding).replace(b"\0", b"")
    except (LookupError, UnicodeError):
        return True
    return written.endswith(b"<!ENTITY") and name not in _MASKING


def _drain(parser: "etree.XMLPullParser") -> Iterator[Entry]:
    for _, element in parser.read_events():
        if not isinstance(element.tag, str):
            continue
        name = _name(element)
        if name not in ("url", "sitemap"):
            continue
        values = {_name(child): child for child in element.iter() if isinstance(child.tag, str)}
        loc = (values["loc"].text or "").strip() if "loc" in values else ""
        if loc:
            yield Entry(
                loc=loc,
                lastmod=parse_w3c(_text(values, "lastmod")),
                title=_text(values, "title"),
                published=parse_w3c(_text(values, "publication_date")),
                is_index=name == "sitemap",
            )
        element.clear()


def _name(element: "etree._Element") -> str:
    """The tag without its namespace, which lxml's own QName refuses to take off where it is no sound one."""
    return str(element.tag).rpartition("}")[2]


def _text(values: "dict[str, etree._Element]", name: str) -> str | None:
    element = values.get(name)
    text = (element.text or "").strip() if element is not None else ""
    return text or None


def _plain_list(body: bytes) -> Iterator[Entry]:
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines[:20]):
        raise FetchError("neither XML nor a list of addresses")
    for line in lines:
        yield Entry(line, None, None, None, is_index=False)


def _target(loc: str) -> str | None:
    try:
        return clean_url(loc)
    except ValueError:
        return None


def parse_w3c(text: str | None) -> datetime | None:
    """A W3C date or time (`2024-03-05`, `2024-03-05T09:18:48+0700`); without a zone it is Vietnam's. None if
    unreadable."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
