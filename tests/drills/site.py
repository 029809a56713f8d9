"""A small site of a ward that changes from night to night, on loopback, and that can be told to misbehave."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

Answer = tuple[int, dict[str, str], bytes]
Fault = Callable[[BaseHTTPRequestHandler], Answer | None]
AREA = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
WARDS = ("Sông Cầu", "Đức Xuân", "Huyền Tụng", "Xuất Hóa")

_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{day}T08:00:00+07:00"></head><body><h1>{title}</h1>
<div class="cms-body" itemprop="articleBody"><p>Ngày {when}, phường {ward} họp tổng kết công tác năm {year}.</p>
<p>Năm {year}, phường {ward} có {households} hộ dân; thu ngân sách đạt {revenue} tỷ đồng; tỷ lệ hộ nghèo giảm còn
{rate}%. Năm {next} phường phấn đấu thu ngân sách đạt {target} tỷ đồng.</p></div></body></html>"""


@dataclass
class NightSite:
    """What the server answers: `pages` by path, `faults` before them; `hits` counts requests."""

    name: str
    pages: dict[str, Answer] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    hits: int = 0
    bodies: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def article(self, number: int, edition: int = 0) -> str:
        """Write article `number` (its ward and year follow from it), as edited `edition` times; returns its path."""
        ward, year = WARDS[number % len(WARDS)], 2015 + number // len(WARDS) % 8
        words = {
            "title": f"Phường {ward} tổng kết năm {year}",
            "day": f"{year + 1}-01-{10 + number % 15:02d}",
            "when": f"{10 + number % 15}/01/{year + 1}",
            "ward": ward,
            "year": year,
            "next": year + 1,
            "households": 1000 + number,
            "revenue": f"{9 + number % 7},{(number + edition) % 10}",
            "rate": f"{1 + number % 3},{number % 10}",
            "target": 12 + number % 5,
        }
        path = f"/phuong-tong-ket-post{1000 + number}.html"
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, _PAGE.format(**words).encode())
        if path not in self.listed:
            self.listed.append(path)
        return path

    def publish(self) -> None:
        """Write the sitemap of what is listed, and a robots.txt that allows everything."""
        rows = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in self.listed)
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
        self.pages["/sitemap.xml"] = (200, {"Content-Type": "application/xml"}, text.encode())
        self.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"")

    def describe(self, folder: Path) -> None:
        """Write the source's description."""
        folder.mkdir(parents=True, exist_ok=True)
        source: dict[str, Any] = {
            "name": self.name,
            "title": "Trang diễn tập",
            "hosts": [f"127.0.0.1:{self.port}"],
            "home": f"{self.base}/",
            "area": AREA,
            "level": "ward",
            "local": True,
            "periods": [{"family": "epi", "index": [{"kind": "sitemap", "url": "/sitemap.xml"}]}],
            "politeness": {"min_delay_seconds": 0.01},
        }
        (folder / f"{self.name}.yaml").write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")


def first_edition(site: NightSite, articles: int) -> None:
    """Articles, and four addresses that give none: gone, moved, a refusal with status 200, a server error."""
    for number in range(articles):
        site.article(number)
    _trouble(site, 1)


def second_edition(site: NightSite, articles: int) -> None:
    """The next night: two pages are edited, two are new, one is taken away, one is moved."""
    for number in (1, 2):
        site.article(number, edition=1)
    for number in (articles, articles + 1):
        site.article(number)
    _trouble(site, 2)


def _trouble(site: NightSite, night: int) -> None:
    moved_to = site.article(500 + night)
    site.listed.remove(moved_to)
    html = {"Content-Type": "text/html; charset=utf-8"}
    captcha = b"<html><title>Just a moment...</title><body>Checking your browser before accessing</body></html>"
    site.pages |= {
        f"/mat-tin-post{9000 + night}.html": (404, html, b"khong co trang"),
        f"/doi-cho-post{9010 + night}.html": (301, {"Location": moved_to}, b""),
        f"/chan-post{9020 + night}.html": (200, html, captcha),
        f"/cam-post{9030 + night}.html": (403, html, b"cam"),
    }
    site.listed += [path for path in site.pages if path.endswith(f"{night}.html") and "-post90" in path]
    site.publish()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    site: NightSite

    def do_GET(self) -> None:
        self.site.hits += 1
        fault = self.site.faults.get(self.path)
        answer = fault(self) if fault else self.site.pages.get(self.path, (404, {}, b"khong co"))
        if answer is None:
            self.close_connection = True
            return
        status, headers, body = answer
        if status == 200 and not fault:
            tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            headers = {**headers, "ETag": tag}
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            else:
                self.site.bodies.append(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a bad answer is what the drills are about."""


def serve(site: NightSite) -> ThreadingHTTPServer:
    """Start serving on a free port; shut the server down afterwards."""
    server = _Server(("127.0.0.1", site.port), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
