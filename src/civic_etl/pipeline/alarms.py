"""The alarms of the nightlies: which sources somebody should look at, and why."""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from civic_etl.settings import Settings
from civic_etl.whole_files import from_summed, replace_text, summed

_LOG = logging.getLogger("civic_etl.alarms")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A source to look at. `kind` is layout, refusal, assertion, baseline, listing or quiet; `detail` says why."""

    source: str
    kind: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for JSON."""
        return asdict(self)


def lines(alarms: Iterable[Alarm]) -> list[str]:
    """The alarms for people, one a line."""
    return [f"{alarm.source}: {alarm.kind}: {alarm.detail}" for alarm in alarms]


def plain(alarms: Iterable[Alarm]) -> list[dict[str, Any]]:
    """The alarms for JSON."""
    return [alarm.as_dict() for alarm in alarms]


def standing_alarms(settings: Settings) -> list[Alarm]:
    """The alarms of the last nightly that each source answered; none, and a warning, where the file is damaged."""
    path = _path(settings)
    if not path.exists():
        return []
    try:
        return [Alarm(**row) for row in from_summed(path.read_text(encoding="utf-8"))["alarms"]]
    except (ValueError, TypeError, KeyError) as error:
        _LOG.warning("the alarms that stood are lost, %s is damaged: %s; the next nightly writes it anew", path, error)
        return []


def keep_alarms(settings: Settings, alarms: Iterable[Alarm]) -> None:
    """Replace the alarms that stand."""
    replace_text(_path(settings), summed({"alarms": plain(alarms)}, indent=2))


def _path(settings: Settings) -> Path:
    return settings.state_dir / "drift.json"
