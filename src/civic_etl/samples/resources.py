"""What a sample site answers with, and the small binary things that pages point to."""

import struct
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Protocol

HTML = "text/html; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"
JSON = "application/json; charset=UTF-8"
CSS = "text/css; charset=UTF-8"
TEXT = "text/plain; charset=UTF-8"

Query = dict[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """One answer. `modified` (aware) becomes Last-Modified; `location` makes it a redirect."""

    body: bytes
    content_type: str = HTML
    modified: datetime | None = None
    status: int = 200
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A validator of the content, weak, since the same page may travel compressed or not."""
        return f'W/"{sha256(self.body).hexdigest()[:20]}"'


class SiteApp(Protocol):
    """A site as a function from a path and its query to an answer, the same for the same edition."""

    def get(self, path: str, query: Query) -> Resource:
        """The answer to a GET; never raises for an unknown path, but answers 404."""
        ...


def redirect(location: str) -> Resource:
    """A permanent redirect."""
    return Resource(b"", status=301, location=location)


def png(seed: int, width: int = 32, height: int = 20) -> bytes:
    """A small picture of one colour."""
    colour = bytes(sha256(str(seed).encode()).digest()[:3])
    rows = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def pdf() -> bytes:
    """A valid PDF of one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
