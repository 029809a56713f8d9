"""Which sources there are, and which of them a run asks."""

from collections.abc import Sequence
from datetime import UTC, datetime

from civic_etl.errors import SourceError
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
