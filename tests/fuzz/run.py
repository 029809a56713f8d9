"""Fuzz targets in turn and tell what was tried: `python tests/fuzz/run.py [--seconds N] [TARGET ...]`.

Needs Atheris (`make fuzz` installs it into .venv-fuzz). In the folder `--keep` (.fuzz) lie a corpus for each target,
which the next run begins with, findings with the inputs that gave them, and table.md, which holds a row for each
target's last run.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from json import dumps, loads
from pathlib import Path

# This file is run as a script.
sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.seeds import dictionary, seeds
from fuzz.targets import TARGETS

HERE = Path(__file__).parent
MEMORY_MB = 2048
# Without an end; of the clock on the wall, so that a busy machine is no finding.
ENDLESS_SECONDS = 120
_COVERED = re.compile(r"\bcov: (\d+) ft: (\d+)(?: corp: (\d+))?")
_DONE = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
_PEAK = re.compile(r"^stat::peak_rss_mb:\s*(\d+)", re.MULTILINE)
_SLOWEST = re.compile(r"^stat::slowest_unit_time_sec:\s*(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """The last run of a target: `seconds` on the wall, `branches` seen of the watched code, `peak_mb` of memory."""

    target: str
    day: str
    seconds: int
    executions: int
    branches: int
    features: int
    corpus: int
    peak_mb: int
    findings: int


def main() -> int:
    """Fuzz what was chosen; gives 1 where something was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all without any")
    options.add_argument("--seconds", type=int, default=3600, help="for each target")
    options.add_argument("--keep", type=Path, default=HERE.parents[1] / ".fuzz")
    given = options.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        options.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    found = 0
    for target in given.targets or TARGETS:
        row = fuzzed(target, given.seconds, given.keep)
        found += row.findings
        keep_row(given.keep, row)
        sys.stdout.write(
            f"{target}: {row.executions} executions in {row.seconds} s, {row.branches} branches, "
            f"{row.corpus} inputs kept, {row.peak_mb} MB at the peak, {row.findings} findings\n"
        )
        sys.stdout.flush()
    sys.stdout.write(f"\n{table(given.keep)}")
    return 1 if found else 0


def fuzzed(target: str, seconds: int, keep: Path) -> Row:
    """Fuzz one target, again where a native crash ended it early."""
    corpus, findings, log = keep / "corpus" / target, keep / "findings" / target, keep / f"{target}.log"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number:03}").write_bytes(seed[: TARGETS[target].longest])
    words = keep / f"{target}.dict"
    words.write_text("".join(f'"{escaped(word)}"\n' for word in dictionary(target)), encoding="ascii")
    log.write_text("", encoding="utf-8")
    # Findings of earlier runs that are none any more go; the others are found anew by reading them again.
    for path in sorted(findings.iterdir()):
        if path.suffix != ".txt" and not fails(target, path):
            path.unlink()
            path.with_name(f"{path.name}.txt").unlink(missing_ok=True)
    began, ended_by, executions, peak = time.monotonic(), 0, 0, 0
    while (left := round(seconds - (time.monotonic() - began))) > 0 and ended_by < 20:
        said = run(target, left, corpus, findings, words)
        with log.open("a", encoding="utf-8") as file:
            file.write(said)
        executions += int(last(_DONE, said))
        peak = max(peak, int(last(_PEAK, said)))
        ended_by += 1
    for path in [path for path in findings.glob("SlowError-*") if path.suffix != ".txt"]:
        if not fails(target, path):
            path.unlink()
            path.with_name(f"{path.name}.txt").unlink(missing_ok=True)
    text = log.read_text(encoding="utf-8")
    covered = [match.groups() for match in _COVERED.finditer(text)]
    return Row(
        target,
        f"{datetime.now(UTC):%Y-%m-%d}",
        round(time.monotonic() - began),
        executions,
        max((int(branches) for branches, _, _ in covered), default=0),
        max((int(features) for _, features, _ in covered), default=0),
        sum(1 for _ in corpus.iterdir()),
        peak,
        sum(path.suffix != ".txt" for path in findings.iterdir()),
    )


def run(target: str, seconds: int, corpus: Path, findings: Path, words: Path) -> str:
    """Run the fuzzer's process and give what it said."""
    command = [sys.executable, str(HERE / "fuzzer.py"), target, str(findings)]
    command += [f"-max_total_time={seconds}", f"-timeout={ENDLESS_SECONDS}", f"-rss_limit_mb={MEMORY_MB}"]
    command += [f"-max_len={TARGETS[target].longest}", f"-dict={words}", "-print_final_stats=1"]
    command += [f"-artifact_prefix={findings}/", str(corpus)]
    ran = subprocess.run(command, capture_output=True, check=False)
    return (ran.stdout + ran.stderr).decode("utf-8", "replace")


def fails(target: str, path: Path) -> bool:
    """Whether an input is a finding for the product as it stands, without the fuzzer."""
    command = [sys.executable, str(HERE / "fuzzer.py"), target, str(path.parent), "--again", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def escaped(word: bytes) -> str:
    """A word as libFuzzer's dictionaries write it."""
    return "".join(chr(byte) if 32 < byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word)


def last(pattern: re.Pattern[str], text: str) -> str:
    """The last number that a pattern finds, "0" without any."""
    return next(reversed([match[1] for match in pattern.finditer(text)]), "0")


def keep_row(keep: Path, row: Row) -> None:
    """Remember a target's last run, and write the table anew."""
    path = keep / "rows.json"
    rows = loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(dumps(rows | {row.target: asdict(row)}, indent=1), encoding="utf-8")
    (keep / "table.md").write_text(table(keep), encoding="utf-8")


def table(keep: Path) -> str:
    """The last run of every target as markdown."""
    rows = loads((keep / "rows.json").read_text(encoding="utf-8"))
    head = "| target | day | seconds | executions | branches | inputs kept | peak MB | findings |"
    lines = [head, "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for name in TARGETS:
        if name in rows:
            row = Row(**rows[name])
            lines.append(
                f"| {row.target} | {row.day} | {row.seconds} | {row.executions:,} | {row.branches:,} | {row.corpus:,} "
                f"| {row.peak_mb} | {row.findings} |"
            )
    about = f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f} at the end"
    return "\n".join([*lines, "", about, ""])


if __name__ == "__main__":
    raise SystemExit(main())
