"""One polite, bounded GET. Redirects are not followed here: the crawl looks at every hop."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx

from civic_etl.archive.decode import decode_content
from civic_etl.archive.exchange import Exchange, Role
from civic_etl.crawl.clock import Clock
from civic_etl.crawl.faults import PausedError, RefusedError, TransientError
from civic_etl.crawl.guard import GuardedTransport, Resolver, resolve
from civic_etl.crawl.politeness import Politeness, Turn
from civic_etl.crawl.tls import check_pin, tls_context
from civic_etl.errors import ArchiveError
from civic_etl.settings import Settings
from civic_etl.sources.model import Source

# A site that asks for more quiet than this is left alone for the night.
LONGEST_WAIT = 300.0
_RETRIES = 2
_BUSY = frozenset({429, 503})
# After a 429 of such a host nobody of this machine asks it for a minute, in this process or the next.
_BLOCK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What we tell the server we hold."""

    etag: str | None = None
    last_modified: str | None = None


class Client:
    """GETs for one source: to its hosts only, one at a time, within size and time limits.

    `spend` is called before every request and raises PausedError when the budget or the window says no. With
    `stop_when_busy` an answer of 429 is never asked again: PausedError at once, for hosts that block who goes on.
    """

    def __init__(
        self,
        source: Source,
        settings: Settings,
        politeness: Politeness,
        clock: Clock,
        *,
        spend: Callable[[], None] = lambda: None,
        resolver: Resolver = resolve,
        stop_when_busy: bool = False,
    ) -> None:
        self.source = source
        self.delay = settings.min_delay_seconds
        if source.politeness.min_delay_seconds is not None:
            self.delay = source.politeness.min_delay_seconds
        if source.robots.crawl_delay_seconds is not None:
            self.delay = max(self.delay, source.robots.crawl_delay_seconds)
        self._settings = settings
        self._politeness = politeness
        self._clock = clock
        self._spend = spend
        self._stop_when_busy = stop_when_busy
        transport = GuardedTransport(tls_context(source), local=source.local, resolver=resolver)
        self._http = httpx.AsyncClient(
            transport=transport, follow_redirects=False, timeout=settings.request_timeout_seconds, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(
        self,
        url: str,
        *,
        role: Role = "article",
        validators: Validators | None = None,
        head_only_bytes: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """The answer to one GET, after up to two retries where the server or the network failed.

        `head_only_bytes` cuts the body there instead of refusing a larger one. Raises RefusedError (rules),
        TransientError
        (failed for now) or PausedError (no more requests now). Any status is an answer, 5xx included, once retries
        are over.
        """
        if not self.source.allows(url):
            raise RefusedError("host is not in the source's allow-list", url=url, source=self.source.name)
        attempt = 0
        sent = {**self._headers(validators or Validators()), **(headers or {})}
        while True:
            last = attempt == _RETRIES
            try:
                exchange, wait = await self._once(url, role, sent, head_only_bytes, attempt)
            except TransientError:
                if last:
                    raise
            else:
                if exchange.status == 429 and self._stop_when_busy:
                    raise PausedError("too many requests, says the host (429); it is left alone for now", url=url)
                if wait > LONGEST_WAIT:
                    raise PausedError(f"the site asks for quiet of {wait:.0f} s (status {exchange.status})", url=url)
                if last or (exchange.status < 500 and exchange.status not in _BUSY):
                    return exchange
            attempt += 1

    async def _once(
        self, url: str, role: Role, sent: Mapping[str, str], cut_at: int | None, attempt: int
    ) -> tuple[Exchange, float]:
        async with self._politeness.turn(url, self.delay) as turn:
            self._spend()
            try:
                async with asyncio.timeout(self._settings.request_timeout_seconds):
                    exchange = await self._request(url, role, sent, cut_at, turn)
            except TimeoutError as error:
                turn.hold(self._back_off(attempt))
                limit = self._settings.request_timeout_seconds
                raise TransientError(f"no whole answer within {limit:g} s", url=url, source=self.source.name) from error
            except httpx.HTTPError as error:
                turn.hold(self._back_off(attempt))
                raise TransientError(_why(error), url=url, source=self.source.name) from error
            except httpx.InvalidURL as error:
                raise RefusedError(f"no address: {error}", url=url, source=self.source.name) from error
            wait = self._asked_wait(exchange, attempt)
            if exchange.status == 429 and self._stop_when_busy:
                wait = max(wait, _BLOCK_SECONDS)
            turn.hold(min(wait, LONGEST_WAIT))
            return exchange, wait

    async def _request(self, url: str, role: Role, sent: Mapping[str, str], cut_at: int | None, turn: Turn) -> Exchange:
        request = self._http.build_request("GET", url, headers=dict(sent))
        response = await self._http.send(request, stream=True)
        try:
            turn.headed()
            fetched_at = self._clock.now()
            self._check_certificate(response, url)
            raw = await self._body(response, url, cut_at)
        finally:
            await response.aclose()
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
        limit = self._settings.max_body_bytes
        try:
            whole = cut_at is None or len(raw) < cut_at
            body = decode_content(raw, response.headers.get("Content-Encoding") if whole else None, limit)
        except ArchiveError as error:
            raise RefusedError(error.message, url=url, source=self.source.name) from error
        return Exchange(
            url=url,
            request_headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers.raw),
            status=response.status_code,
            reason=response.reason_phrase,
            headers=headers,
            raw=raw,
            body=body,
            fetched_at=fetched_at,
            role=role,
            ip=response.extensions.get("civic_ip"),
            http_version=response.http_version,
        )

    async def _body(self, response: httpx.Response, url: str, cut_at: int | None) -> bytes:
        limit = cut_at or self._settings.max_body_bytes
        declared = response.headers.get("Content-Length", "")
        if cut_at is None and declared.isdigit() and int(declared) > limit:
            raise RefusedError(
                f"body of {declared} bytes is over the limit of {limit}", url=url, source=self.source.name
            )
        raw = bytearray()
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > limit:
                if cut_at is not None:
                    return bytes(raw[:limit])
                raise RefusedError(f"body is over the limit of {limit} bytes", url=url, source=self.source.name)
        return bytes(raw)

    def _headers(self, validators: Validators) -> dict[str, str]:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.5",
            # Only what can be decompressed piece by piece under a limit.
            "Accept-Encoding": "gzip, deflate",
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers

    def _check_certificate(self, response: httpx.Response, url: str) -> None:
        stream = response.extensions.get("network_stream")
        tls = stream.get_extra_info("ssl_object") if stream is not None else None
        certificate = tls.getpeercert(True) if isinstance(tls, ssl.SSLObject | ssl.SSLSocket) else None
        check_pin(self.source, certificate, url)

    def _back_off(self, attempt: int) -> float:
        return min(max(self.delay, 1.0) * float(2 ** (attempt + 1)), LONGEST_WAIT)

    def _asked_wait(self, exchange: Exchange, attempt: int) -> float:
        """Seconds of quiet that a failing answer asks for; 0 for a good one."""
        if exchange.status < 500 and exchange.status not in _BUSY:
            return 0.0
        asked = _retry_after(exchange.header("Retry-After"), self._clock.now())
        return max(asked, self._back_off(attempt)) if asked is not None else self._back_off(attempt)


def _retry_after(value: str | None, now: datetime) -> float | None:
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip())
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


def _why(error: httpx.HTTPError) -> str:
    detail = str(error) or type(error).__name__
    return f"{type(error).__name__}: {detail}" if type(error).__name__ not in detail else detail
