"""Load, roll up and release synthetic observations, beside a plain COPY of the same Parquet.

Run `python benchmarks/warehouse/run.py MILLIONS [all|load]`; it prints a markdown table, for `load` without roll-up and
release. It needs about 2 GB of disk a million while it runs. RESULTS.md keeps what was measured, and the machine.
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from synthetic import PER_ARTICLE, prepare, write

from civic_etl.settings import Settings
from civic_etl.warehouse.migrate import migrate
from civic_etl.warehouse.warehouse import Warehouse

BATCH = 100_000


def main() -> None:
    """One size."""
    articles = round(float(sys.argv[1]) * 1e6 / PER_ARTICLE)
    to_the_end = "load" not in sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="civic-bench-") as folder:
        figures = measure(articles, Path(folder), to_the_end)
    print("| " + " | ".join(figures) + " |")
    print("|" + " --- |" * len(figures))
    print("| " + " | ".join(str(value) for value in figures.values()) + " |")


def measure(articles: int, folder: Path, to_the_end: bool) -> dict[str, Any]:
    """All stages on `articles` articles."""
    clock = Clock()
    batches = clock("generate", lambda: generate(articles, folder / "parquet"))
    warehouse = Warehouse(Settings(home=folder / "home"), sources=[])
    with plain_tables(folder / "copy.duckdb") as plain:
        loaded = clock(
            "copy and load", lambda: warehouse.load_parquet(taking_turns(batches, plain, clock), run_id="bench")
        )
    clock.take_apart("copy and load", "copy", "load")
    assert loaded.new == articles
    (folder / "copy.duckdb").unlink()
    build = size(warehouse.settings.build_file)
    again = clock("load again", lambda: warehouse.load_parquet(batches, run_id="again"))
    assert not again.changed
    shutil.rmtree(folder / "parquet")
    sizes = release(warehouse, clock, articles * PER_ARTICLE / 1e6) if to_the_end else {}
    return {
        "million observations": f"{articles * PER_ARTICLE / 1e6:g}",
        "articles": articles,
        **{f"{name}, s (CPU s)": f"{wall:.1f} ({cpu:.1f})" for name, (wall, cpu) in clock.taken.items()},
        "load / COPY": f"{clock.taken['load'][0] / clock.taken['copy'][0]:.2f}",
        "build file after load, MB": f"{build:.0f}",
        **sizes,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def release(warehouse: Warehouse, clock: "Clock", millions: float) -> dict[str, Any]:
    """Roll up, check and publish; gives the sizes of what is published."""
    rolled = clock("roll up and check", warehouse.roll_up)
    bad = [check.name for check in rolled.checks if not check.passed and check.severity == "fail"]
    assert not bad, bad
    made = clock("release", lambda: warehouse.finish(run_id="bench").release)
    return {
        "civic.duckdb, MB": f"{size(made.path / 'civic.duckdb'):.0f}",
        "Parquet, MB": f"{size(made.path / 'parquet'):.0f}",
        "SDMX-CSV, MB": f"{size(made.path / 'sdmx'):.0f}",
        "release, MB a million": f"{size(made.path) / millions:.0f}",
    }


class Clock:
    """Wall and CPU seconds of each stage; the latter mean something on a machine that others use too."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, float]] = {}

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        """Do the work and keep how long it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        before = self.taken.pop(name, (0.0, 0.0))
        self.taken[name] = before[0] + time.perf_counter() - wall, before[1] + time.process_time() - cpu
        print(f"{name}: {self.taken[name][0]:.1f} s", file=sys.stderr, flush=True)
        return result

    def take_apart(self, both: str, one: str, other: str) -> None:
        """What `both` took beyond the part of it that is `one`, is `other`."""
        total, part = self.taken.pop(both), self.taken[one]
        self.taken[other] = total[0] - part[0], total[1] - part[1]


def generate(articles: int, folder: Path) -> list[dict[str, Path]]:
    """The Parquet files, a folder a batch."""
    with duckdb.connect() as con:
        prepare(con)
        starts = range(0, articles, BATCH)
        return [write(con, first, min(first + BATCH, articles), folder / f"{first:09d}") for first in starts]


@contextmanager
def plain_tables(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same tables, empty, in a file of their own."""
    with duckdb.connect(str(target)) as con:
        migrate(con)
        yield con


def taking_turns(
    batches: list[dict[str, Path]], plain: duckdb.DuckDBPyConnection, clock: "Clock"
) -> Iterator[dict[str, Path]]:
    """Each batch, after a plain COPY of it: both ways of loading meet the same load of the machine."""
    for batch in batches:
        clock("copy", partial(plain_copy, plain, batch))
        yield batch
    clock("copy", partial(plain.execute, "checkpoint"))


def plain_copy(con: duckdb.DuckDBPyConnection, batch: dict[str, Path]) -> None:
    """The same files into the same tables by COPY, in one transaction."""
    con.begin()
    for name, path in batch.items():
        con.execute(f"copy raw.{name} from '{path}' (format parquet)")
    con.commit()


def size(path: Path) -> float:
    """Megabytes of a file or folder."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


if __name__ == "__main__":
    main()
