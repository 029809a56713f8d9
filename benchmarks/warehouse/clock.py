"""Wall and processor seconds of named pieces of work; the latter mean something on a machine that others use too."""

import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Taken(NamedTuple):
    """Seconds; `cpu` is of all threads of this process."""

    wall: float
    cpu: float


class Clock:
    """What was done under a name more than once adds up."""

    def __init__(self) -> None:
        self.taken: dict[str, Taken] = {}

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        """Do the work and keep how long it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        before = self.taken.pop(name, Taken(0.0, 0.0))
        now = Taken(time.perf_counter() - wall, time.process_time() - cpu)
        self.taken[name] = Taken(before.wall + now.wall, before.cpu + now.cpu)
        print(f"{name}: {self.taken[name].wall:.1f} s", file=sys.stderr, flush=True)
        return result

    def take_apart(self, whole: str, rest: str) -> None:
        """What `whole` took beyond all that was timed within it, is `rest`."""
        total = self.taken.pop(whole)
        parts = list(self.taken.values())
        self.taken[rest] = Taken(
            total.wall - sum(part.wall for part in parts), total.cpu - sum(part.cpu for part in parts)
        )
