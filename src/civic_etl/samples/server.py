"""Serve the sample sites on loopback: one socket a site, two editions, and a record of every request."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import yaml

from civic_etl.errors import CivicEtlError
from civic_etl.samples.epi import EpiApp
from civic_etl.samples.handler import Hit, SiteServer
from civic_etl.samples.programme import Site, sites
from civic_etl.samples.resources import Resource, SiteApp
from civic_etl.samples.truth import expected_observations
from civic_etl.samples.wordpress import WordPressApp

FAMILIES: dict[str, type[WordPressApp] | type[EpiApp]] = {"wordpress": WordPressApp, "epi": EpiApp}
INDEXES = {
    "wordpress": [{"kind": "sitemap", "url": "/wp-sitemap.xml"}, {"kind": "wp-json", "url": "/wp-json/wp/v2/posts"}],
    "epi": [{"kind": "sitemap", "url": "/sitemap.xml"}, {"kind": "feed", "url": "/rss/home.rss"}],
}
# Enough for every request of many runs; a server that a person leaves open must not grow for ever.
REMEMBERED = 20_000


class SampleServer:
    """The sample sites, served while the context is open.

    Set `edition = 2` for the second night: one article then says another figure and has a later Last-Modified and
    another ETag; so have the indexes that carry it (sitemap, feed, REST API). Everything else stays byte for byte.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, edition: int = 1) -> None:
        """`port` 0 lets the system choose; else the sites take `port`, `port + 1`. Raises `CivicEtlError` if taken."""
        self._lock = threading.Lock()
        self._hits: deque[Hit] = deque(maxlen=REMEMBERED)
        self._apps: dict[tuple[str, int], SiteApp] = {}
        self._threads: list[threading.Thread] = []
        self._servers: dict[str, SiteServer] = {}
        self._edition = 0
        self.edition = edition
        try:
            for offset, key in enumerate(sites()):
                self._servers[key] = SiteServer((host, port + offset if port else 0), self, key)
        except OSError as error:
            self.close()
            raise CivicEtlError(f"cannot listen on {host}, port {port or 'any'}: {error}") from error

    @property
    def edition(self) -> int:
        """1 on the first night; 2 once one page has been edited."""
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in (1, 2):
            raise CivicEtlError(f"the sample sites have editions 1 and 2, not {number}")
        self._edition = number

    @property
    def bases(self) -> dict[str, str]:
        """The address of each site, without a closing slash."""
        return {key: "http://{}:{}".format(*server.server_address[:2]) for key, server in self._servers.items()}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Descriptions of the sites in the form of a source file, as plain data for YAML."""
        return [_source(site, self.bases[key]) for key, site in sites().items()]

    def write_sources(self, folder: Path) -> list[Path]:
        """Write one YAML file a site into `folder` (made if missing) and return the files."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for source in self.sources:
            path = folder / f"{source['name']}.yaml"
            path.write_text(yaml.safe_dump(source, allow_unicode=True, sort_keys=False), encoding="utf-8")
            written.append(path)
        return written

    def expected_observations(self) -> list[dict[str, Any]]:
        """What the pages served now assert, with their addresses here (see `truth`)."""
        return expected_observations(self.bases, edition=self.edition)

    @property
    def hits(self) -> list[Hit]:
        """The requests so far, in the order of their answers."""
        with self._lock:
            return list(self._hits)

    def forget_hits(self) -> None:
        """Start the record of requests afresh."""
        with self._lock:
            self._hits.clear()

    def answer(self, key: str, target: str) -> Resource:
        """What site `key` answers to a GET of `target` in the present edition."""
        edition = self.edition
        with self._lock:
            if (key, edition) not in self._apps:
                site = sites()[key]
                self._apps[key, edition] = FAMILIES[site.family](site, self.bases[key], edition)
            app = self._apps[key, edition]
        parts = urlsplit(target)
        return app.get(parts.path, dict(parse_qsl(parts.query)))

    def record(self, hit: Hit) -> None:
        """Remember a request."""
        with self._lock:
            self._hits.append(hit)

    def start(self) -> None:
        """Begin to serve, each site in a thread of its own."""
        for key, server in self._servers.items():
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=f"sample-{key}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Stop serving and free the ports."""
        for server in self._servers.values():
            if self._threads:
                server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0, edition: int = 1) -> Iterator[SampleServer]:
    """Serve the sample sites while the context is open."""
    with SampleServer(host, port, edition) as server:
        yield server


def _source(site: Site, base: str) -> dict[str, Any]:
    return {
        "name": f"sample-{site.key}",
        "title": site.title,
        "hosts": [base.removeprefix("http://")],
        "home": f"{base}/",
        "area": site.area,
        "level": site.level,
        "local": True,
        "periods": [{"family": site.family, "index": INDEXES[site.family]}],
        "politeness": {"min_delay_seconds": site.crawl_delay},
        "basis": "Trang mẫu của civic-etl, phục vụ trên máy này.",
    }
