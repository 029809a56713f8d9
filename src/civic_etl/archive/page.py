"""One archived response."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a URL as a server gave them, and where they lie in the archive.

    `body` is decoded from any Content-Encoding but is otherwise untouched. `fetched_at` is UTC and aware.
    `digest` is `sha256:` and the hex digest of `body`. `warc_path` (relative to the archive) and `warc_offset` are None
    for a page that did not come from the archive.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    digest: str
    source: str | None = None
    record_id: str | None = None
    warc_path: str | None = None
    warc_offset: int | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
