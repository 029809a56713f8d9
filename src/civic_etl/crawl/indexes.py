"""Fetch robots.txt, sitemaps, feeds and listings: conditionally, archived like everything else."""

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from civic_etl.archive.exchange import Exchange, Role
from civic_etl.archive.page import Page
from civic_etl.crawl.client import Validators
from civic_etl.crawl.faults import RefusedError
from civic_etl.crawl.robots import ROBOTS_BYTES
from civic_etl.errors import ArchiveError
from civic_etl.sources.urls import clean_url

if TYPE_CHECKING:
    from civic_etl.crawl.session import Session

REDIRECTS = frozenset({301, 302, 303, 307, 308})


async def fetch_index(session: "Session", url: str, role: Role = "index") -> Page:
    """The index page at `url`, redirects followed within the allowed hosts.

    Unchanged pages (304) come from the archive. Raises FetchError: RefusedError for robots.txt and redirects,
    TransientError when no answer came, PausedError when no more requests may be made.
    """
    address = url
    for _ in range(session.settings.max_redirects + 1):
        if role != "robots":
            rules = await session.rules_for(address)
            if not rules.allows(address):
                raise RefusedError(rules.wait or "robots.txt forbids it", url=address, source=session.source.name)
        page, location = await _one_hop(session, address, role)
        if location is None:
            return page
        address = location
    raise RefusedError(f"more than {session.settings.max_redirects} redirects", url=url, source=session.source.name)


async def _one_hop(session: "Session", url: str, role: Role) -> tuple[Page, str | None]:
    known = session.ledger.get(session.source.name, url)
    held: Page | None = None
    if known is not None and (known.etag or known.last_modified):
        try:
            held = session.held_page(known)
        except ArchiveError as error:
            # The archive lost it: ask for the whole page again.
            session.trouble(url, f"archived copy cannot be read: {error.message}")
    validators = Validators(known.etag, known.last_modified) if known is not None and held is not None else None
    exchange = await session.client.get(
        url, role=role, validators=validators, head_only_bytes=ROBOTS_BYTES if role == "robots" else None
    )
    session.report.index_requests += 1
    original = known.original if known is not None else None
    if exchange.status == 304 and held is not None and original is not None:
        session.writer.revisit(exchange, original)
        session.ledger.confirmed(session.source.name, url, exchange, session.now())
        return held, None
    if exchange.status in REDIRECTS:
        session.writer.response(exchange)
        return exchange.page(session.source.name), redirect_target(session, exchange)
    session.report.index_bodies += 1
    if exchange.status != 200:
        session.writer.response(exchange)
        return exchange.page(session.source.name), None
    if known is not None and original is not None and known.digest == exchange.digest:
        session.writer.revisit(exchange, original)
        session.ledger.confirmed(session.source.name, url, exchange, session.now())
        return exchange.page(session.source.name), None
    ref = session.writer.response(exchange)
    session.ledger.held(
        session.source.name,
        url,
        exchange,
        ref,
        outcome="changed" if known and known.digest else "new",
        now=session.now(),
    )
    return exchange.page(session.source.name, ref), None


def redirect_target(session: "Session", exchange: Exchange) -> str:
    """Where a redirect leads. Raises RefusedError without a readable Location or off the allowed hosts."""
    location = exchange.header("Location")
    if not location:
        raise RefusedError(f"status {exchange.status} without a Location", url=exchange.url, source=session.source.name)
    try:
        target = clean_url(urljoin(exchange.url, location))
    except ValueError as error:
        raise RefusedError(f"redirect to {location!r}", url=exchange.url, source=session.source.name) from error
    if not session.source.allows(target):
        reason = f"redirect off the allowed hosts, to {target}"
        raise RefusedError(reason, url=exchange.url, source=session.source.name)
    return target
