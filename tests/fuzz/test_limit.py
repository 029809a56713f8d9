"""A target without an end fails its test, whatever it is that does not end, and however busy the machine is."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .limit import EndlessError, with_an_end


def turn() -> None:
    while True:
        pass


def backtrack() -> None:
    re.match("(a|aa)+$", "a" * 200 + "b")


@pytest.mark.parametrize("endless", [turn, backtrack])
def test_what_has_no_end_is_ended(endless):
    with pytest.raises(EndlessError), with_an_end(0.2):
        endless()


def test_waiting_for_a_turn_on_the_processor_is_no_fault():
    with with_an_end(0.2):
        time.sleep(0.6)
    assert signal.getitimer(signal.ITIMER_PROF) == signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_native_code_that_does_not_come_back_ends_the_process():
    program = """
import hashlib
from fuzz.limit import with_an_end
with with_an_end(0.2):
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGVTALRM
    assert 'File "<string>", line 5' in ended.stderr
