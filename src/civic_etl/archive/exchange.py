"""One request and the answer to it, as the crawler hands them to the archive."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from civic_etl.archive.page import Page

# What a response was fetched for; written into the record so that readers can tell articles from sitemaps.
Role = Literal["article", "index", "robots", "refusal", "other"]

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WarcRef:
    """Where a record lies: file (relative to the archive), byte offset of its gzip member, and its WARC-Record-ID."""

    path: str
    offset: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier record that a revisit refers to: its id, target URL and UTC time."""

    record_id: str
    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """A GET and its response.

    `raw` is the body as it came over the wire after transfer coding was undone, still in its Content-Encoding; `body`
    is that decoded. `fetched_at` is aware UTC, the time the response head arrived. `ip` is the address spoken to.
    """

    url: str
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    raw: bytes
    body: bytes
    fetched_at: datetime
    role: Role = "article"
    ip: str | None = None
    http_version: str = "HTTP/1.1"

    @property
    def digest(self) -> str:
        """`sha256:` and the hex digest of the decoded body."""
        return body_digest(self.body)

    @property
    def payload_digest(self) -> str:
        """The digest other WARC tools expect: base32 SHA-1 of the payload in its Content-Encoding."""
        return "sha1:" + base64.b32encode(hashlib.sha1(self.raw, usedforsecurity=False).digest()).decode("ascii")

    def header(self, name: str) -> str | None:
        """The first response header of that name (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def page(self, source: str | None = None, ref: WarcRef | None = None) -> Page:
        """This response as a Page."""
        return Page(
            url=self.url,
            status=self.status,
            headers=self.headers,
            body=self.body,
            fetched_at=self.fetched_at,
            digest=self.digest,
            source=source,
            record_id=ref.record_id if ref else None,
            warc_path=ref.path if ref else None,
            warc_offset=ref.offset if ref else None,
        )


def body_digest(body: bytes) -> str:
    """`sha256:` and the hex digest of `body`, the form that Page.digest has."""
    return "sha256:" + hashlib.sha256(body).hexdigest()
