"""Load, roll up and release synthetic observations, beside a plain COPY of the same Parquet.

Run `python benchmarks/warehouse/run.py MILLIONS [all|load]`; it prints a markdown table, for `load` without roll-up and
release. It needs about 2 GB of disk a million while it runs. RESULTS.md keeps what was measured, and the machine.
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
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
    clock("copy", lambda: plain_copy(batches, folder / "copy.duckdb"))
    (folder / "copy.duckdb").unlink()
    warehouse = Warehouse(Settings(home=folder / "home"), sources=[])
    clock("load", lambda: warehouse.load_parquet(batches, run_id="bench"))
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
        self.taken[name] = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{name}: {self.taken[name][0]:.1f} s", file=sys.stderr, flush=True)
        return result


def generate(articles: int, folder: Path) -> list[dict[str, Path]]:
    """The Parquet files, a folder a batch."""
    with duckdb.connect() as con:
        prepare(con)
        starts = range(0, articles, BATCH)
        return [write(con, first, min(first + BATCH, articles), folder / f"{first:09d}") for first in starts]


def plain_copy(batches: list[dict[str, Path]], target: Path) -> None:
    """The same files into the same tables by COPY, a transaction a batch."""
    with duckdb.connect(str(target)) as con:
        migrate(con)
        for batch in batches:
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
