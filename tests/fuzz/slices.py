"""One slice of fuzzing one target, in a process of its own, and what came of it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from .fuzzer import ENDLESS_SECONDS, MEMORY_MB
from .seeds import dictionary, seeds
from .targets import TARGETS
from .totals import Totals, inputs_in

HERE = Path(__file__).parent
FUZZER = HERE / "fuzzer.py"
# What libFuzzer says at its end, and now and then before it, which counts where the process was killed.
_EXECUTED = re.compile(r"^(?:stat::number_of_executed_units:\s*|#)(\d+)", re.MULTILINE)
_COVERED = re.compile(r"\bcov: (\d+)")
# Judged by the clock on the wall, or with every branch watched: a suspicion until it is read again without.
_SUSPECTED = ("SlowError-", "timeout-", "slow-unit-")
# As many inputs are read again in one process: a second each, and its start, is well below ENDLESS_SECONDS.
_AT_ONCE = 25
# On the wall, for an input that waits without end and spends nothing: no busy machine gives a process less than that.
_STUCK_SECONDS = 3600


class SliceError(Exception):
    """The fuzzer did not read a single input, and would not the next time."""


def fuzzed(target: str, seconds: float, keep: Path) -> Totals:
    """Fuzz a target for some seconds, less where a crash of native code ends it. Raises SliceError."""
    corpus, findings, log = keep / "corpus" / target, keep / "findings" / target, keep / f"{target}.log"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number:03}").write_bytes(seed[: TARGETS[target].longest])
    words = keep / f"{target}.dict"
    words.write_text("".join(f'"{escaped(word)}"\n' for word in dictionary(target)), encoding="ascii")
    command = [sys.executable, str(FUZZER), target, str(findings), str(seconds)]
    command += [f"-timeout={ENDLESS_SECONDS}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={TARGETS[target].longest}"]
    command += [f"-dict={words}", "-print_final_stats=1", f"-artifact_prefix={findings}/", str(corpus)]
    begun, commit = today(), code()
    with log.open("ab") as file:
        said_from = file.tell()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_bytes()[said_from:].decode("utf-8", "replace")
    executions = max((int(number) for number in _EXECUTED.findall(said)), default=0)
    if not executions:
        raise SliceError(f"{target}: nothing was executed; {log} ends with\n{said[-2000:]}")
    reread(target, keep, _SUSPECTED)
    spent = round(used.ru_utime + used.ru_stime, 1)
    return Totals(
        target,
        begun,
        today(),
        spent,
        executions,
        max((int(branches) for branches in _COVERED.findall(said)), default=0),
        sum(1 for _ in corpus.iterdir()),
        used.ru_maxrss // 1024,
        [path.name for path in inputs_in(findings)],
        {commit: spent},
    )


def reread(target: str, keep: Path, beginnings: tuple[str, ...] = ("",)) -> None:
    """Read a target's findings again and let go of those that are none for the product as it stands."""
    paths = [path for path in inputs_in(keep / "findings" / target) if path.name.startswith(beginnings)]
    for first in range(0, len(paths), _AT_ONCE):
        some = paths[first : first + _AT_ONCE]
        if fails(target, *some):
            some = [path for path in some if not fails(target, path)]
        for path in some:
            path.unlink()
            path.with_name(f"{path.name}.txt").unlink(missing_ok=True)


def fails(target: str, *paths: Path) -> bool:
    """Whether one of some inputs is a finding without the fuzzer; time is of the processor: a busy machine is none."""
    command = [sys.executable, str(FUZZER), target, str(paths[0].parent), "--again", *map(str, paths)]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=_STUCK_SECONDS).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def escaped(word: bytes) -> str:
    """A word as libFuzzer's dictionaries write it."""
    return "".join(chr(byte) if 32 < byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word)


def today() -> str:
    """The day in UTC."""
    return f"{datetime.now(UTC):%Y-%m-%d}"


def code() -> str:
    """The commit of the code that is fuzzed, with a plus where files differ from it."""
    command = ["git", "-C", str(HERE), "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
