"""Helpers of a process that is killed by signal 9 end; those of one that ends well are left alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

from civic_etl.pipeline.outlived import Watch

SOON = 20.0
_WATCHES = """
import subprocess, sys, time
from civic_etl.pipeline.outlived import Watch
helper = subprocess.Popen(["sleep", "600"])
watch = Watch(helper.pid)
print(helper.pid, flush=True)
time.sleep(600)
"""
_SPAWNS = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from civic_etl.pipeline.outlived import end_with_parent
pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent)
print(pool.submit(os.getpid).result(), flush=True)
time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    """Whether a process is there; one that nobody waits for yet has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z")


def require_end_after_kill(program: str) -> None:
    """What a program started ends when the program is killed."""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    helper = int(process.stdout.readline())
    assert is_alive(helper)
    process.kill()
    process.communicate()
    give_up = time.monotonic() + SOON
    while is_alive(helper):
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_a_watched_process_ends() -> None:
    require_end_after_kill(_WATCHES)


def test_a_worker_of_a_pool_ends() -> None:
    require_end_after_kill(_SPAWNS)


def test_a_watch_that_is_called_off_ends_nothing() -> None:
    helper = subprocess.Popen(["sleep", "600"])
    try:
        watch = Watch(helper.pid)
        watch.call_off()
        assert watch._watcher.returncode == 0 and helper.poll() is None
    finally:
        helper.kill()
        helper.wait()
