"""Common Crawl: one index a crawl, and captures as byte ranges of its WARC files."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastwarc.warc import WarcRecordType

from civic_etl.archive.exchange import Exchange
from civic_etl.archive.reader import iterate_records, page_from
from civic_etl.crawl.client import Client
from civic_etl.crawl.faults import RefusedError, TransientError
from civic_etl.crawl.web_archive import Capture, WebArchive, stamp_time
from civic_etl.errors import ArchiveError

_NOT_KEPT = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class CommonCrawl:
    """Lists and fetches captures."""

    def __init__(self, archive: WebArchive) -> None:
        self.archive = archive
        self._crawls: list[dict[str, Any]] | None = None

    async def captures(self, client: Client, host: str, since: date, until: date) -> AsyncIterator[Capture]:
        """HTML pages of a host in the crawls of the span, the first capture of each address. Raises FetchError."""
        seen: set[str] = set()
        for crawl in await self._crawls_of(client, since, until):
            pages = await self._pages(client, crawl, host)
            for number in range(pages):
                for row in _lines(await self._get(client, crawl, host, {"page": str(number)})):
                    found = _capture(row)
                    if found is not None and found.url not in seen:
                        seen.add(found.url)
                        yield found

    async def _crawls_of(self, client: Client, since: date, until: date) -> list[str]:
        """The index addresses of crawls that overlap the span, oldest first."""
        if self._crawls is None:
            client.delay = self.archive.index_delay_seconds
            answer = await client.get(self.archive.index, role="index")
            try:
                crawls: Any = json.loads(answer.body) if answer.status == 200 else None
            except ValueError:
                crawls = None
            if not isinstance(crawls, list):
                raise TransientError("the list of crawls cannot be read", url=self.archive.index)
            self._crawls = [crawl for crawl in crawls if isinstance(crawl, dict) and crawl.get("cdx-api")]
        span = (since.isoformat(), until.isoformat())
        chosen = [
            (str(crawl.get("from", "")), str(crawl["cdx-api"]))
            for crawl in self._crawls
            if str(crawl.get("from", ""))[:10] <= span[1] and str(crawl.get("to", "9999"))[:10] >= span[0]
        ]
        return [address for _, address in sorted(chosen)]

    async def _pages(self, client: Client, crawl: str, host: str) -> int:
        answer = await self._get(client, crawl, host, {"showNumPages": "true"})
        if answer is None:
            return 0
        try:
            found = json.loads(answer.body)
            return int(found["pages"] if isinstance(found, dict) else found)
        except (ValueError, KeyError, TypeError) as error:
            raise TransientError("the index does not say how many pages it has", url=answer.url) from error

    async def _get(self, client: Client, crawl: str, host: str, more: dict[str, str]) -> Exchange | None:
        """An answer of a crawl's index; None where it knows nothing of the host, which it says by 404."""
        query = [("url", f"{host}/*"), ("output", "json"), ("filter", "=status:200"), ("filter", "=mime:text/html")]
        client.delay = self.archive.index_delay_seconds
        answer = await client.get(f"{crawl}?{urlencode([*query, *more.items()])}", role="index")
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise TransientError(f"the index answers {answer.status}", url=answer.url)
        return answer

    async def fetch(self, client: Client, capture: Capture) -> Exchange:
        """The capture as the site gave it, under its original address and time. Raises FetchError."""
        name, offset, length = capture.place
        first = int(offset)
        url = f"{self.archive.pages}{name}"
        client.delay = self.archive.page_delay_seconds
        span = {"Range": f"bytes={first}-{first + int(length) - 1}"}
        # Without a cut, a server that does not know ranges would send a whole file.
        answer = await client.get(url, headers=span, head_only_bytes=int(length))
        if answer.status != 206:
            raise TransientError(f"the archive answers {answer.status} to a range request", url=url)
        return _original(answer, capture, url)


def _lines(answer: Exchange | None) -> list[dict[str, Any]]:
    if answer is None:
        return []
    rows = []
    for line in answer.body.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows


def _capture(row: dict[str, Any]) -> Capture | None:
    try:
        place = (str(row["filename"]), str(int(row["offset"])), str(int(row["length"])))
        return Capture(str(row["url"]), stamp_time(str(row["timestamp"])), place)
    except (KeyError, ValueError, TypeError):
        return None


def _original(answer: Exchange, capture: Capture, url: str) -> Exchange:
    """The response record in the bytes of a range."""
    try:
        record = next(iterate_records(io.BytesIO(answer.raw), url, WarcRecordType.response), None)
        if record is None:
            raise RefusedError("no response record at this place", url=url)
        page = page_from(record, name=url, offset=int(capture.place[1]), limit=len(answer.raw) * 200 + 1_000_000)
    except ArchiveError as error:
        raise RefusedError(f"the captured record cannot be read: {error.message}", url=url) from error
    if page.status != 200:
        raise RefusedError(f"the capture has status {page.status}", url=url)
    headers = tuple((name, value) for name, value in page.headers if name.lower() not in _NOT_KEPT)
    return replace(
        answer,
        url=page.url or capture.url,
        status=200,
        reason="OK",
        headers=(*headers, ("content-length", str(len(page.body)))),
        raw=page.body,
        body=page.body,
        fetched_at=page.fetched_at,
        ip=None,
    )
