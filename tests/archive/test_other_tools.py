"""A second, independent library reads our files; ours reads what others wrote."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from civic_etl.archive import Archive, Original, Page, read_warc
from civic_etl.errors import ArchiveError

from .conftest import Make


def test_warcio_reads_every_record_we_write(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        first = make(1, packed=True)
        ref = writer.response(first, {"civic-outcome": "new", "civic-via": "nightly"})
        writer.revisit(
            make(2, url=first.url, status=304, reason="Not Modified", raw=b"", body=b"", headers=()),
            Original(ref.record_id, first.url, first.fetched_at),
        )
        writer.response(make(3, headers=(("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))))
    seen = []
    with archive.files("xa-ha")[0].open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        for record in iterator:
            body = record.content_stream().read()
            seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body, iterator.offset))
            assert record.rec_headers.protocol == "WARC/1.1"
    assert [kind for kind, *_ in seen] == [
        "warcinfo", "response", "request", "metadata", "revisit", "request", "response", "request",
    ]  # fmt: skip
    responses = [(body, offset) for kind, _, body, offset in seen if kind == "response"]
    assert [body for body, _ in responses] == [make(1).body, make(3).body]
    assert b"civic-outcome: new" in seen[3][2]


def test_cdxj_points_warcio_at_the_record(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        for number in (1, 2, 3):
            writer.response(make(number))
    for entry in archive.index("xa-ha"):
        data = (tmp_path / entry.filename).read_bytes()[entry.offset : entry.offset + entry.length]
        record = next(iter(ArchiveIterator(io.BytesIO(data))))
        assert record.rec_headers.get_header("WARC-Target-URI") == entry.url


def foreign(path: Path, *, packed: bool, chunked: bool = False, brackets: bool = False) -> bytes:
    """A WARC as another tool writes it: revisit, DNS, resource and a picture among two pages."""
    body = "<html><body><p>Tỷ lệ hộ nghèo còn 0,07%</p></body></html>".encode()
    wire = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    headers = [("Content-Type", "text/html; charset=utf-8")] + ([("Transfer-Encoding", "chunked")] if chunked else [])
    start, end = ("<", ">") if brackets else ("", "")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another tool"}))
        head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        for number in (1, 2):
            url = f"{start}http://xaha.example.vn/{number}{end}"
            warc_headers = {"WARC-Date": "2021-01-25T03:04:05Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", io.BytesIO(wire), http_headers=head, warc_headers_dict=warc_headers
                )
            )
        dns = io.BytesIO(b"20210125030405\nxaha.example.vn. 60 IN A 203.0.113.7\n")
        writer.write_record(
            writer.create_warc_record("dns:xaha.example.vn", "resource", dns, warc_content_type="text/dns")
        )
        resource = io.BytesIO(body)
        writer.write_record(
            writer.create_warc_record(
                "http://xaha.example.vn/3", "resource", resource, warc_content_type="text/html; charset=utf-8"
            )
        )
        writer.write_record(
            writer.create_revisit_record(
                "http://xaha.example.vn/1", "sha1:A", "http://xaha.example.vn/1", "2021-01-25T03:04:05Z"
            )
        )
    return body


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("chunked", [True, False])
@pytest.mark.parametrize("brackets", [True, False])
def test_a_warc_of_another_tool(tmp_path: Path, packed: bool, chunked: bool, brackets: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    body = foreign(path, packed=packed, chunked=chunked, brackets=brackets)
    pages = list(read_warc(path))
    assert [page.url for page in pages] == [f"http://xaha.example.vn/{n}" for n in (1, 2, 3)]
    assert all(page.body == body and page.status == 200 for page in pages)
    assert pages[0].fetched_at == datetime(2021, 1, 25, 3, 4, 5, tzinfo=UTC)


def test_a_warc_in_one_gzip_member(tmp_path: Path) -> None:
    """Some tools compress the file as a whole."""
    plain, whole = tmp_path / "a.warc", tmp_path / "b.warc.gz"
    foreign(plain, packed=False)
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(list(read_warc(whole))) == 3


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.05, 0.13, 0.3, 0.44, 0.55, 0.7, 0.87, 0.98])
def test_a_cut_warc_gives_its_pages_and_then_says_so(tmp_path: Path, packed: bool, share: float) -> None:
    path = tmp_path / "a.warc.gz"
    body = foreign(path, packed=packed)
    data = path.read_bytes()
    cut = int(len(data) * share)
    # between two records nothing would be cut off; how long they are packed differs with their random ids
    cut -= data.startswith((b"\x1f\x8b", b"WARC/"), cut)
    path.write_bytes(data[:cut])
    errors: list[ArchiveError] = []
    pages: list[Page] = []
    try:
        pages.extend(read_warc(path, on_error=errors))
    except ArchiveError as error:
        errors.append(error)
    assert errors and {error.file for error in errors} == {str(path)}
    assert all(page.body == body for page in pages)


def test_pages_before_the_cut_are_given(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    foreign(path, packed=True)
    path.write_bytes(path.read_bytes()[:-7])
    reader = read_warc(path)
    assert [next(reader).url for _ in range(3)][-1] == "http://xaha.example.vn/3"
    with pytest.raises(ArchiveError, match="cut off"):
        next(reader)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x1f\x8b\x08\0rubbish", b"WARC/1.0\r\n"])
def test_what_is_no_warc(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as caught:
        list(read_warc(path))
    assert caught.value.file == str(path)


def test_a_bomb_in_a_foreign_warc_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    bomb = gzip.compress(b"\0" * 80_000_000)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        head = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record("http://x.example.vn/", "response", io.BytesIO(bomb), http_headers=head)
        )
    errors: list[ArchiveError] = []
    assert list(read_warc(path, on_error=errors)) == []
    assert "over the limit" in errors[0].message and errors[0].url == "http://x.example.vn/"
