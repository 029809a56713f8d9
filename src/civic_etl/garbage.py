"""Python looks for garbage only where there is some."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# new objects between two looks, and how many looks pass before older ones are looked at again
_SELDOM = (200_000, 30, 30)


@contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes much to keep and little garbage: looking for some takes a good part of its time.

    What it leaves is found afterwards. Only for what is as long as the program's own files, never for a night's pages.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def collect_seldom() -> None:
    """Have Python look for garbage far less often, as mypy does: a quarter of a command's start went there.

    What may lie about meanwhile are 200,000 small objects, some tens of megabytes.
    """
    gc.set_threshold(*_SELDOM)
