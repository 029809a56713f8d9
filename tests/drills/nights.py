"""Start nights in the nursery, watch how far they are, kill them, and look at what they left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from civic_etl.archive import Archive, Page
from civic_etl.settings import Settings
from civic_etl.warehouse import publish
from civic_etl.warehouse.lock import holder

from .site import NightSite

# What depends on the moment of fetching or on the bytes before it in the archive, and on nothing that a site says.
OF_THE_MOMENT = frozenset(
    {"fetched_at", "warc_path", "warc_offset", "last_new_article_date", "days_silent", "is_beyond_cadence"}
)
LONGEST_NIGHT = 300.0


def without_settings() -> dict[str, str]:
    """The environment without any setting of ours or of Prefect's."""
    return {name: text for name, text in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}


@dataclass
class Nursery:
    """The process that nights are forked from."""

    process: "subprocess.Popen[str]"
    by: str

    @classmethod
    def start(cls, server: str | None = None) -> "Nursery":
        """Start it; with the address of a Prefect server its nights are Prefect flows."""
        script = Path(__file__).with_name("nursery.py")
        env = without_settings()
        command = [sys.executable, str(script), *([server] if server else [])]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**env, "NO_PROXY": "127.0.0.1"}
        )
        return cls(process, "flow" if server else "steps")

    def ask(self, command: dict[str, Any]) -> int:
        """Send a command, get its number."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        while True:
            line = self.process.stdout.readline().strip()
            if line.lstrip("-").isdigit():
                return int(line)
            assert line == "ready", f"the nursery says {line!r}"

    def night(self, home: "Home", **more: Any) -> "Night":
        """Begin a night in a home."""
        log = home.root / f"night-{len(home.nights)}.log"
        job = {"home": str(home.settings.home), "sources_dir": str(home.settings.sources_dir), "log": str(log)}
        job |= {"sources": [home.site.name], "by": self.by, "kind": "nightly", **more}
        found = Night(self, self.ask({"run": job}), log)
        home.nights.append(found)
        return found

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


@dataclass
class Night:
    """One run, in a process of its own."""

    nursery: Nursery
    pid: int
    log: Path
    code: int | None = None

    def said(self) -> str:
        """What it has said so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def is_over(self) -> bool:
        """Whether the process has ended (it stays a zombie until it is waited for)."""
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        except FileNotFoundError:
            return True
        return stat.rpartition(")")[2].split()[0] == "Z"

    def until(self, reached: Callable[[], bool], poll: float = 0.002) -> bool:
        """Wait until something holds; False where the night ended before."""
        give_up = time.monotonic() + LONGEST_NIGHT
        while not reached():
            if self.is_over():
                return reached()
            assert time.monotonic() < give_up, f"the night takes too long:\n{self.said()}"
            time.sleep(poll)
        return True

    def kill(self) -> bool:
        """`kill -9`; whether it still lived."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end() == -signal.SIGKILL

    def end(self) -> int:
        """Wait for its end; gives the exit code."""
        if self.code is None:
            self.until(self.is_over, poll=0.02)
            self.code = self.nursery.ask({"wait": self.pid})
        return self.code


@dataclass
class Home:
    """A home of a drill: its settings, its site and the nights it saw."""

    root: Path
    site: NightSite
    nights: list[Night] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.describe(self.root / "sources")

    @property
    def settings(self) -> Settings:
        """Settings of this home."""
        return Settings(home=self.root / "home", sources_dir=self.root / "sources", _env_file=None)

    @property
    def current(self) -> Path | None:
        """The release in force."""
        return publish.current_release(self.settings.current_release)

    def require_whole(self) -> None:
        """`current` is a whole release or there has been none, and no lock is held by the dead."""
        link = self.settings.current_release
        assert not link.is_symlink() or link.exists(), "current points nowhere"
        if self.current is not None:
            publish.verify(self.current)
            assert exports(self.current)
        for name in ("warehouse.lock", "nightly.lock"):
            assert holder(self.settings.state_dir / name) is None

    def require_clean(self) -> None:
        """Nothing half-made lies about, and the archive is whole."""
        releases, home = self.settings.releases_dir, self.settings.home
        assert not [path.name for path in releases.iterdir() if path.name.startswith(".")]
        assert not list(home.glob(".current-*"))
        assert not list(self.settings.archive_dir.rglob("*.new"))
        report = Archive(self.settings.archive_dir).verify()
        assert report.ok, report.problems

    def pages_held(self) -> list[Page]:
        """The article bodies in the archive, one a record."""
        return list(Archive(self.settings.archive_dir).pages())


Exports = dict[str, list[str]]


def exports(release: Path) -> Exports:
    """Every published table as lines of text in the order of all its columns, without what the moment decides.

    The first line of each names its columns.
    """
    found: Exports = {}
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        columns: dict[str, list[str]] = {}
        for table, column in con.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() "
            "where schema_name in ('core', 'mart') order by 1, column_index"
        ).fetchall():
            columns.setdefault(table, []).append(column)
        for table, names in columns.items():
            kept = [name for name in names if name not in OF_THE_MOMENT]
            text = " || ' | ' || ".join(f"coalesce(\"{name}\"::varchar, '')" for name in kept)
            lines = con.execute(f"select {text} from {table} order by all").fetchall()
            found[table] = [", ".join(kept), *(line for (line,) in lines)]
    return found


def differences(one: Exports, two: Exports) -> list[str]:
    """The tables that differ, each with the first line that only one side has."""
    found = []
    for table in sorted(one.keys() | two.keys()):
        left, right = (set(side.get(table, [])) for side in (one, two))
        if one.get(table) != two.get(table):
            line, other = min(left - right, default=""), min(right - left, default="")
            at = next((n for n, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), 0)
            found.append(f"{table}: {line[max(0, at - 60) : at + 60]!r} is not {other[max(0, at - 60) : at + 60]!r}")
    return found
