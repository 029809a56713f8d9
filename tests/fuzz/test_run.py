"""The round of slices, with a stand-in for the fuzzer: Atheris is not needed."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from . import fuzzer, run, slices
from .totals import held, inputs_in, totals_of

# Spends its seconds on the processor, says what libFuzzer says, and finds what it is told to.
STAND_IN = """
import os, sys, time
from pathlib import Path
target, findings, seconds = sys.argv[1:4]
here = Path(__file__).parent
if seconds == "--again":
    sys.exit(any(Path(name).read_text() != "good" for name in sys.argv[4:]))
if (here / "broken").exists():
    sys.exit("ModuleNotFoundError")
(here / "pid").write_text(str(os.getpid()))
for each in here.glob("found-*"):
    (Path(findings) / each.name[6:]).write_bytes(each.read_bytes())
print("#64\\tpulse  cov: 11 ft: 20 corp: 2/9b", flush=True)
while time.process_time() < float(seconds):
    pass
if (here / "killed").exists():
    os.kill(os.getpid(), 9)
print("#99\\tDONE   cov: 12 ft: 20 corp: 2/9b\\nstat::number_of_executed_units: 99")
"""
# Where a process of its own finds this folder.
_FOUND = os.environ | {
    "PYTHONPATH": os.pathsep.join([str(Path(run.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
}
MAIN = """
import sys
from pathlib import Path
from fuzz import run, slices

slices.FUZZER = Path(sys.argv.pop(1))
run.main()
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    path = tmp_path / "fuzzer.py"
    path.write_text(STAND_IN)
    monkeypatch.setattr(slices, "FUZZER", path)
    return path


def fuzz(keep: Path, *more: str, until: float = 0.3) -> int:
    """A run of two targets in short slices."""
    return run.main([f"--keep={keep}", f"--until={until}", "--slice=0.2", *(more or ("robots", "cdxj"))])


def test_every_target_gets_its_time_in_turn_and_no_more(stand_in, tmp_path, capsys):
    assert fuzz(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:4]] == ["robots", "cdxj", "robots", "cdxj"]
    totals = totals_of(tmp_path)
    assert all(0.3 <= row.seconds < 0.6 and row.executions == 198 and row.branches == 12 for row in totals.values())
    assert all(sum(row.commits.values()) == pytest.approx(row.seconds) for row in totals.values())
    assert fuzz(tmp_path) == 0
    assert totals_of(tmp_path) == totals
    assert "without" in capsys.readouterr().out.splitlines()[-1]
    fuzz(tmp_path, until=0.7)
    assert all(0.7 <= row.seconds < 1 for row in totals_of(tmp_path).values())


def test_the_commits_are_told_where_the_code_changes(stand_in, tmp_path, monkeypatch):
    for until, commit in ((0.2, "aaaaaaa"), (0.6, "bbbbbbb")):
        monkeypatch.setattr(slices, "code", lambda commit=commit: commit)
        fuzz(tmp_path, "cdxj", until=until)
    row = totals_of(tmp_path)["cdxj"]
    assert list(row.commits) == ["aaaaaaa", "bbbbbbb"]
    assert "aaaaaaa (" in (tmp_path / "table.md").read_text()


def test_what_another_process_is_at_is_left_to_it(stand_in, tmp_path):
    with held(tmp_path / "robots.lock"):
        fuzz(tmp_path)
    assert list(totals_of(tmp_path)) == ["cdxj"]


def test_a_killed_run_goes_on_and_loses_a_slice(stand_in, tmp_path):
    fuzz(tmp_path, "cdxj", until=0.2)
    before = totals_of(tmp_path)
    (tmp_path / "pid").unlink()
    command = [sys.executable, "-c", MAIN, str(stand_in), f"--keep={tmp_path}", "--until=500", "--slice=400", "cdxj"]
    process = subprocess.Popen(command, env=_FOUND)
    try:
        while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()):
            assert process.poll() is None
            time.sleep(0.05)
    finally:
        process.kill()
        process.wait()
    # The stand-in does not end with its parent as the fuzzer does.
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    assert totals_of(tmp_path) == before
    fuzz(tmp_path, "cdxj", until=0.4)
    assert 0.4 <= totals_of(tmp_path)["cdxj"].seconds < 0.7


