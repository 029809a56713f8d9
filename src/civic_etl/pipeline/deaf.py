"""Helpers that hear no Ctrl-C. A terminal sends it to every process of a run at once; only the run itself knows what is
to be done, and it needs its Prefect server and its workers until it has done it.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def deaf() -> Iterator[None]:
    """Threads and processes that begin in the block have SIGINT blocked for good; this thread hears it afterwards."""
    # With the first process that multiprocessing spawns it starts this one and then unblocks SIGINT.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
