"""Load, roll up and release synthetic observations, beside DuckDB and Polars doing the least that each of these needs.

    python benchmarks/warehouse/run.py [MILLIONS] [--rounds 3] [--only load]

MILLIONS of observations, 0.2 without it. Rounds are of the load; the roll-up and the release of the last one follow
once, with `--only load` not at all. It prints markdown and needs about 2 GB of disk a million while it runs. RESULTS.md
beside this file keeps what larger runs took.
"""

import argparse
import resource
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from clock import Clock, Taken
from floors import DuckDbCopy, PolarsFiles, figures_by_duckdb, figures_by_polars, parquet_by_duckdb, parquet_by_polars
from synthetic import PER_ARTICLE, prepare, write

from civic_etl.settings import Settings
from civic_etl.warehouse.warehouse import Warehouse

BATCH = 100_000
COPY, FIGURES, PARQUET = "plain DuckDB COPY", "DuckDB: one claim of each figure", "DuckDB COPY of its tables to Parquet"
HAS_POLARS = find_spec("polars") is not None
Batch = Mapping[str, Path]


def main() -> None:
    """One size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("millions", type=float, nargs="?", default=0.2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["load"])
    given = parser.parse_args()
    articles = max(1, round(given.millions * 1e6 / PER_ARTICLE))
    print(f"# {articles * PER_ARTICLE / 1e6:g} million observations of {articles} articles\n")
    if not HAS_POLARS:
        print("Polars is not installed and was left out.")
    with tempfile.TemporaryDirectory(prefix="civic-bench-") as name:
        folder = Path(name)
        batches = generate(articles, folder / "parquet")
        warehouse = load(batches, folder, articles, given.rounds)
        if given.only != "load":
            roll_up_and_release(warehouse, folder, articles * PER_ARTICLE / 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nPeak memory of the whole measurement: {peak} MB.")


def generate(articles: int, folder: Path) -> list[dict[str, Path]]:
    """The Parquet files, a folder a batch."""
    with duckdb.connect() as con:
        prepare(con)
        starts = range(0, articles, BATCH)
        return [write(con, first, min(first + BATCH, articles), folder / f"{first:09d}") for first in starts]


def load(batches: list[dict[str, Path]], folder: Path, articles: int, rounds: int) -> Warehouse:
    """Every batch by the floors, then by the load, so that all meet the same machine; gives the last warehouse."""
    clocks = []
    for number in range(rounds):
        own = folder / str(number)
        own.mkdir()
        clock, warehouse = Clock(), Warehouse(Settings(home=own / "home"), sources=[])
        with DuckDbCopy(own / "copy.duckdb") as plain, PolarsFiles(own / "polars") as polars:
            floors = {COPY: plain} | ({"polars, Parquet to Parquet": polars} if HAS_POLARS else {})
            turns = taking_turns(batches, floors, clock)
            loaded = clock("all", partial(warehouse.load_parquet, turns, run_id="bench"))
        assert loaded.new == articles
        clock.take_apart("all", "civic-etl load")
        again = clock("civic-etl load again, nothing new", partial(warehouse.load_parquet, batches, run_id="again"))
        assert not again.changed
        clocks.append(clock.taken)
        if number < rounds - 1:
            shutil.rmtree(own)
    names = sorted(clocks[0], key=lambda name: "civic-etl" not in name)
    table("Load", {name: [taken[name] for taken in clocks] for name in names}, COPY)
    print(f"\nThe build file after it: {megabytes(warehouse.settings.build_file):.0f} MB.")
    return warehouse


def taking_turns(batches: list[dict[str, Path]], floors: Mapping[str, Any], clock: Clock) -> Iterator[Batch]:
    """Each batch, after every floor had it."""
    for batch in batches:
        for name, floor in floors.items():
            clock(name, partial(floor.take, batch))
        yield batch
    for name, floor in floors.items():
        clock(name, floor.finish)


def roll_up_and_release(warehouse: Warehouse, folder: Path, millions: float) -> None:
    """Roll up, check and publish, each beside its floors on the same rows."""
    clock = Clock()
    raw = folder / "raw.parquet"
    with duckdb.connect(str(warehouse.settings.build_file), read_only=True) as con:
        con.execute(f"copy raw.observation to '{raw}' (format parquet)")
    rolled = clock("civic-etl: every table and check", warehouse.roll_up)
    bad = [check.name for check in rolled.checks if not check.passed and check.severity == "fail"]
    assert not bad, bad
    found = clock(FIGURES, partial(figures_by_duckdb, raw))
    if HAS_POLARS:
        others = clock("polars: one claim of each figure", partial(figures_by_polars, raw))
        assert found == others, "both floors must find as many figures"
    table("Roll up", {name: [taken] for name, taken in clock.taken.items()}, FIGURES)
    print(f"\nThe floors find {found} figures, and do nothing else.")
    clock = Clock()
    made = clock("civic-etl release", lambda: warehouse.finish(run_id="bench").release)
    database = made.path / "civic.duckdb"
    (folder / "duckdb").mkdir()
    clock(PARQUET, partial(parquet_by_duckdb, database, folder / "duckdb"))
    if HAS_POLARS:
        (folder / "polars").mkdir()
        clock("polars, its Parquet to Parquet", partial(parquet_by_polars, made.path / "parquet", folder / "polars"))
    table("Release", {name: [taken] for name, taken in clock.taken.items()}, PARQUET)
    sizes = {"civic.duckdb": database, "Parquet": made.path / "parquet", "SDMX-CSV": made.path / "sdmx"}
    words = ", ".join(f"{name} {megabytes(path):.0f} MB" for name, path in sizes.items())
    print(f"\n{words}; all of it {megabytes(made.path) / millions:.0f} MB a million observations.")


def table(title: str, rows: Mapping[str, list[Taken]], floor: str) -> None:
    """Medians, and what they are of the floor's."""
    rounds = max(map(len, rows.values()))
    print(f"\n# {title}, {rounds} round{'s' * (rounds > 1)}\n")
    print("| | wall s | CPU s | CPU against the floor |\n| --- | ---: | ---: | ---: |")
    least = median(taken.cpu for taken in rows[floor])
    for name, runs in rows.items():
        wall, cpu = median(taken.wall for taken in runs), median(taken.cpu for taken in runs)
        print(f"| {'floor: ' * (name == floor)}{name} | {wall:.2f} | {cpu:.2f} | {cpu / least:.2f} |", flush=True)


def megabytes(path: Path) -> float:
    """Of a file or folder."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


if __name__ == "__main__":
    main()
