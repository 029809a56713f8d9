"""The Wayback Machine: its CDX index page by page, and captures with the site's own bytes (`id_`)."""

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from urllib.parse import urlencode, urljoin

from civic_etl.archive.exchange import Exchange
from civic_etl.crawl.client import Client
from civic_etl.crawl.faults import RefusedError, TransientError
from civic_etl.crawl.web_archive import Capture, WebArchive, stamp_time
from civic_etl.errors import FetchError

_ROWS = 5_000
_MOST_PAGES = 2_000
_HOPS = 3
_MEMENTO = re.compile(r"/(\d{14})id_/(.+)$")
_ORIGINAL = "x-archive-orig-"
_NOT_KEPT = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class Wayback:
    """Lists and fetches captures."""

    def __init__(self, archive: WebArchive) -> None:
        self.archive = archive

    async def captures(self, client: Client, host: str, since: date, until: date) -> AsyncIterator[Capture]:
        """HTML pages of a host captured in the span, the first good capture of each address. Raises FetchError."""
        resume: str | None = None
        for _ in range(_MOST_PAGES):
            client.delay = self.archive.index_delay_seconds
            rows, resume = _rows(await client.get(self._query(host, since, until, resume), role="index"))
            for row in rows:
                found = _capture(row)
                if found is not None:
                    yield found
            if resume is None:
                return
        raise FetchError(f"more than {_MOST_PAGES} pages of captures", url=self.archive.index)

    def _query(self, host: str, since: date, until: date, resume: str | None) -> str:
        query = {
            "url": host,
            "matchType": "host",
            "from": f"{since:%Y%m%d}",
            "to": f"{until:%Y%m%d}",
            "output": "json",
            "fl": "timestamp,original,mimetype,statuscode,digest",
            "collapse": "urlkey",
            "limit": str(_ROWS),
            "showResumeKey": "true",
        }
        if resume is not None:
            query["resumeKey"] = resume
        filters = [("filter", "statuscode:200"), ("filter", "mimetype:text/html")]
        return f"{self.archive.index}?{urlencode([*query.items(), *filters])}"

    async def fetch(self, client: Client, capture: Capture) -> Exchange:
        """The capture as the site gave it, under its original address and time. Raises FetchError."""
        url = f"{self.archive.pages}{capture.place[0]}id_/{capture.url}"
        for _ in range(_HOPS):
            client.delay = self.archive.page_delay_seconds
            exchange = await client.get(url)
            if exchange.status == 200:
                return _original(exchange, capture, url)
            location = exchange.header("Location")
            if exchange.status not in (301, 302, 307) or not location:
                raise TransientError(f"the archive answers {exchange.status}", url=url)
            url = _nearest(urljoin(url, location), capture, url)
        raise RefusedError(f"the archive redirects more than {_HOPS} times", url=url)


def _rows(answer: Exchange) -> tuple[list[list[str]], str | None]:
    """The rows of a CDX answer and the key to go on with, None at the end."""
    if answer.status != 200:
        raise TransientError(f"the archive's index answers {answer.status}", url=answer.url)
    if not answer.body.strip():
        return [], None
    try:
        table: Any = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise TransientError("the archive's index gives no JSON", url=answer.url) from error
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        raise TransientError("the archive's index gives no table", url=answer.url)
    resume = None
    if len(table) >= 2 and table[-2] == [] and len(table[-1]) == 1:
        resume = str(table[-1][0])
        table = table[:-2]
    return [row for row in table[1:] if row], resume


def _capture(row: list[str]) -> Capture | None:
    """A row as a capture, or None for one that cannot be used: the index holds addresses of every kind."""
    try:
        stamp, url = str(row[0]), re.sub(r"^(https?://[^/?#]+?):(?:80|443)(?=[/?#]|$)", r"\1", str(row[1]))
        return Capture(url, stamp_time(stamp), (stamp,)) if url.startswith(("http://", "https://")) else None
    except (IndexError, ValueError):
        return None


def _nearest(target: str, capture: Capture, url: str) -> str:
    """Where the archive sends on to: the same page at another time. Another page is what the site redirected to."""
    match = _MEMENTO.search(target)
    if match is None or _bare(match[2]) != _bare(capture.url):
        raise RefusedError(f"the capture is a redirect to {match[2] if match else target}", url=url)
    return target


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def _original(exchange: Exchange, capture: Capture, url: str) -> Exchange:
    """The answer under its original address, with the site's own headers and the time of the capture."""
    match = _MEMENTO.search(url)
    taken = stamp_time(match[1]) if match else capture.taken_at
    kept = {
        name[len(_ORIGINAL) :]: value
        for name, value in ((name.lower(), value) for name, value in exchange.headers)
        if name.startswith(_ORIGINAL)
    }
    kept.setdefault("content-type", exchange.header("Content-Type") or "text/html")
    headers = tuple((name, value) for name, value in kept.items() if name not in _NOT_KEPT)
    return Exchange(
        url=capture.url,
        request_headers=exchange.request_headers,
        status=200,
        reason="OK",
        headers=(*headers, ("content-length", str(len(exchange.body)))),
        raw=exchange.body,
        body=exchange.body,
        fetched_at=taken,
    )
