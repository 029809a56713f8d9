"""What is in force, since when, and how the last run ended; read without opening the build file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from civic_etl.warehouse.database import IF_RELEASE_DAMAGED, opened
from civic_etl.warehouse.lock import holder
from civic_etl.warehouse.publish import current_release
from civic_etl.whole_files import from_summed, replace_text, summed


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last run ended; `error` is empty where it succeeded. `ended_at` is UTC."""

    run_id: str
    ended_at: datetime
    summary: str = ""
    error: str = ""
    failed_checks: tuple[str, ...] = ()
    warned_checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The warehouse at a glance: `hours_old` is the age of the release, `newest_article` the last publication in it."""

    home: str
    release: str | None
    released_at: datetime | None
    hours_old: float | None
    newest_article: date | None
    newest_fetch: datetime | None
    articles: int
    observations: int
    figures: int
    last_run: LastRun | None
    writer_pid: int | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values for JSON."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return found


def status(home: Path, link: Path, lock: Path, record: Path, now: datetime | None = None) -> Status:
    """Read the state of the warehouse at `home`; works while a run is writing."""
    release = current_release(link)
    facts = _facts(release) if release else {}
    released_at = facts.get("released_at")
    moment = now or datetime.now(UTC)
    return Status(
        home=str(home),
        release=release.name if release else None,
        released_at=released_at,
        hours_old=round((moment - released_at).total_seconds() / 3600, 2) if released_at else None,
        newest_article=facts.get("newest_article"),
        newest_fetch=facts.get("newest_fetch"),
        articles=facts.get("articles", 0),
        observations=facts.get("observations", 0),
        figures=facts.get("figures", 0),
        last_run=read_record(record),
        writer_pid=holder(lock),
    )


def write_record(path: Path, run: LastRun) -> None:
    """Keep how a run ended, replacing the record before it in one step."""
    replace_text(path, summed(asdict(run), indent=2))


def read_record(path: Path) -> LastRun | None:
    """How the last run ended, or None where there was none; a damaged record is an error that says so."""
    if not path.exists():
        return None
    try:
        row = from_summed(path.read_text(encoding="utf-8"))
        lists = {name: tuple(row[name]) for name in ("failed_checks", "warned_checks")}
        return LastRun(**(row | lists | {"ended_at": datetime.fromisoformat(row["ended_at"])}))
    except (ValueError, KeyError, TypeError) as error:
        ended_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return LastRun("unknown", ended_at, error=f"{path} is damaged: {error}; the next run writes it anew")


def _facts(release: Path) -> Mapping[str, Any]:
    with opened(release / "civic.duckdb", read_only=True, hint=IF_RELEASE_DAMAGED) as con:
        relation = con.sql(
            "select (select released_at from main.release) as released_at, "
            "(select count(*) from core.fct_article) as articles, "
            "(select count(*) from core.fct_observation) as observations, "
            "(select count(*) from mart.ward_year) as figures, "
            "(select max(published_date) from core.fct_article) as newest_article, "
            "(select max(fetched_at) from core.fct_page) as newest_page, "
            "(select max(fetched_at) from core.fct_article) as newest_article_fetch"
        )
        row: dict[str, Any] = relation.to_arrow_table().to_pylist()[0]
    fetches = [moment for moment in (row.pop("newest_page"), row.pop("newest_article_fetch")) if moment is not None]
    row["newest_fetch"] = max(fetches).replace(tzinfo=UTC) if fetches else None
    row["released_at"] = row["released_at"].replace(tzinfo=UTC)
    return row
