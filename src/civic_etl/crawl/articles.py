"""Fetch one article address and write down what became of it."""

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from civic_etl.archive.exchange import Exchange, Role, WarcRef
from civic_etl.archive.sniff import sniff_bytes
from civic_etl.crawl.client import Validators
from civic_etl.crawl.faults import PausedError, RefusedError, TransientError
from civic_etl.crawl.indexes import REDIRECTS, redirect_target
from civic_etl.crawl.known import Known
from civic_etl.crawl.refusals import refusal_mark
from civic_etl.crawl.report import FetchOutcome, Outcome
from civic_etl.removals import ON_THE_LIST, removals_of
from civic_etl.sources.detect import weigh
from civic_etl.sources.families import get_family

if TYPE_CHECKING:
    from civic_etl.crawl.session import Session

_GONE = frozenset({404, 410})


async def fetch_article(session: "Session", known: Known) -> list[FetchOutcome]:
    """Request an address and follow it where it moved; one outcome an address met.

    Every outcome is in the ledger, and every answer in the archive, on return. Raises PausedError when no more
    requests may be made tonight.
    """
    outcomes: list[FetchOutcome] = []
    row, address = known, known.url
    for _ in range(session.settings.max_redirects + 1):
        if removals_of(session.settings).covers(address):
            return [*outcomes, FetchOutcome(address, "skipped", reason=ON_THE_LIST)]
        rules = await session.rules_for(address)
        if not rules.allows(address):
            # Not a failure of the page: nothing is noted against it, tomorrow's rules may differ.
            return [*outcomes, FetchOutcome(address, "skipped", reason=rules.wait or "robots.txt forbids it")]
        try:
            exchange = await session.client.get(address, validators=_validators(row))
            if exchange.status not in REDIRECTS:
                return [*outcomes, _settle(session, row, exchange)]
            target = _follow(session, exchange)
        except PausedError:
            raise
        except (RefusedError, TransientError) as error:
            return [*outcomes, _fail(session, row, "failed", None, error.message)]
        key = session.key(target)
        if key != row.key:
            now = session.now()
            # The target first: whatever ends the run in between, an address that moved is not asked for again.
            session.ledger.list_many(session.source.name, [(key, target, None, row.published, row.title)], now, row.via)
            session.ledger.moved(session.source.name, row.key, exchange.status, target, now)
            outcomes.append(FetchOutcome(row.url, "moved", exchange.status, f"moved to {target}", target))
            following = session.ledger.get(session.source.name, key)
            if following is None or any(item.url == target for item in outcomes):
                break
            row = following
        address = target
    reason = f"more than {session.settings.max_redirects} redirects"
    return [*outcomes, _fail(session, row, "failed", None, reason)]


def _validators(row: Known) -> Validators | None:
    return Validators(row.etag, row.last_modified) if row.original is not None else None


def _follow(session: "Session", exchange: Exchange) -> str:
    session.writer.response(exchange)
    target = redirect_target(session, exchange)
    if urlsplit(target).path in ("", "/") and not urlsplit(target).query:
        raise RefusedError("redirects to the home page", url=exchange.url, source=session.source.name)
    known_shape = session.family.is_article(target, session.period.articles) or weigh(target)[0].family != "generic"
    if not known_shape and not get_family("generic").is_article(target):
        raise RefusedError(f"redirects to a page that is no article: {target}", url=exchange.url)
    return target


def _settle(session: "Session", row: Known, exchange: Exchange) -> FetchOutcome:
    """Archive a final answer and note it."""
    name, now = session.source.name, session.now()
    original = row.original
    if original is not None and (exchange.status == 304 or (exchange.status == 200 and exchange.digest == row.digest)):
        ref = session.writer.revisit(exchange, original)
        session.ledger.confirmed(name, row.key, exchange, now)
        return _outcome(exchange, "unchanged", ref)
    if exchange.status != 200:
        ref = session.writer.response(exchange)
        outcome: Outcome = "gone" if exchange.status in _GONE else "failed"
        reason = f"status {exchange.status} {exchange.reason}".strip()
        session.ledger.failed(
            name, row.key, outcome=outcome, status=exchange.status, reason=reason, now=session.clock.now()
        )
        return _outcome(exchange, outcome, ref, reason)
    role, reason_or_none = judge(exchange)
    if reason_or_none is not None:
        ref = session.writer.response(_as(exchange, role), {"civic-outcome": reason_or_none})
        kind: Outcome = "failed" if role == "refusal" else "skipped"
        session.ledger.failed(
            name, row.key, outcome=kind, status=exchange.status, reason=reason_or_none, now=session.clock.now()
        )
        return _outcome(exchange, kind, ref, reason_or_none)
    verdict: Outcome = "changed" if row.digest else "new"
    ref = session.writer.response(exchange, _metadata(row, verdict))
    session.ledger.held(name, row.key, exchange, ref, outcome=verdict, now=now)
    return _outcome(exchange, verdict, ref)


def judge(exchange: Exchange) -> tuple[Role, str | None]:
    """Whether a 200 is an article page; if not, as what to archive it and why."""
    if not exchange.body.strip():
        return "refusal", "answers 200 with an empty page"
    kind = sniff_bytes(exchange.body)
    media = (exchange.header("Content-Type") or "").split(";")[0].strip().lower()
    if kind == "binary" or media.startswith(("image/", "video/", "audio/", "application/pdf", "application/zip")):
        return "other", f"not HTML: {media or kind}"
    mark = refusal_mark(exchange.body[:40_000].decode("utf-8", "replace")) if kind in ("html", "text") else None
    return ("refusal", f"answers 200 with a refusal page ({mark})") if mark else ("article", None)


def _metadata(row: Known, outcome: Outcome) -> dict[str, str]:
    notes = {"civic-outcome": outcome, "civic-via": row.via}
    if row.published:
        notes["civic-listed-published"] = row.published
    if row.listed_lastmod:
        notes["civic-listed-lastmod"] = row.listed_lastmod
    if row.title:
        notes["civic-listed-title"] = row.title
    return notes


def _as(exchange: Exchange, role: Role) -> Exchange:
    return replace(exchange, role=role)


def _fail(session: "Session", row: Known, outcome: Outcome, status: int | None, reason: str) -> FetchOutcome:
    session.ledger.failed(
        session.source.name, row.key, outcome=outcome, status=status, reason=reason, now=session.clock.now()
    )
    return FetchOutcome(row.url, outcome, status, reason)


def _outcome(exchange: Exchange, outcome: Outcome, ref: WarcRef, reason: str | None = None) -> FetchOutcome:
    return FetchOutcome(exchange.url, outcome, exchange.status, reason, None, ref.path, ref.offset, ref.record_id)
