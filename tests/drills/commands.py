"""`civic-etl` as an operator starts it: a process of its own, with the small server that Prefect starts for a run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .nights import Home, without_settings

_LONGEST = 600.0
_CIVIC_ETL = "from civic_etl.cli import main; main()"


@dataclass
class Command:
    """A run in a process group of its own; what it says goes to `log`."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        """Its process, which leads the group."""
        return self.process.pid

    def said(self) -> str:
        """All that it has said."""
        return self.log.read_text(encoding="utf-8")

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something holds, or it has ended."""
        give_up = time.monotonic() + _LONGEST
        while not (reached() or self.is_over()):
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.01)

    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.process.poll() is not None

    def end(self) -> int:
        """Wait for its end; gives the exit code."""
        return self.process.wait(timeout=_LONGEST)

    def kill(self) -> bool:
        """`kill -9` of it and of nothing else; whether it still lived."""
        self.process.kill()
        return self.end() == -signal.SIGKILL

    def left_behind(self) -> list[str]:
        """Processes of the group that still live."""
        rows = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,args="], stdout=subprocess.PIPE, text=True, check=True)
        found = [row.split(maxsplit=2) for row in rows.stdout.splitlines()]
        return [" ".join(row[2:]) for row in found if row[0] == str(self.pid) and not row[1].startswith("Z")]

    def close(self) -> None:
        """End all of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


def nightly(home: Home, **environment: str) -> Command:
    """Begin a night of a home."""
    return begin(home, "run", "nightly", "--source", home.site.name, **environment)


def begin(home: Home, *words: str, **environment: str) -> Command:
    """Begin a command over a home."""
    own = {
        "CIVIC_ETL_HOME": str(home.settings.home),
        "CIVIC_ETL_SOURCES_DIR": str(home.settings.sources_dir),
        "CIVIC_ETL_JITTER_SECONDS": "0",
        "CIVIC_ETL_WORKERS": "1",
        **environment,
    }
    number = len(list(home.root.glob("command-*.log")))
    log = home.root / f"command-{number}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", _CIVIC_ETL, *words],
            env=without_settings() | own,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return Command(process, log)
