"""Ctrl-C during a long fetch: the first asks for a clean end, the second ends at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from civic_etl.crawl.stopping import ask_to_stop, forget_stop, is_stop_asked
from civic_etl.pipeline.progress import say


@contextmanager
def pausing() -> Iterator[None]:
    """Let SIGINT and SIGTERM end the crawls of the block after the page in hand; what was fetched is then loaded.

    Only the main thread hears signals: in another one the block runs as it would without.
    """
    forget_stop()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def hear(number: int, frame: FrameType | None) -> Any:
        if is_stop_asked():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            raise KeyboardInterrupt
        ask_to_stop()
        say("stopping after the page in hand, then loading what was fetched; once more to leave at once")

    for number in before:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
