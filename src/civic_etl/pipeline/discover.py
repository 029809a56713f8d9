"""Discover and fetch: one source brought up to date in the archive."""

from datetime import date

from civic_etl.archive import Archive
from civic_etl.archive.publishing import publish
from civic_etl.archive.writer import BusyArchiveError
from civic_etl.crawl import CrawlReport, Progress, crawl_source
from civic_etl.crawl.from_archive import crawl_archived
from civic_etl.crawl.report import ProgressHook
from civic_etl.crawl.web_archive import Via
from civic_etl.errors import ArchiveError
from civic_etl.pipeline.backfill import budget_of, cost, delay_of
from civic_etl.pipeline.eta import Eta
from civic_etl.pipeline.progress import say, step
from civic_etl.pipeline.sources import chosen_sources, described_sources
from civic_etl.settings import Settings
from civic_etl.sources import Source

__all__ = ["chosen_sources", "crawl_line", "described_sources", "discover_and_fetch"]


def discover_and_fetch(
    name: str,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    via: Via = "site",
    listing_only: bool = False,
) -> CrawlReport:
    """Bring the archive up to date with one source; with a span, fetch what was published in it and is not held.

    `via` a web archive the site itself is asked nothing. With `listing_only` indexes are read and no article. A site
    that cannot be read is a report with `error` or `paused`, not an exception. Raises ArchiveError where the archive
    cannot be written.
    """
    source = described_sources(settings)[name]
    is_backfill = via != "site" or since is not None or until is not None
    tell = _backfill_teller(source, settings, via) if is_backfill else _teller(name)
    if via == "site":
        report = crawl_source(source, settings, progress=tell, since=since, until=until, listing_only=listing_only)
    else:
        report = crawl_archived(
            source, settings, via, progress=tell, since=since, until=until, listing_only=listing_only
        )
    publish_archive(report, settings)
    say(f"{name}: {crawl_line(report)}")
    return report


def publish_archive(report: CrawlReport, settings: Settings) -> None:
    """Put what was fetched into the archive's store, where there is one.

    Pages that it does not take stay in the local folder, are read from there, and go with the next run; that is said in
    the report. Where another run writes the source, that one publishes.
    """
    try:
        publish(Archive.of(settings), report.source)
    except BusyArchiveError:
        return
    except ArchiveError as error:
        report.error = report.error or f"the archive could not be published: {error}"


def _teller(name: str) -> ProgressHook:
    job = f"fetch {name}"

    def tell(progress: Progress) -> None:
        if progress.stage == "fetch":
            step(job, progress.done, progress.total)

    return tell


def _backfill_teller(source: Source, settings: Settings, via: Via) -> ProgressHook:
    """Tells the plan once the indexes are read, then how far it is and when it ends."""
    name = source.name
    eta = Eta(name, say)
    plain = _teller(name)
    planned = False

    def tell(progress: Progress) -> None:
        nonlocal planned
        if progress.stage == "discover":
            say(f"{name}: {progress.done} addresses listed")
            return
        if not planned and progress.total is not None:
            planned = True
            pace = delay_of(source, settings, via) + settings.jitter_seconds / 2
            say(f"{name}: {cost(progress.total, pace, budget_of(source, settings, via))}")
        plain(progress)
        eta.step(progress.done, progress.total)

    return tell


def crawl_line(report: CrawlReport) -> str:
    """What a crawl did in one line; counts of zero are left out."""
    counts = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "not due": report.not_due,
        "moved": report.moved,
        "gone": report.gone,
        "failed": report.failed,
        "skipped": report.skipped,
    }
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    line = f"{report.found} listed" + (f" ({', '.join(parts)})" if parts else "")
    for word, reason in (("paused", report.paused), ("ERROR", report.error)):
        if reason:
            line += f"; {word}: {reason}"
    return line
