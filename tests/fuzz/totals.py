"""What a recorded run has come to so far, in rows.json of its folder, and the table drawn from it.

A run may end at any moment and several processes may share one, so a slice is added under a lock and the file is
replaced by a whole one.
"""

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from json import dumps, loads
from pathlib import Path

from .targets import TARGETS

_HEAD = (
    "| target | begun | ended | seconds | executions | branches | inputs kept | peak MB | findings | open | commits |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """A target's slices added up: `seconds` of processor time, `branches` seen of the watched code, `inputs` kept.

    `findings` has the name of each one, mended or not; `commits` the seconds on each state of the code.
    """

    target: str
    begun: str = ""
    ended: str = ""
    seconds: float = 0
    executions: int = 0
    branches: int = 0
    inputs: int = 0
    peak_mb: int = 0
    findings: list[str] = field(default_factory=list)
    commits: dict[str, float] = field(default_factory=dict)

    def __add__(self, later: "Totals") -> "Totals":
        """With a later slice; a finding that was there before is not counted again."""
        commits = self.commits | {
            commit: round(self.commits.get(commit, 0) + seconds, 1) for commit, seconds in later.commits.items()
        }
        return Totals(
            self.target,
            self.begun or later.begun,
            later.ended,
            round(self.seconds + later.seconds, 1),
            self.executions + later.executions,
            # The corpus carries over, and what was reached once is reached again: no sum.
            max(self.branches, later.branches),
            later.inputs,
            max(self.peak_mb, later.peak_mb),
            sorted({*self.findings, *later.findings}),
            commits,
        )


def totals_of(keep: Path) -> dict[str, Totals]:
    """Every target's totals; none where nothing has been fuzzed."""
    path = keep / "rows.json"
    return _read(path.read_text(encoding="utf-8")) if path.exists() else {}


def go_on_from(record: Path, keep: Path) -> None:
    """Take over the totals of a record where a folder has none. OSError, ValueError or TypeError where it is none."""
    with held(keep / "rows.lock"):
        if not (keep / "rows.json").exists():
            recorded = record.read_text(encoding="utf-8")
            _read(recorded)
            replace(keep / "rows.json", recorded)


def _read(rows: str) -> dict[str, Totals]:
    return {name: Totals(**row) for name, row in loads(rows).items()}


def add_slice(keep: Path, later: Totals) -> Totals:
    """Add a slice to its target, write the table anew, and give the new totals."""
    with held(keep / "rows.lock"):
        totals = totals_of(keep)
        row = totals[later.target] = totals.get(later.target, Totals(later.target)) + later
        replace(keep / "rows.json", dumps({name: asdict(each) for name, each in totals.items()}, indent=1))
        replace(keep / "table.md", table(keep))
    return row


def replace(path: Path, text: str) -> None:
    """Write beside and rename, so that a reader, or a run that goes on after a kill, never finds half a file."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def held(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock, which the system takes back from a killed process; gives whether it was free."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def inputs_in(findings: Path) -> list[Path]:
    """The findings that still stand; a note lies beside some."""
    return sorted(path for path in findings.glob("*") if path.suffix != ".txt")


def table(keep: Path) -> str:
    """The totals of every target as markdown."""
    lines, totals = [_HEAD], totals_of(keep)
    for row in (totals[name] for name in TARGETS if name in totals):
        standing = len(inputs_in(keep / "findings" / row.target))
        commits = ", ".join(f"{commit} ({seconds:,.0f} s)" for commit, seconds in row.commits.items())
        lines.append(
            f"| {row.target} | {row.begun} | {row.ended} | {row.seconds:,.0f} | {row.executions:,} | {row.branches:,} "
            f"| {row.inputs:,} | {row.peak_mb} | {len(row.findings)} | {standing} | {commits} |"
        )
    about = f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f} at the end"
    return "\n".join([*lines, "", about, ""])
