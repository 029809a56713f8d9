"""A site on loopback that a test fills with pages, and a clock that need not be waited for."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from civic_etl.settings import Settings
from civic_etl.sources import Source

Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[[BaseHTTPRequestHandler], Answer | None]


class FakeClock:
    """Sleeps by moving its own hands."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)) -> None:
        self.start = start
        self.elapsed = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed)

    def monotonic(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.elapsed += seconds

    def advance(self, **span: float) -> None:
        self.elapsed += timedelta(**span).total_seconds()


@dataclass
class Site:
    """What the server answers: a body with an ETag for each path, or a handler's own answer."""

    pages: dict[str, bytes | Answer | Handler] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent_bodies: list[str] = field(default_factory=list)
    etags: bool = True
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def forget(self) -> None:
        self.requests.clear()
        self.sent_bodies.clear()

    def sitemap(self, entries: dict[str, str | None], path: str = "/sitemap.xml") -> None:
        rows = "".join(
            f"<url><loc>{self.base}{where}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
            for where, day in entries.items()
        )
        self.pages[path] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()

    def article(self, path: str, words: str = "Thu ngân sách đạt 12,5 tỷ đồng") -> None:
        self.pages[path] = f"<!doctype html><html><body><h1>Tin</h1><p>{words}</p></body></html>".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append((self.path, dict(self.headers)))
        answer: Any = self.site.pages.get(self.path, (404, {}, b"khong co trang"))
        if callable(answer):
            answer = answer(self)
            if answer is None:
                self.close_connection = True
                return
        if isinstance(answer, bytes):
            kind = "application/xml" if b"<urlset" in answer[:400] else "text/html; charset=utf-8"
            if self.path == "/robots.txt":
                kind = "text/plain"
            answer = (200, {"Content-Type": kind}, answer)
        status, headers, body = answer
        if status == 200 and self.site.etags:
            tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            headers = {"ETag": tag, **headers}
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers and status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status == 200:
            self.site.sent_bodies.append(self.path)
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


def serve(site: Site) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site with an empty robots.txt."""
    one = Site(pages={"/robots.txt": b""})
    server = serve(one)
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def sites() -> Iterator[Callable[[], Site]]:
    """Starts as many sites as are asked for."""
    servers: list[ThreadingHTTPServer] = []

    def start() -> Site:
        one = Site(pages={"/robots.txt": b""})
        servers.append(serve(one))
        return one

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "warehouse",
        min_delay_seconds=2.0,
        jitter_seconds=0.0,
        request_timeout_seconds=5.0,
        _env_file=None,
    )


@pytest.fixture
def describe() -> Callable[..., Source]:
    """Makes a source description for a site."""

    def make(site: Site, name: str = "site", family: str = "epi", **more: Any) -> Source:
        index = more.pop("index", {"kind": "sitemap", "url": "/sitemap.xml"})
        return Source.model_validate(
            {
                "name": name,
                "title": "Trang thử",
                "hosts": [f"127.0.0.1:{site.port}"],
                "home": site.base + "/",
                "level": "ward",
                "local": True,
                "periods": [{"family": family, "index": index}],
                **more,
            }
        )

    return make
