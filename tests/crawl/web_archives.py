"""Local servers that speak the protocols of the Wayback Machine and of Common Crawl, over pages a test gives them."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from civic_etl.crawl.web_archive import WebArchive

from .conftest import Answer, Site


class Routed(dict[str, Any]):
    """Pages answered by the first route whose prefix fits."""

    def __init__(self, routes: dict[str, Callable[[BaseHTTPRequestHandler], Answer]]) -> None:
        super().__init__()
        self.routes = routes

    def get(self, path: str, default: Any = None) -> Any:
        return next((answer for prefix, answer in self.routes.items() if path.startswith(prefix)), default)


@dataclass
class WaybackServer:
    """Captures by original address: (timestamp, body). `page_size` rows an index page."""

    site: Site
    captures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    page_size: int = 2
    busy_after: int = 10**9
    moved: dict[str, str] = field(default_factory=dict)
    queries: list[dict[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.pages = Routed({"/cdx/search/cdx?": self._index, "/web/": self._page})

    @property
    def archive(self) -> WebArchive:
        base = self.site.base
        return WebArchive("wayback", "W", f"{base}/cdx/search/cdx", f"{base}/web/", 2.5, 0.5, 1000, local=True)

    def _index(self, request: BaseHTTPRequestHandler) -> Answer:
        query = parse_qs(urlsplit(request.path).query)
        self.queries.append(query)
        host, start = query["url"][0], int(query.get("resumeKey", ["0"])[0])
        rows = [
            [stamp, url, "text/html", "200", "D"]
            for url, (stamp, _) in sorted(self.captures.items())
            if (urlsplit(url).hostname or "").removeprefix("www.") == host
            and query["from"][0] <= stamp[:8] <= query["to"][0]
        ]
        table: list[list[str]] = [["timestamp", "original", "mimetype", "statuscode", "digest"]] if rows else []
        table += rows[start : start + self.page_size]
        if start + self.page_size < len(rows):
            table += [[], [str(start + self.page_size)]]
        return 200, {"Content-Type": "application/json"}, json.dumps(table).encode()

    def _page(self, request: BaseHTTPRequestHandler) -> Answer:
        if len([path for path in self.site.paths() if path.startswith("/web/")]) > self.busy_after:
            return 429, {}, b"Too Many Requests"
        _, _, url = request.path.removeprefix("/web/").partition("id_/")
        if url in self.moved:
            return 302, {"Location": self.moved.pop(url)}, b""
        held = self.captures.get(url) or self.captures.get(url.replace("://", "://www."))
        if held is None:
            return 404, {}, b"not in archive"
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "x-archive-orig-content-type": "text/html; charset=utf-8",
            "x-archive-orig-etag": '"of-then"',
            "x-archive-orig-content-encoding": "gzip",
            "Memento-Datetime": "Mon, 25 Jan 2021 03:04:05 GMT",
        }
        return 200, headers, held[1]


@dataclass
class CommonCrawlServer:
    """Two crawls, each with pages by address; the records of a crawl lie in one WARC file."""

    site: Site
    crawls: dict[str, dict[str, tuple[str, bytes]]] = field(default_factory=dict)
    whole_files: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    _rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site.pages = Routed({"/collinfo.json": self._info, "/CC-": self._index, "/warc/": self._range})

    @property
    def archive(self) -> WebArchive:
        base = self.site.base
        return WebArchive("commoncrawl", "C", f"{base}/collinfo.json", f"{base}/", 1.5, 0.5, 1000, local=True)

    def _info(self, request: BaseHTTPRequestHandler) -> Answer:
        rows = [
            {
                "id": name,
                "cdx-api": f"{self.site.base}/{name}-index",
                "from": f"{name[8:12]}-01-01T00:00:00",
                "to": f"{name[8:12]}-12-31T00:00:00",
            }
            for name in self.crawls
        ]
        return 200, {"Content-Type": "application/json"}, json.dumps(rows).encode()

    def _index(self, request: BaseHTTPRequestHandler) -> Answer:
        parts = urlsplit(request.path)
        query = parse_qs(parts.query)
        crawl = parts.path.removeprefix("/").removesuffix("-index")
        if crawl not in self._rows:
            self._rows[crawl] = self._write(crawl)
        # The index sorts addresses without `www.`, so that one look-up gives both.
        wanted = f"//{query['url'][0].removesuffix('/*')}/"
        rows = [row for row in self._rows[crawl] if wanted in row["url"].replace("//www.", "//")]
        if not rows:
            return 404, {}, b'{"message": "No Captures found"}'
        if "showNumPages" in query:
            return 200, {}, json.dumps({"pages": len(rows), "pageSize": 5, "blocks": 1}).encode()
        return 200, {}, json.dumps(rows[int(query["page"][0])]).encode() + b"\n"

    def _write(self, crawl: str) -> list[dict[str, str]]:
        """The crawl as one WARC file, and its index rows."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True)
        rows = []
        for url, (stamp, body) in self.crawls[crawl].items():
            offset = buffer.tell()
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            when = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"
            record = writer.create_warc_record(
                url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": when}
            )
            writer.write_record(record)
            place = {"filename": f"warc/{crawl}.warc.gz", "offset": str(offset), "length": str(buffer.tell() - offset)}
            rows.append({"url": url, "timestamp": stamp, "mime": "text/html", "status": "200", **place})
        self.files[f"/warc/{crawl}.warc.gz"] = buffer.getvalue()
        return rows

    def _range(self, request: BaseHTTPRequestHandler) -> Answer:
        data = self.files[request.path]
        if self.whole_files:
            return 200, {}, data
        first, last = (int(part) for part in request.headers["Range"].removeprefix("bytes=").split("-"))
        return 206, {"Content-Range": f"bytes {first}-{last}/{len(data)}"}, data[first : last + 1]
