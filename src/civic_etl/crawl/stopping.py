"""The wish to stop, from a person or the machine: heard before the next request, so that nothing is torn."""

import threading

STOPPED = "stopped on request"
_WISH = threading.Event()


def ask_to_stop() -> None:
    """Let every crawl of this process end before its next request."""
    _WISH.set()


def is_stop_asked() -> bool:
    """Whether somebody wants the crawls to end."""
    return _WISH.is_set()


def forget_stop() -> None:
    """Crawls may run again."""
    _WISH.clear()
