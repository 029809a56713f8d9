"""Undo chunked transfer coding and Content-Encoding, never past a stated size."""

import zlib
from collections.abc import Callable

from civic_etl.errors import ArchiveError

# More layers than this is an attack or a broken server.
MAX_LAYERS = 3
_STEP = 1 << 16


def decode_content(raw: bytes, encoding: str | None, limit: int) -> bytes:
    """`raw` without its Content-Encoding layers (`encoding` is the header's value), at most `limit` bytes.

    A body that is labelled gzip but does not start like gzip is taken as it is: servers and archiving tools do that.
    Raises ArchiveError for a damaged or cut stream, an unknown coding, more than three layers, or too large a result.
    """
    layers = [layer.strip().lower() for layer in (encoding or "").split(",") if layer.strip()]
    if len(layers) > MAX_LAYERS:
        raise ArchiveError(f"{len(layers)} layers of Content-Encoding; at most {MAX_LAYERS} are undone")
    body = raw
    for layer in reversed(layers):
        if layer in ("identity", "none", "utf-8"):
            continue
        decoder = _DECODERS.get(layer)
        if decoder is None:
            raise ArchiveError(f"unknown Content-Encoding {layer!r}")
        body = decoder(body, limit)
    if len(body) > limit:
        raise ArchiveError(f"body of {len(body)} bytes is over the limit of {limit}")
    return body


def _gunzip(data: bytes, limit: int) -> bytes:
    if not data or data[:2] != b"\x1f\x8b":
        return data
    out = bytearray()
    while data[:2] == b"\x1f\x8b":
        engine = zlib.decompressobj(31)
        _inflate(engine, data, out, limit, "gzip")
        data = engine.unused_data
    return bytes(out)


def _deflate(data: bytes, limit: int) -> bytes:
    if not data:
        return data
    # Half of the servers that say "deflate" send it without the zlib wrapper.
    wrapped = (data[0] & 0x0F) == 8 and int.from_bytes(data[:2]) % 31 == 0
    out = bytearray()
    _inflate(zlib.decompressobj(15 if wrapped else -15), data, out, limit, "deflate")
    return bytes(out)


def _inflate(engine: "zlib._Decompress", data: bytes, out: bytearray, limit: int, name: str) -> None:
    pending = data
    try:
        while not engine.eof:
            piece = engine.decompress(pending, _STEP)
            out += piece
            if len(out) > limit:
                raise ArchiveError(f"{name} body is over the limit of {limit} bytes once decompressed")
            pending = engine.unconsumed_tail
            # Output may still come when all input is taken; when none does, the stream is cut.
            if not piece and not pending:
                break
    except zlib.error as error:
        raise ArchiveError(f"damaged {name} body: {error}") from error
    if not engine.eof:
        raise ArchiveError(f"{name} body ends before its end marker (truncated)")


def _brotli(data: bytes, limit: int) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise ArchiveError("body is brotli-compressed and the brotli package is not installed") from error
    engine = brotli.Decompressor()
    out = bytearray()
    try:
        out += engine.process(data, output_buffer_limit=_STEP)
        while not engine.is_finished():
            if len(out) > limit:
                raise ArchiveError(f"br body is over the limit of {limit} bytes once decompressed")
            more = engine.process(b"", output_buffer_limit=_STEP)
            if not more:
                raise ArchiveError("br body ends before its end marker (truncated)")
            out += more
    except brotli.error as error:
        raise ArchiveError(f"damaged br body: {error}") from error
    return bytes(out)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _brotli,
}


def dechunk(raw: bytes) -> bytes:
    """`raw` without chunked transfer coding; returned as it is where it is not chunked at all.

    WARC writers often undo the coding and keep the header. Raises ArchiveError when chunks start well and then break
    off.
    """
    out = bytearray()
    at = 0
    while True:
        line_end = raw.find(b"\r\n", at)
        size_text = raw[at:line_end].split(b";")[0].strip() if line_end >= 0 else b""
        try:
            size = int(size_text, 16) if size_text and not size_text.startswith((b"-", b"+")) else -1
        except ValueError:
            size = -1
        if size < 0:
            if at == 0:
                return raw
            raise ArchiveError("chunked body breaks off in the middle")
        if size == 0:
            return bytes(out)
        start = line_end + 2
        if start + size > len(raw):
            if at == 0:
                return raw
            raise ArchiveError("chunked body ends inside a chunk")
        out += raw[start : start + size]
        at = start + size + 2
