"""The lines of an index: what is none is an error with its line, and every address has a key."""

import json
from pathlib import Path

import pytest

from civic_etl.archive.cdxj import read_index, surt
from civic_etl.errors import ArchiveError

FIELDS = {
    "url": "https://xaha.example.vn/a", "mime": "text/html", "status": "200", "digest": "sha256:0", "length": "7",
    "offset": "9", "filename": "xa-ha/2026-03-0000.warc.gz", "group": "8", "id": "urn:uuid:0", "role": "article",
}  # fmt: skip
STAMP = "20260302150100"


def line_of(stamp: str = STAMP, **more: object) -> bytes:
    return f"vn,example,xaha)/a {stamp} {json.dumps({**FIELDS, **more})}\n".encode()


def test_a_sound_line(tmp_path: Path) -> None:
    path = tmp_path / "index.cdxj"
    path.write_bytes(line_of())
    (entry,) = read_index(path)
    assert entry.line().encode() == line_of()
    assert f"{entry.fetched_at:%Y%m%d%H%M%S}" == STAMP


@pytest.mark.parametrize(
    "line",
    [
        b"\x80" + line_of(),
        line_of("20261302150100"),
        line_of("2026030215010²"),
        line_of("2026"),
        line_of(url=7),
        line_of(role=None),
        line_of(offset="-1"),
        line_of(group="viele"),
        line_of(length=float("inf")),
        b"vn)/ " + STAMP.encode() + b" " + b"[" * 100_000 + b"\n",
    ],
)
def test_what_is_no_line_is_named_with_its_number(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "index.cdxj"
    path.write_bytes(line_of() + line + line_of())
    with pytest.raises(ArchiveError, match="not a CDXJ line") as caught:
        list(read_index(path))
    assert (caught.value.file, caught.value.row) == (str(path), 2)


@pytest.mark.parametrize("url", ["https://xaha:.vn/a b", "http://[", "", " \n ", "http://xaha.example.vn/\ud800"])
def test_an_address_that_is_none_has_a_key_too(url: str) -> None:
    assert surt(url)
    assert not surt(url).split()[1:]
    assert surt(url).encode()
