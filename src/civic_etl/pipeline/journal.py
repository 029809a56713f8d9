"""The journal of runs: how each ended, one JSON line a run, so that `status` can say since when something fails."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from civic_etl.pipeline.report import RunReport
from civic_etl.settings import Settings
from civic_etl.whole_files import from_summed, replace_text, summed

# A year of nights and as many runs by hand; half of them stay when it is full.
_MOST = 800


@dataclass(frozen=True, slots=True)
class RunNote:
    """How one run ended; `error` is empty where it came to its end. Times are aware."""

    run_id: str
    kind: str
    started: datetime
    ended: datetime
    error: str = ""
    summary: str = ""
    release: str | None = None
    fresh: bool = False
    fetched: int = 0
    changed: bool = False
    observations: int = 0
    failed_sources: tuple[str, ...] = ()
    failed_checks: tuple[str, ...] = ()
    warned_checks: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the run came to its end; sources may have failed in it."""
        return not self.error

    def line(self) -> str:
        """The note as a line of the journal."""
        return summed(asdict(self))


def note_of(report: RunReport, error: str = "", now: datetime | None = None) -> RunNote:
    """What is worth keeping of a report."""
    bad = [check for check in report.checks if not check.passed]
    return RunNote(
        run_id=report.run_id,
        kind=report.kind,
        started=report.started,
        ended=now or report.finished or datetime.now(UTC),
        error=error,
        summary=report.summary(),
        release=report.release,
        fresh=report.fresh,
        fetched=report.fetched(),
        changed=report.load.changed,
        observations=report.load.observations,
        failed_sources=tuple(report.failed_sources),
        failed_checks=tuple(check.name for check in bad if check.severity == "fail"),
        warned_checks=tuple(check.name for check in bad if check.severity == "warn"),
    )


def keep_note(settings: Settings, note: RunNote) -> None:
    """Add a run to the journal; the oldest half goes when it is full."""
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(note.line())
    notes = read_journal(settings)
    if len(notes) > _MOST:
        replace_text(path, "".join(kept.line() for kept in notes[-_MOST // 2 :]))


def read_journal(settings: Settings) -> list[RunNote]:
    """All runs, oldest first. A line that was torn by a crash or a full disk is passed over."""
    path = _path(settings)
    return list(_notes(path)) if path.exists() else []


def failing_since(notes: Sequence[RunNote], kind: str) -> RunNote | None:
    """The first of the runs of a kind that failed in a row until now; None where the last one came to its end."""
    first = None
    for note in reversed([note for note in notes if note.kind == kind]):
        if note.ok:
            break
        first = note
    return first


def check_failing_since(notes: Sequence[RunNote], check: str) -> RunNote | None:
    """The first of the runs in a row, up to the last that checked anything, in which a check of that name failed."""
    first = None
    for note in reversed(notes):
        if check in note.failed_checks or check in note.warned_checks:
            first = note
        elif note.ok and note.release is not None:
            break
    return first


def _notes(path: Path) -> Iterator[RunNote]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = from_summed(line)
            times = {name: datetime.fromisoformat(row[name]) for name in ("started", "ended")}
            lists = {name: tuple(row[name]) for name in ("failed_sources", "failed_checks", "warned_checks")}
            yield RunNote(**(row | times | lists))
        except (ValueError, KeyError, TypeError):
            continue


def _path(settings: Settings) -> Path:
    return settings.state_dir / "runs.jsonl"
