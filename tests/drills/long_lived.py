"""A process that lives for weeks: it runs the flow of every night itself, on a day of a clock that is told.

Commands come as JSON lines on stdin: a job as `nursery.py` takes it, with `moment` (aware ISO text). The answer on
stdout has the exit code (`code`), how long it took (`seconds`), and the memory of the process in megabytes: at the
night's peak (`peak_mb`) and after it (`after_mb`).
"""

import gc
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine

# This file is run as a script.
sys.path.insert(0, str(Path(__file__).parents[1]))

from drills import nursery


def one(job: dict[str, Any]) -> dict[str, Any]:
    """Run a night and weigh it."""
    forget_peak()
    began = time.monotonic()
    with time_machine.travel(datetime.fromisoformat(job["moment"]), tick=True):
        code = nursery.night(job)
    seconds = time.monotonic() - began
    peak = memory("VmHWM")
    gc.collect()
    return {"code": code, "seconds": round(seconds, 1), "peak_mb": peak, "after_mb": memory("VmRSS")}


def forget_peak() -> None:
    """Let the kernel measure the peak from here on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory(name: str) -> int:
    """Megabytes of this process, by the kernel's name for them."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1]) // 1024


def main() -> None:
    """Serve commands until stdin ends; what the nights say goes to the log that is named."""
    answers = os.fdopen(os.dup(1), "w")
    log = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    nursery.warm(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(one(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
