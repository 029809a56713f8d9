"""Files are told by what is in them."""

import gzip
from pathlib import Path

import pytest

from civic_etl.archive import sniff, sniff_bytes
from civic_etl.errors import ArchiveError


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"WARC/1.1\r\n", "warc"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "warc"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "html"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        ("Thu ngân sách đạt 9 tỷ".encode(), "text"),
        (b"Tin <p>Thu</p>", "html"),
        (b"%PDF-1.7\0\1\2", "binary"),
        (b"\x1f\x8bnot gzip", "binary"),
        (gzip.compress(b"hello", mtime=0), "binary"),
        (b"", "empty"),
        (b" \r\n\0", "empty"),
    ],
)
def test_kinds(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "x.anything"
    path.write_bytes(data)
    assert sniff(path) == kind


def test_bytes_and_missing_files(tmp_path: Path) -> None:
    assert sniff_bytes(b"<article>") == "html"
    with pytest.raises(ArchiveError, match="cannot be read"):
        sniff(tmp_path / "none")
