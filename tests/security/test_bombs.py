"""Small inputs that would become large ones: packed bodies, packed records, entities in feeds and sitemaps."""

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import brotli
import pytest

from civic_etl.archive import read_warc
from civic_etl.archive.decode import decode_content
from civic_etl.archive.members import walk_members
from civic_etl.crawl import crawl_source
from civic_etl.crawl.feed import parse_feed
from civic_etl.crawl.sitemap import parse_sitemap
from civic_etl.errors import ArchiveError, FetchError
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

ZEROS = 50_000_000
LIMIT = 1_000_000
# Far below what the bombs hold, far above what any of the readers needs.
MEMORY = 20_000_000
SECONDS = 10


def bombs() -> dict[str, tuple[bytes, str]]:
    """Packed zeros by the name of what packed them, with the header that says so."""
    packed = gzip.compress(b"\0" * ZEROS, 1)
    raw = zlib.compressobj(1, zlib.DEFLATED, -15)
    return {
        "gzip": (packed, "gzip"),
        "gzip in gzip": (gzip.compress(packed, 1), "gzip, gzip"),
        "many members": (gzip.compress(b"\0" * 100_000, 1) * 500, "gzip"),
        "deflate": (zlib.compress(b"\0" * ZEROS, 1), "deflate"),
        "brotli": (brotli.compress(b"\0" * ZEROS, quality=1), "br"),
        "brotli, a byte over": (brotli.compress(b"\0" * (LIMIT + 1), quality=1), "br"),
        "gzip in brotli": (brotli.compress(packed, quality=1), "gzip, br"),
        "raw deflate": (raw.compress(b"\0" * ZEROS) + raw.flush(), "deflate"),
    }


def peak_of(work: Callable[[], object]) -> int:
    """Most memory that Python objects held while `work` ran, in bytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", bombs())
def test_a_packed_body_stops_at_the_limit(name: str) -> None:
    body, encoding = bombs()[name]

    def work() -> None:
        with pytest.raises(ArchiveError, match="over the limit"):
            decode_content(body, encoding, LIMIT)

    assert peak_of(work) < MEMORY


def test_a_packed_sitemap_stops_at_the_limit(site: Site, settings: Settings, describe: Callable[..., Source]) -> None:
    """A `.gz` sitemap is packed by its file, not by its transfer, and is unpacked under the same limit."""
    site.pages["/sitemap.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(b" " * ZEROS, 1))
    tight = settings.model_copy(update={"max_body_bytes": LIMIT})
    source = describe(site, index={"kind": "sitemap", "url": "/sitemap.xml.gz"})
    report = crawl_source(source, tight, clock=FakeClock())
    assert "over the limit" in (report.error or "")


def record(kind: str, block: bytes, declared: int | None = None) -> bytes:
    """One WARC record; `declared` is the length it claims."""
    length = len(block) if declared is None else declared
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Date: 2021-01-22T01:02:03Z\r\nWARC-Target-URI: http://x.example.vn/tin-post1.html\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "data",
    [
        record("response", HTTP + b"\r\n" + b"\0" * ZEROS),
        record("resource", b"\0" * ZEROS),
        record("response", HTTP + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"\0" * ZEROS, 1)),
        record("response", HTTP + b"\r\n" + b"<p>", declared=10**18),
        record("response", HTTP + b"\r\n" + b"<p>", declared=-1),
        record("response", HTTP + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>\r\n0\r\n\r\n"),
        record("response", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000 + b"\r\n<p>"),
        record("warcinfo", b"\0" * ZEROS) + record("response", HTTP + b"\r\n<p>x</p>"),
    ],
    ids=["body", "resource", "coding", "huge length", "negative length", "huge chunk", "headers", "record before"],
)
def test_a_packed_record_of_anybody_s_warc_stops_at_the_limit(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(gzip.compress(data, 1))
    del data

    def work() -> None:
        broken: list[ArchiveError] = []
        try:
            pages = list(read_warc(path, limit=LIMIT, on_error=broken))
        except ArchiveError as error:
            assert error.file
        else:
            assert all(len(page.body) <= LIMIT for page in pages)

    start = process_time()
    assert peak_of(work) < MEMORY
    assert process_time() - start < SECONDS


def test_walking_over_a_packed_member_holds_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(gzip.compress(b"\0" * ZEROS, 1))
    assert peak_of(lambda: list(walk_members(path))) < MEMORY


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DECLARED = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>',
    "a file": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "another host": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://127.0.0.1:1/x">]>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
}
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-7", "cp037", "cp1252")


def sitemap_of(declared: str, encoding: str) -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    url = f"<url><loc>http://x.example.vn/{'&l9;' * 2000}</loc></url>"
    return (head + declared + f"<urlset>{url}</urlset>").encode(encoding)


def feed_of(declared: str, encoding: str) -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    item = f"<item><title>{'&l9;' * 2000}</title><link>http://x.example.vn/a</link></item>"
    return (head + declared + f'<rss version="2.0"><channel>{item}</channel></rss>').encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", DECLARED)
def test_entities_are_never_expanded(name: str, encoding: str) -> None:
    """Whatever encoding hides them: refused, or read without what they stand for."""

    def work() -> None:
        for parse, body in (
            (lambda body: list(parse_sitemap(body)), sitemap_of(DECLARED[name], encoding)),
            (lambda body: parse_feed(body, "http://x.example.vn/rss"), feed_of(DECLARED[name], encoding)),
        ):
            try:
                found = parse(body)
            except FetchError:
                continue
            said = repr(found)
            assert "root:" not in said and "haha" not in said and "aaaa" not in said

    start = process_time()
    assert peak_of(work) < MEMORY
    assert process_time() - start < SECONDS


def test_entities_hidden_by_the_encoding_are_found() -> None:
    """Python and libxml know encodings in which the declaration is not the bytes that are looked for."""
    hidden = (
        b'<?xml version="1.0" encoding="%s"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY a "b"+AD4-]+AD4-<rss version="2.0"/>'
    )
    for name in (b"utf-7", b"UTF7", b"u7", b"unicode-1-1-utf-7"):
        with pytest.raises(FetchError, match="encoding that no site needs"):
            parse_feed(hidden % name, "http://x.example.vn/rss")
    for name in ("utf-8", "windows-1258", "utf-16", "tcvn", "us-ascii"):
        body = f'<?xml version="1.0" encoding="{name}"?><urlset><url><loc>http://x.vn/a</loc></url></urlset>'
        try:
            assert [entry.loc for entry in parse_sitemap(body.encode("ascii"))] == ["http://x.vn/a"]
        except FetchError as error:
            assert "encoding that no site needs" not in error.message


def test_a_feed_deep_in_elements_is_read_or_refused() -> None:
    body = b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<a>" * 20_000
    start = process_time()
    try:
        parse_feed(body, "http://x.example.vn/rss")
    except FetchError as error:
        assert error.message
    assert process_time() - start < SECONDS


def test_a_sitemap_deep_in_elements_is_read_or_refused() -> None:
    stream = io.BytesIO(b"<urlset>" + b"<url>" * 300_000)
    try:
        list(parse_sitemap(stream.getvalue()))
    except FetchError as error:
        assert error.message
