"""Metrics in Prometheus text format, for the node exporter's textfile collector."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from civic_etl.pipeline.freshness import Freshness, freshness
from civic_etl.pipeline.journal import RunNote, read_journal
from civic_etl.settings import Settings
from civic_etl.whole_files import replace_text

Labels = dict[str, str]
Sample = tuple[Labels, float]


def write_metrics(settings: Settings, note: RunNote) -> Path | None:
    """Write the file of the settings in one step, after a run; None where none is set."""
    path = settings.metrics_file
    if path is None:
        return None
    notes = read_journal(settings) or [note]
    replace_text(path, metrics(notes, freshness(settings)), mode=0o644)
    return path


def metrics(notes: Iterable[RunNote], sources: Iterable[Freshness]) -> str:
    """The text: the last run of each kind, and every source."""
    last = {note.kind: note for note in notes}
    runs = list(last.values())
    found = list(sources)
    kind = [{"kind": note.kind} for note in runs]
    name = [{"source": source.source} for source in found]
    groups = (
        ("run_ended_seconds", "When the last run ended.", zip(kind, [n.ended.timestamp() for n in runs], strict=True)),
        ("run_duration_seconds", "How long it took.", zip(kind, map(_seconds, runs), strict=True)),
        ("run_ok", "1 where it came to its end.", zip(kind, [float(n.ok) for n in runs], strict=True)),
        ("run_fetched_pages", "Pages that came over the wire.", zip(kind, [n.fetched for n in runs], strict=True)),
        ("run_observations", "Observations written.", zip(kind, [n.observations for n in runs], strict=True)),
        ("run_failed_checks", "Checks that failed.", zip(kind, [len(n.failed_checks) for n in runs], strict=True)),
        ("run_failed_sources", "Sources not read.", zip(kind, [len(n.failed_sources) for n in runs], strict=True)),
        ("source_failing_nights", "Nights in a row without an answer.", zip(name, _failures(found), strict=True)),
        ("source_articles", "Articles in the release.", zip(name, [s.articles for s in found], strict=True)),
        ("source_silent_days", "Age of the newest article.", _silent(found)),
        ("source_answered_seconds", "When it last answered.", _answered(found)),
    )
    return "".join(_group(name, words, samples) for name, words, samples in groups)


def _failures(sources: list[Freshness]) -> list[int]:
    return [source.failures for source in sources]


def _silent(sources: list[Freshness]) -> Iterator[Sample]:
    for source in sources:
        if source.days_silent is not None:
            yield {"source": source.source}, source.days_silent


def _answered(sources: list[Freshness]) -> Iterator[Sample]:
    for source in sources:
        if source.last_answered is not None:
            moment = datetime.fromisoformat(source.last_answered).astimezone(UTC)
            yield {"source": source.source}, moment.timestamp()


def _seconds(note: RunNote) -> float:
    return (note.ended - note.started).total_seconds()


def _group(name: str, words: str, samples: Iterable[Sample]) -> str:
    lines = [f"civic_etl_{name}{_labels(labels)} {value:.15g}" for labels, value in samples]
    if not lines:
        return ""
    return "\n".join([f"# HELP civic_etl_{name} {words}", f"# TYPE civic_etl_{name} gauge", *lines]) + "\n"


def _labels(labels: Labels) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inner}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
