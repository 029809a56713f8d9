"""Whole nights over sample sites on loopback: the flow, and the same steps without Prefect.

    python benchmarks/nightly/run.py [--servers 6] [--rounds 2]

A first night in a new home finds everything new; the nights after it find no news. Each night is a process of its own,
as a scheduler would start it: imports and Prefect's own server are part of it. Both ways take turns, each in a home of
its own. Processor seconds are those of the night's process and of all it started; the sites run in another.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
WAYS = {"flow": "the nightly flow", "steps": "floor: its steps without Prefect"}
FIRST, QUIET = "all new", "no news"


@dataclass(slots=True)
class Night:
    """What one night took, in seconds; `stages` are processor seconds by stage."""

    wall: float
    cpu: float
    new: int
    stages: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    nights: dict[tuple[str, str], list[Night]] = {(way, kind): [] for kind in (FIRST, QUIET) for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="civic-nights-") as name:
        folder = Path(name)
        command = [sys.executable, str(HERE / "sites.py"), str(given.servers), str(folder / "sources")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sites:
            assert sites.stdin is not None and sites.stdout is not None
            names: list[str] = json.loads(sites.stdout.readline())
            for number in range(given.rounds):
                for kind in (FIRST, QUIET):
                    for way in WAYS:
                        nights[way, kind].append(night(way, folder, f"{way}-{number}", names))
            sites.stdin.close()
    for kind in (FIRST, QUIET):
        table(kind, nights, given.rounds, len(names))
    taken_apart(nights)
    stages(nights)


def night(way: str, folder: Path, home: str, names: list[str]) -> Night:
    """One night in its own process."""
    own = {
        "CIVIC_ETL_CONFIG": str(folder / "none.toml"),
        "CIVIC_ETL_HOME": str(folder / home),
        "CIVIC_ETL_SOURCES_DIR": str(folder / "sources"),
        "CIVIC_ETL_MIN_DELAY_SECONDS": "0",
        "CIVIC_ETL_JITTER_SECONDS": "0",
        "NO_PROXY": "127.0.0.1,localhost",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CIVIC_ETL_", "PREFECT_"))}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, str(HERE / "night.py"), way, *names]
    ran = subprocess.run(command, env=kept | own, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = json.loads(ran.stdout.splitlines()[-1])
    return Night(wall, cpu, said["new"], said.get("stages", {}))


def table(kind: str, nights: dict[tuple[str, str], list[Night]], rounds: int, sources: int) -> None:
    """One row a way; seconds for 1,000 new pages where there are any."""
    new = nights["flow", kind][0].new
    assert all(night.new == new for (_, which), runs in nights.items() if which == kind for night in runs)
    pages = f"{new} new pages" if new else "no news"
    print(f"\n# A night with {pages} of {sources} sites, {rounds} round{'s' * (rounds > 1)}\n")
    columns = ["", "wall s", "CPU s", "CPU against the steps"]
    if new:
        columns += ["CPU s per 1,000 new pages", "wall s per 1,000 new pages"]
    print(f"| {' | '.join(columns)} |\n| --- |{' ---: |' * (len(columns) - 1)}")
    cpus = {way: median(night.cpu for night in nights[way, kind]) for way in WAYS}
    walls = {way: median(night.wall for night in nights[way, kind]) for way in WAYS}
    for way, title in WAYS.items():
        per = f" {cpus[way] / new * 1000:.1f} | {walls[way] / new * 1000:.1f} |" if new else ""
        print(f"| {title} | {walls[way]:.1f} | {cpus[way]:.1f} | {cpus[way] / cpus['steps']:.2f} |{per}")
    share = 1 - cpus["steps"] / cpus["flow"]
    print(f"\nPrefect's share, what the flow takes beyond its steps: {share:.0%} of the CPU seconds.")


def taken_apart(nights: dict[tuple[str, str], list[Night]]) -> None:
    """What every night takes, and what new pages add to it."""
    print("\n# A night taken apart\n")
    print("| | CPU s whatever comes | CPU s more for 1,000 new pages |\n| --- | ---: | ---: |")
    for way, title in WAYS.items():
        first, quiet = (median(night.cpu for night in nights[way, kind]) for kind in (FIRST, QUIET))
        print(f"| {title} | {quiet:.1f} | {(first - quiet) / nights[way, FIRST][0].new * 1000:.1f} |")


def stages(nights: dict[tuple[str, str], list[Night]]) -> None:
    """Processor seconds by stage, of the steps without Prefect; what is left are imports and the report."""
    print("\n# Where the CPU seconds of the steps go\n\n| stage | all new | no news |\n| --- | ---: | ---: |")
    runs = {kind: nights["steps", kind] for kind in (FIRST, QUIET)}
    names = [*runs[FIRST][0].stages, "imports, report"]
    for name in names:
        row = [median(stage(night, name) for night in runs[kind]) for kind in (FIRST, QUIET)]
        print(f"| {name} | {row[0]:.2f} | {row[1]:.2f} |")


def stage(night: Night, name: str) -> float:
    """What a stage took; one that has no name is the rest."""
    return night.stages.get(name, night.cpu - sum(night.stages.values()))


if __name__ == "__main__":
    main()
