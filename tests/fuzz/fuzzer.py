"""One target under Atheris, for `run.py`: `python fuzzer.py TARGET FINDINGS SECONDS [libFuzzer option | corpus ...]`.

Every exception that is not one of the house and every broken promise is written to FINDINGS, once for each place it
comes from, and fuzzing goes on. So is every input that costs more than a second of processor time here, where each
branch is watched: whether it does without that is for `--again` to say. What kills the process (a crash of native
code, memory over the limit, no end) is libFuzzer's to write.

`python fuzzer.py TARGET FINDINGS --again FILE ...` reads inputs without Atheris, as the product would, and ends with 1
where one still is a finding, or by a signal where one has no end or crashes.
"""

import ctypes
import hashlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

# This file is run as a script.
sys.path.insert(0, str(Path(__file__).parents[1]))

LONGEST_SECONDS = 1.0
MEMORY_MB = 2048
# Without an end. Under libFuzzer this is on the wall; what is kept then is judged by reading it again.
ENDLESS_SECONDS = 120
_OURS = ("civic_etl", "fuzz")


class SlowError(Exception):
    """An input took too long."""


def timed(read: Callable[[bytes], None], data: bytes) -> None:
    """Read an input. Raises SlowError over LONGEST_SECONDS of processor time."""
    began = time.process_time()
    read(data)
    spent = time.process_time() - began
    if spent > LONGEST_SECONDS:
        raise SlowError(f"{spent:.1f} s for {len(data)} bytes")


def place_of(error: BaseException) -> str:
    """What kind of error, and the last line of ours that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if any(f"/{name}/" in frame.filename for name in _OURS)] or list(frames)
    return f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"


def write_finding(folder: Path, data: bytes, error: BaseException) -> None:
    """Keep the first input of every place, and how it failed; every slow one, since each is read again by itself."""
    digest = hashlib.sha256(data).hexdigest()[:12]
    path = folder / (f"SlowError-{digest}" if isinstance(error, SlowError) else place_of(error))
    if path.exists():
        return
    path.write_bytes(data)
    path.with_name(f"{path.name}.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    sys.stderr.write(f"finding: {path.name} {digest}\n")
    sys.stderr.flush()


def fuzz(target: str, folder: Path, seconds: float, options: list[str]) -> None:
    """Fuzz until this process has spent its seconds on the processor, or as long as who started it lives."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    import atheris  # type: ignore[import-not-found]

    with atheris.instrument_imports(include=["civic_etl", "feedparser", "protego"]):
        from fuzz.seeds import seeds
        from fuzz.targets import TARGETS

        read = TARGETS[target].read
        # Some modules are imported when they are first needed.
        for seed in seeds(target)[:5]:
            read(seed)

    def once(data: bytes) -> None:
        try:
            timed(read, data)
        except Exception as error:
            write_finding(folder, data, error)
        if time.process_time() > seconds:
            # libFuzzer's request to end, since its own limit is on the wall.
            os.kill(os.getpid(), signal.SIGUSR1)

    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


def again(target: str, files: list[str]) -> int:
    """Read inputs anew; gives the exit code."""
    from fuzz.seeds import seeds
    from fuzz.targets import TARGETS

    TARGETS[target].read(seeds(target)[0])
    resource.setrlimit(resource.RLIMIT_CPU, (ENDLESS_SECONDS, ENDLESS_SECONDS))
    failed = 0
    for name in files:
        try:
            timed(TARGETS[target].read, Path(name).read_bytes())
        except Exception as error:
            failed += 1
            sys.stderr.write(f"{name}: {place_of(error)}: {error}\n")
    if (peak := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024) > MEMORY_MB:
        failed += 1
        sys.stderr.write(f"{peak} MB\n")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[3] == "--again":
        raise SystemExit(again(sys.argv[1], sys.argv[4:]))
    fuzz(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])
