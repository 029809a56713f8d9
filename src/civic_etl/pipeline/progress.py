"""Tell whoever listens how far a run is; without a listener the lines go to the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_LOG = logging.getLogger("civic_etl")


class Listener(Protocol):
    """Somebody who shows progress. Called from several threads."""

    def step(self, job: str, done: int, total: int | None) -> None:
        """`done` of `total` pieces of a job are done; `total` is None while it is not known yet."""

    def say(self, line: str) -> None:
        """One line worth reading."""


class LogListener:
    """Lines to the log, nothing of the steps between."""

    def step(self, job: str, done: int, total: int | None) -> None:
        """Only the end of a job is worth a line in a log."""
        if done == total:
            _LOG.debug("%s: %d of %d", job, done, total)

    def say(self, line: str) -> None:
        """Log at level INFO."""
        _LOG.info("%s", line)


_listeners: list[Listener] = [LogListener()]


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let `listener` hear everything of this process while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def step(job: str, done: int, total: int | None) -> None:
    """Tell the listener how far a job is."""
    _listeners[-1].step(job, done, total)


def say(line: str) -> None:
    """Tell the listener one line."""
    _listeners[-1].say(line)
