"""How it stands: the release in force, the last run, each source, and what is failing since when."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from civic_etl.errors import PARTLY_FAILED, STALE, CheckFailedError, WarehouseError
from civic_etl.pipeline.alarms import Alarm, standing_alarms
from civic_etl.pipeline.freshness import Freshness, freshness
from civic_etl.pipeline.journal import RunNote, check_failing_since, failing_since, read_journal
from civic_etl.settings import Settings
from civic_etl.warehouse.status import Status
from civic_etl.warehouse.warehouse import Warehouse

_PART_KINDS = ("backfill", "ingest")


@dataclass(frozen=True, slots=True)
class Failing:
    """Something that does not work: `what` is run, check or source; `since` is UTC ISO text, None where unknown."""

    what: str
    name: str
    detail: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it. `stale` says that no run came to its end for longer than the settings allow."""

    status: Status
    runs: tuple[RunNote, ...]
    sources: tuple[Freshness, ...]
    alarms: tuple[Alarm, ...]
    failing: tuple[Failing, ...]
    hours_since_run: float | None
    stale: bool

    @property
    def exit_code(self) -> int:
        """What a monitor needs to know, the worst first; as the command line leaves with it."""
        last = self.status.last_run
        if last is not None and last.failed_checks:
            return CheckFailedError.exit_code
        if self.status.release is None or (last is not None and last.error):
            return WarehouseError.exit_code
        if any(item.what == "run" for item in self.failing):
            return WarehouseError.exit_code
        if self.stale:
            return STALE
        return PARTLY_FAILED if self.alarms or any(item.what == "source" for item in self.failing) else 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            **self.status.as_dict(),
            "drift": [alarm.as_dict() for alarm in self.alarms],
            "failing": [asdict(item) for item in self.failing],
            "sources": [source.as_dict() for source in self.sources],
            "hours_since_run": self.hours_since_run,
            "stale": self.stale,
            "exit_code": self.exit_code,
        }


def standing(settings: Settings, now: datetime | None = None) -> Standing:
    """Read how it stands; works while a run is writing, and needs no lock."""
    moment = now or datetime.now(UTC)
    status = Warehouse(settings).status()
    notes = read_journal(settings)
    sources = freshness(settings, moment)
    ended = max((note.ended for note in notes if note.ok and note.kind not in _PART_KINDS), default=None)
    if ended is None and status.last_run is not None and not status.last_run.error:
        ended = status.last_run.ended_at
    age = moment - ended if ended else None
    return Standing(
        status=status,
        runs=tuple(notes),
        sources=tuple(sources),
        alarms=tuple(standing_alarms(settings)),
        failing=(*_failing_runs(notes), *_failing_checks(status, notes), *_failing_sources(sources)),
        hours_since_run=round(age.total_seconds() / 3600, 2) if age is not None else None,
        stale=age is not None and age > timedelta(hours=settings.stale_after_hours),
    )


def _failing_runs(notes: list[RunNote]) -> list[Failing]:
    found = []
    for kind in dict.fromkeys(note.kind for note in notes):
        first = failing_since(notes, kind)
        if first is not None and kind not in _PART_KINDS:
            last = next(note for note in reversed(notes) if note.kind == kind)
            found.append(Failing("run", kind, last.error, _text(first.ended)))
    return found


def _failing_checks(status: Status, notes: list[RunNote]) -> list[Failing]:
    found = []
    last = status.last_run
    for severity, names in (("fail", last.failed_checks), ("warn", last.warned_checks)) if last is not None else ():
        for name in names:
            first = check_failing_since(notes, name)
            found.append(Failing("check", name, severity, _text(first.ended) if first else None))
    return found


def _failing_sources(sources: list[Freshness]) -> list[Failing]:
    return [
        Failing("source", source.source, source.trouble, source.failing_since) for source in sources if source.failures
    ]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
