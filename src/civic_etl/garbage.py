"""Python looks for garbage only where there is some."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
