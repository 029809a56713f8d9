"""Tell what a file is from its first bytes, whatever its name."""

import zlib
from pathlib import Path
from typing import Literal

from civic_etl.errors import ArchiveError

Kind = Literal["warc", "html", "text", "binary", "empty"]

_HTML_STARTS = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<!--",
    b"<meta",
    b"<div",
    b"<article",
    b"<title",
)
_HEAD = 4096


def sniff(path: Path) -> Kind:
    """`warc` (plain or gzipped), `html`, `text`, `binary` or `empty`. Raises ArchiveError for an unreadable file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ArchiveError(f"file cannot be read: {error.strerror}", file=str(path)) from error
    if head[:2] == b"\x1f\x8b":
        try:
            inner = zlib.decompressobj(31).decompress(head, _HEAD)
        except zlib.error:
            return "binary"
        return "warc" if inner.startswith(b"WARC/") else "binary"
    if head.startswith(b"WARC/"):
        return "warc"
    return sniff_bytes(head)


def sniff_bytes(data: bytes) -> Kind:
    """The same for bytes that are not compressed."""
    head = data[:_HEAD]
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return "empty"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
        head = head[: len(head) // 2 * 2].decode(encoding, "replace").encode("utf-8")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_STARTS):
        return "html"
    if b"\0" in head or _control_share(head) > 0.05:
        return "binary"
    return "html" if b"<p" in start and b"</" in start else "text"


def _control_share(data: bytes) -> float:
    odd = sum(1 for byte in data if byte < 32 and byte not in (9, 10, 12, 13, 27))
    return odd / len(data)
