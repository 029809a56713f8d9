"""Serve the site of the release in force on loopback, following `current` when another is published."""

import email.utils
import mimetypes
import re
import socket
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from civic_etl.errors import SettingsError

HOST = "127.0.0.1"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_BLOCK = 1 << 20


def site_server(current: Path, port: int, log: Callable[[str], None] = lambda line: None) -> ThreadingHTTPServer:
    """A server, bound and not yet running, of `<current>/site`; port 0 takes any that is free.

    `current` is looked up again for every request. Where there is no release, or one without a site, every page says
    what to do. Raises SettingsError where the port is taken.
    """
    handler = partial(_Handler, current, log)
    try:
        return _Server((HOST, port), handler)
    except OSError as error:
        raise SettingsError(f"port {port} cannot be used ({error.strerror}): give another", field="port") from error


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # two explorers on one port would take turns in answering
    allow_reuse_port = False
    address_family = socket.AF_INET

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that turns to another page hangs up; anything else is told on stderr."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, current: Path, log: Callable[[str], None], *arguments: object) -> None:
        self._current = current
        self._log = log
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *arguments: object) -> None:  # the name is the base class's
        self._log(format % arguments)

    def _answer(self, *, with_body: bool) -> None:
        # one look at the symlink for the whole answer
        site = (self._current / "site").resolve()
        if not (site / "index.html").is_file():
            self._say_what_to_do(site, with_body)
            return
        path = self._path(site)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with path.open("rb") as file:
            self._send(path, file, with_body)

    def _path(self, site: Path) -> Path | None:
        """The file of the site that is asked for, or None where there is no such file."""
        address = urlsplit(self.path)
        wanted = unquote(address.path).lstrip("/")
        if "\0" in wanted:
            return None
        path = (site / (wanted or "index.html")).resolve()
        # an engine that has read a part of the last release's database must not go on with this one's
        if path.suffix == ".duckdb" and address.query not in ("", site.parent.name):
            return None
        return path if path.is_relative_to(site) and path.is_file() else None

    def _send(self, path: Path, file: BinaryIO, with_body: bool) -> None:
        size = path.stat().st_size
        span = self._span(size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start, end, is_part = span
        self.send_response(HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK)
        if is_part:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Type", _type(path))
        self.send_header("Content-Length", str(end - start))
        self.send_header("Last-Modified", email.utils.formatdate(path.stat().st_mtime, usegmt=True))
        self._common_headers()
        self.end_headers()
        if with_body:
            file.seek(start)
            _copy(file, self.wfile, end - start)

    def _span(self, size: int) -> tuple[int, int, bool] | None:
        """Start and end of what is asked for, and whether that is a part; None where there is nothing such.

        Several ranges count as none given.
        """
        match = _RANGE.fullmatch(self.headers.get("Range", ""))
        if match is None or match.group(0) == "bytes=-":
            return 0, size, False
        first, last = match.groups()
        if not first:
            return max(size - int(last), 0), size, True
        start, end = int(first), min(int(last) + 1, size) if last else size
        return (start, end, True) if start < end else None

    def _say_what_to_do(self, site: Path, with_body: bool) -> None:
        name = "no_site.html" if self._current.exists() else "no_release.html"
        body = resources.files("civic_etl.explorer").joinpath("pages", name).read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND if site.exists() else HTTPStatus.SERVICE_UNAVAILABLE)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self._common_headers()
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _common_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")


def _type(path: Path) -> str:
    if path.suffix == ".gz":
        return "application/gzip"
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def _copy(source: BinaryIO, target: object, length: int) -> None:
    while length > 0:
        block = source.read(min(_BLOCK, length))
        if not block:
            return
        target.write(block)  # type: ignore[attr-defined]
        length -= len(block)
