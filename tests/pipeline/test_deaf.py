"""Ctrl-C at a terminal goes to every process of a run; those that only help do not hear it."""

import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from civic_etl.pipeline.deaf import deaf


def is_deaf() -> bool:
    """Whether this thread has SIGINT blocked."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_that_begin_in_the_block_are_deaf_and_no_others() -> None:
    code = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    with deaf():
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.communicate()[0] == "True\n" and not is_deaf()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        with deaf():
            spawned = pool.submit(is_deaf)
        assert spawned.result() and not is_deaf()
