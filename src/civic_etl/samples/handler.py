"""The HTTP of the sample sites: conditional GET, HEAD, gzip."""

import gzip
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from civic_etl.samples.resources import HTML, Resource


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that was answered; `target` is path and query."""

    site: str
    method: str
    target: str
    status: int


class Desk(Protocol):
    """Where a socket gets its answers, and where it reports them."""

    def answer(self, key: str, target: str) -> Resource:
        """What site `key` answers to a GET of `target`."""
        ...

    def record(self, hit: Hit) -> None:
        """Remember a request."""
        ...


class SiteServer(ThreadingHTTPServer):
    """One site on one socket. Raises OSError where the port is taken."""

    daemon_threads = True
    # A slow or idle client must not hold up closing.
    block_on_close = False

    def __init__(self, address: tuple[str, int], desk: Desk, key: str) -> None:
        self.desk = desk
        self.key = key
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    server_version = "nginx"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    # An answer leaves as one packet, or Nagle and delayed acknowledgements cost 40 ms a page.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        self._answer(self.server.desk.answer(self.server.key, self.path))

    def do_HEAD(self) -> None:
        self._answer(self.server.desk.answer(self.server.key, self.path))

    def _answer(self, resource: Resource) -> None:
        headers = dict(resource.headers)
        if resource.location:
            self._send(resource.status, b"", headers | {"Location": resource.location, "Content-Type": HTML})
            return
        if resource.status == 200:
            headers |= {"ETag": resource.etag, "Cache-Control": "max-age=0, must-revalidate"}
            if resource.modified:
                headers["Last-Modified"] = format_datetime(resource.modified.astimezone(UTC), usegmt=True)
            if self._fresh(resource):
                self._send(304, None, headers)
                return
        headers["Content-Type"] = resource.content_type
        body = resource.body
        if resource.content_type.partition(";")[0] not in ("image/png", "application/pdf"):
            headers["Vary"] = "Accept-Encoding"
            if self._takes_gzip():
                headers["Content-Encoding"] = "gzip"
                body = gzip.compress(body, compresslevel=5, mtime=0)
        self._send(resource.status, body, headers)

    def _fresh(self, resource: Resource) -> bool:
        """Whether the client holds this already. If-None-Match, where given, decides alone (RFC 9110, 13.2.2)."""
        if tags := self.headers.get("If-None-Match"):
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return "*" in known or resource.etag.removeprefix("W/") in known
        since = self.headers.get("If-Modified-Since")
        if not since or not resource.modified:
            return False
        try:
            moment = parsedate_to_datetime(since)
        except ValueError:
            return False
        return resource.modified.replace(microsecond=0) <= moment.replace(tzinfo=moment.tzinfo or UTC)

    def _takes_gzip(self) -> bool:
        for offer in self.headers.get("Accept-Encoding", "").lower().split(","):
            coding, _, weight = (part.strip() for part in offer.partition(";"))
            if coding in ("gzip", "*") and weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
                return True
        return False

    def _send(self, status: int, body: bytes | None, headers: dict[str, str]) -> None:
        self.server.desk.record(Hit(self.server.key, self.command, self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the record of hits is the log."""