def test_a_killed_fuzzer_counts_for_what_it_said(stand_in, tmp_path):
    (tmp_path / "killed").touch()
    fuzz(tmp_path, "cdxj", until=0.2)
    assert totals_of(tmp_path)["cdxj"].executions == 64


def test_a_fuzzer_that_does_not_start_ends_the_run(stand_in, tmp_path, capsys):
    (tmp_path / "broken").touch()
    with pytest.raises(SystemExit, match="2"):
        fuzz(tmp_path)
    assert "ModuleNotFoundError" in capsys.readouterr().err
    assert not totals_of(tmp_path)


def test_what_the_clock_on_the_wall_suspects_is_judged_again(stand_in, tmp_path):
    """`good` is what the stand-in finds nothing wrong with, alone."""
    for name, body in (("timeout-1", "good"), ("SlowError-a-1", "good"), ("timeout-2", "bad"), ("crash-1", "good")):
        (tmp_path / f"found-{name}").write_text(body)
    assert fuzz(tmp_path, "cdxj", until=0.2) == 1
    row = totals_of(tmp_path)["cdxj"]
    assert row.findings == ["crash-1", "timeout-2"]
    # Mended since: they were found, and stand no more.
    for path in (tmp_path / "findings" / "cdxj").iterdir():
        path.write_text("good")
    assert fuzz(tmp_path, "cdxj", until=0.2) == 0
    assert totals_of(tmp_path)["cdxj"] == row
    assert not inputs_in(tmp_path / "findings" / "cdxj")


def test_every_slow_input_is_kept_and_each_is_read_again(stand_in, tmp_path):
    """A second under watch is a suspicion; more of them than are read at once, and one that stands."""
    findings = tmp_path / "findings" / "cdxj"
    findings.mkdir(parents=True)
    for number in range(60):
        fuzzer.write_finding(findings, b"bad" if number == 40 else b"good%d" % number, fuzzer.SlowError("1.2 s"))
    (standing,) = findings.glob(f"SlowError-{hashlib.sha256(b'bad').hexdigest()[:12]}")
    assert len(inputs_in(findings)) == 60
    for path in set(inputs_in(findings)) - {standing}:
        path.write_bytes(b"good")
    slices.reread("cdxj", tmp_path, ("SlowError-",))
    assert sorted(findings.iterdir()) == [standing, standing.with_suffix(".txt")]


def test_a_second_of_the_processor_is_the_limit(monkeypatch):
    clock = iter((0.0, 0.9, 0.0, 1.1))
    monkeypatch.setattr(fuzzer.time, "process_time", lambda: next(clock))
    fuzzer.timed(lambda data: None, b"quick")
    with pytest.raises(fuzzer.SlowError):
        fuzzer.timed(lambda data: None, b"slow")


def test_an_input_without_end_is_one_by_the_processor(tmp_path):
    """In a process of its own, which the system ends: by its time on the processor, not on the wall."""
    program = f"""
import sys, time
from fuzz import fuzzer, targets

def read(data):
    time.sleep(1.5 if data == b"waits" else 0)
    while data == b"endless":
        pass

targets.TARGETS["cdxj"] = targets.Target(read)
fuzzer.ENDLESS_SECONDS = int(time.process_time()) + 3
raise SystemExit(fuzzer.again("cdxj", [{str(tmp_path / "input")!r}]))
"""
    ended = []
    for data in (b"waits", b"endless"):
        (tmp_path / "input").write_bytes(data)
        ended.append(subprocess.run([sys.executable, "-c", program], env=_FOUND, check=False).returncode)
    assert ended == [0, -signal.SIGKILL]
