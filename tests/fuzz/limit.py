"""An end to reading that has none, by the processor's time: a busy machine makes no test fail."""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Some twenty times what any target takes for its longest input, and no figure of how fast it is: that a room stays
# below a second is for the fuzzer, and that its time grows with its input for the rooms' own tests.
LIMIT_SECONDS = 20.0


class EndlessError(AssertionError):
    """Reading had no end."""


@contextmanager
def with_an_end(seconds: float = LIMIT_SECONDS) -> Iterator[None]:
    """Raise EndlessError once the block has had its seconds on the processor.

    Python raises where it next runs code of its own, inside of regular expressions too. Native code that does not come
    back gets as much again; then the process is ended, with a traceback of where it was.
    """

    def end(number: int, frame: FrameType | None) -> None:
        raise EndlessError(f"no end after {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, end)
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    faulthandler.register(signal.SIGVTALRM, all_threads=False, chain=True)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGPROF, before)
        faulthandler.unregister(signal.SIGVTALRM)
