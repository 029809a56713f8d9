"""Discover and fetch: which sources a run asks, and one source brought up to date in the archive."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from civic_etl.crawl import CrawlReport, Progress, crawl_source
from civic_etl.errors import SourceError
from civic_etl.pipeline.progress import say, step
from civic_etl.settings import Settings
from civic_etl.sources import Source, load_sources


def described_sources(settings: Settings) -> dict[str, Source]:
    """Every source of the package and of `settings.sources_dir`, by name."""
    return load_sources([settings.sources_dir] if settings.sources_dir else [])


def chosen_sources(settings: Settings, names: Sequence[str] | None = None) -> list[str]:
    """The sources that a run asks: those named, else every one that is still there today.

    Raises SourceError for a name that no description has.
    """
    known = described_sources(settings)
    if not names:
        today = datetime.now(UTC).date()
        return sorted(name for name, source in known.items() if source.period_on(today) is not None)
    for name in names:
        if name not in known:
            raise SourceError("no such source: `civic-etl sources list` shows them", source=name)
    return list(dict.fromkeys(names))


def discover_and_fetch(
    name: str, settings: Settings, *, since: date | None = None, until: date | None = None
) -> CrawlReport:
    """Bring the archive up to date with one source; with a span, fetch what was published in it and is not held.

    A site that cannot be read is a report with `error` or `paused`, not an exception. Raises ArchiveError where the
    archive cannot be written.
    """
    source = described_sources(settings)[name]
    job = f"fetch {name}"

    def tell(progress: Progress) -> None:
        if progress.stage == "fetch":
            step(job, progress.done, progress.total)

    report = crawl_source(source, settings, progress=tell, since=since, until=until)
    say(f"{name}: {crawl_line(report)}")
    return report


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
