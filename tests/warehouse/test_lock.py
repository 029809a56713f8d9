import os
import signal
import subprocess
import sys

import pytest

from civic_etl.errors import LockedError
from civic_etl.warehouse.lock import exclusive, holder

HOLD = """
import sys, time
from pathlib import Path
from civic_etl.warehouse.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_it_until_that_process_dies(tmp_path):
    path = tmp_path / "state" / "warehouse.lock"
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {other.pid}"), exclusive(path):
            pass
        assert holder(path) == other.pid
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        with exclusive(path):
            assert holder(path) == os.getpid()
    finally:
        other.kill()
        other.wait()
    assert holder(path) is None


def test_nobody_holds_what_is_not_there(tmp_path):
    assert holder(tmp_path / "none") is None
