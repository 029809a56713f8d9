"""Content codings are undone within a limit; what is cut or forged says so."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.archive.decode import dechunk, decode_content
from civic_etl.errors import ArchiveError

LIMIT = 1_000_000


@given(st.binary(max_size=5000))
def test_layers_come_off(body: bytes) -> None:
    assert decode_content(gzip.compress(body), "gzip", LIMIT) == body
    assert decode_content(zlib.compress(body), "deflate", LIMIT) == body
    assert decode_content(zlib.compress(body)[2:-4], "Deflate", LIMIT) == body or not body
    assert decode_content(gzip.compress(gzip.compress(body)), "gzip, x-gzip", LIMIT) == body
    assert decode_content(gzip.compress(body) + gzip.compress(body), "gzip", LIMIT) == body + body


def test_labelled_gzip_that_is_none() -> None:
    assert decode_content(b"<html>", "gzip", LIMIT) == b"<html>"
    assert decode_content(b"", "gzip", LIMIT) == b"" == decode_content(b"", "deflate", LIMIT)


@pytest.mark.parametrize("cut", [5, 12, 40, -9, -1])
def test_cut_gzip_says_truncated(cut: int) -> None:
    data = gzip.compress(b"".join(b"%d" % number for number in range(3000)))
    with pytest.raises(ArchiveError, match=r"truncated|damaged"):
        decode_content(data[:cut], "gzip", LIMIT)


def test_bombs_stop_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * (LIMIT + 1))
    for data, coding in (
        (bomb, "gzip"),
        (gzip.compress(bomb), "gzip, gzip"),
        (zlib.compress(b"\0" * LIMIT * 3), "deflate"),
    ):
        with pytest.raises(ArchiveError, match="over the limit"):
            decode_content(data, coding, LIMIT)


def test_nesting_and_unknown_codings() -> None:
    with pytest.raises(ArchiveError, match="4 layers"):
        decode_content(b"x", "gzip, gzip, gzip, gzip", LIMIT)
    with pytest.raises(ArchiveError, match="unknown Content-Encoding 'zstd'"):
        decode_content(b"x", "zstd", LIMIT)


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=6))
def test_chunks_join(parts: list[bytes]) -> None:
    wire = b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert dechunk(wire) == b"".join(parts)


def test_what_only_claims_to_be_chunked_stays() -> None:
    assert dechunk(b"<html>") == b"<html>"
    with pytest.raises(ArchiveError, match="breaks off"):
        dechunk(b"3\r\nabc\r\nzz")
