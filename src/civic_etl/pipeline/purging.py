"""Purge the archive of what is on the removal list: the one thing that takes bytes out of it, and only when asked."""

from dataclasses import dataclass

from civic_etl.archive import Archive
from civic_etl.archive.purge import held, purge
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger import Ledger
from civic_etl.removals import removals_of
from civic_etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Purge:
    """How many records of a source go, or went, and under which addresses."""

    source: str
    records: int
    urls: tuple[str, ...]


def plan_purge(settings: Settings) -> list[Purge]:
    """What the archive holds of the addresses that the removal list covers. Raises SettingsError, ArchiveError."""
    removals, archive = removals_of(settings), Archive.of(settings)
    plans = []
    for source in archive.sources() if removals else ():
        found = held(archive, source, removals.covers)
        if found:
            plans.append(Purge(source, len(found), tuple(sorted({entry.url for entry in found}))))
    return plans


def purge_archive(settings: Settings) -> list[Purge]:
    """Purge the archive, and let the crawl forget that it ever held these pages.

    Raises BusyArchiveError where a source is being written; those before it are done, and the next call goes on there.
    """
    removals = removals_of(settings)
    plans = plan_purge(settings)
    for plan in plans:
        purge(Archive.of(settings), plan.source, removals.covers)
        with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
            keys = [known.key for known in ledger.rows(plan.source) if removals.covers(known.url, known.body_url)]
            ledger.forget(plan.source, keys)
    return plans
