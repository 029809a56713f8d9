"""Progress on stderr: bars where a person watches, plain lines everywhere else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from civic_etl.cli.logs import RUN_LINES, harmless
from civic_etl.cli.state import is_terminal
from civic_etl.pipeline.progress import Listener, listening


class BarListener:
    """One bar a job, lines above them."""

    def __init__(self, console: Console, progress: Progress) -> None:
        self._console = console
        self._progress = progress
        self._jobs: dict[str, TaskID] = {}

    def step(self, job: str, done: int, total: int | None) -> None:
        """Move the job's bar; a finished job's bar goes away."""
        if job not in self._jobs:
            self._jobs[job] = self._progress.add_task(job, total=total)
        self._progress.update(self._jobs[job], completed=done, total=total)
        if total is not None and done >= total:
            self._progress.remove_task(self._jobs.pop(job))

    def say(self, line: str) -> None:
        """A line above the bars."""
        RUN_LINES.info("%s", line)
        self._console.print(escape(harmless(line)), highlight=False, soft_wrap=True)


class LineListener:
    """Plain lines with the seconds since the start; a long job says how far it is every ten seconds."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._told: dict[str, float] = {}

    def step(self, job: str, done: int, total: int | None) -> None:
        """Say how far a job is, now and then."""
        now = time.monotonic()
        if now - self._told.setdefault(job, now) >= 10:
            self._told[job] = now
            self.say(f"{job}: {done} of {'?' if total is None else total}")

    def say(self, line: str) -> None:
        """Write the line."""
        RUN_LINES.info("%s", line)
        sys.stderr.write(f"[{time.monotonic() - self._begun:6.1f} s] {harmless(line)}\n")
        sys.stderr.flush()


@contextmanager
def shown() -> Iterator[Listener]:
    """Show the progress of everything that runs in the block."""
    if not is_terminal():
        listener = LineListener()
        with listening(listener):
            yield listener
        return
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bars = BarListener(console, progress)
        with listening(bars):
            yield bars
