"""Helpers that do not outlive the process they help, however that one ends: `kill -9` gives it no time to end them."""

import os
import subprocess
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread

from civic_etl.pipeline.deaf import deaf

# The end of its input is the end of the process that holds the other end of the pipe; a line says that all is well.
_WATCH = 'read -r well || kill "$0"'


class Watch:
    """A small process that ends another one, by SIGTERM, when this process is no more."""

    def __init__(self, pid: int) -> None:
        with deaf():
            self._watcher = subprocess.Popen(  # noqa: S603 - our own words and a number
                ["/bin/sh", "-c", _WATCH, str(pid)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
            )

    def call_off(self) -> None:
        """Leave the other process alone: it has ended, and its number may be another's."""
        try:
            self._watcher.communicate(b"well\n")
        except (BrokenPipeError, ValueError):
            self._watcher.wait()


def end_with_parent() -> None:
    """In a process that multiprocessing spawned: end as soon as the one that spawned it is no more."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_behind, args=(parent.sentinel,), daemon=True, name="end with parent").start()


def _end_behind(sentinel: int) -> None:
    wait([sentinel])
    # There is nobody left to give anything to.
    os._exit(1)
