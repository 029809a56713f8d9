"""Storage beyond one machine against this machine's disk: the archive in S3, the warehouse in DuckLake on PostgreSQL.

    python benchmarks/storage/run.py [--pages 400] [--articles 4000] [--rounds 3] [--lake-python PYTHON]

All of it on loopback: what a network would add is not in it. The S3 server is moto, written in Python for tests; it and
PostgreSQL are processes of their own, whose processor seconds are not counted. DuckLake needs another DuckDB, and so
runs under the interpreter of `make test-storage`. Where that or PostgreSQL is missing, a line says so and the rest is
measured. Kinds of store take turns, so that all meet the same machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "warehouse"))

from clock import Taken  # noqa: E402
from pages import measure  # noqa: E402
from servers import BUCKET, ROOT, postgres, s3, without_path  # noqa: E402
from synthetic import prepare, write  # noqa: E402

DISK, MOUNTED, S3 = "this disk", "a store on this disk", "S3 on loopback"
FILE, LAKE, LAKE_S3 = "DuckDB file", "DuckLake, files on this disk", "DuckLake, files in S3"
IN_A_BATCH = 200
READS = 100


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--articles", type=int, default=4_000, help="0: the archive only")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lake-python", type=Path, default=ROOT / ".venv-ducklake/bin/python")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="civic-storage-") as name, ExitStack() as stack:
        folder = Path(name)
        has_python = given.lake_python.exists()
        if has_python:
            stack.enter_context(s3(given.lake_python))
        else:
            print(
                f"S3 and DuckLake were left out: no {given.lake_python.parent.parent.name}; `make test-storage` has it."
            )
        archive(folder, has_python, given.pages, given.rounds)
        if given.articles:
            server = stack.enter_context(postgres()) if has_python else None
            if has_python and server is None:
                print("\nDuckLake was left out: no PostgreSQL server on this machine.")
            warehouse(folder, given.lake_python, server, given.articles, given.rounds)


def archive(folder: Path, has_s3: bool, pages: int, rounds: int) -> None:
    """Pages written and read."""
    runs: dict[str, dict[str, list[Taken]]] = {}
    for number in range(rounds):
        own = folder / f"archive-{number}"
        stores = {DISK: None, MOUNTED: f"file://{own / 'mounted'}"}
        if has_s3:
            stores[S3] = f"s3://{BUCKET}/archive-{number}"
        for kind, clock in measure(own, stores, pages, READS).items():
            for work, taken in clock.taken.items():
                runs.setdefault(work, {}).setdefault(kind, []).append(taken)
    title = f"Archive: {pages} pages of 30 kB, {min(READS, pages)} of them read one by one"
    table(title, runs, DISK)


def warehouse(folder: Path, python: Path, server: str | None, articles: int, rounds: int) -> None:
    """Documents loaded in batches; rolled up and released in the last round."""
    with duckdb.connect() as con:
        prepare(con)
        starts = range(0, articles, IN_A_BATCH)
        files = [write(con, n, min(n + IN_A_BATCH, articles), folder / f"batch-{n:06d}") for n in starts]
    batches = [{name: str(path) for name, path in batch.items()} for batch in files]
    runs: dict[str, dict[str, list[Taken]]] = {}
    for number in range(rounds):
        job = {"batches": batches, "articles": articles, "release": number == rounds - 1}
        for kind, where in kinds(folder, server, number).items():
            found = loaded(python if "server" in where else Path(sys.executable), job | where)
            for work, taken in found.items():
                runs.setdefault(work, {}).setdefault(kind, []).append(taken)
    table(f"Warehouse: {articles} documents, {articles * 10} observations, {len(batches)} batches", runs, FILE)


def kinds(folder: Path, server: str | None, number: int) -> dict[str, dict[str, Any]]:
    """What each kind of warehouse is given beside the documents."""
    found: dict[str, dict[str, Any]] = {FILE: {"home": str(folder / f"file-{number}")}}
    if server is not None:
        places = {LAKE: str(folder / f"data-{number}"), LAKE_S3: f"s3://{BUCKET}/data-{number}"}
        for count, (kind, data) in enumerate(places.items()):
            name = f"lake_{number}_{count}"
            found[kind] = {"home": str(folder / name), "server": server, "database": name, "lake_data": data}
    return found


def loaded(python: Path, job: Mapping[str, Any]) -> dict[str, Taken]:
    """What a process of its own took for the job."""
    own = python == Path(sys.executable)
    ran = subprocess.run(
        [str(python), str(HERE / "load.py")],
        input=json.dumps(job),
        env=None if own else without_path(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {name: Taken(*taken) for name, taken in json.loads(ran.stdout).items()}


def table(title: str, runs: Mapping[str, Mapping[str, list[Taken]]], floor: str) -> None:
    """Medians, and what they are of those of the floor."""
    print(f"\n# {title}\n\n| | | rounds | wall s | CPU s | wall against {floor} | CPU against {floor} |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for work, kinds_of_store in runs.items():
        least = middle(kinds_of_store[floor])
        for kind, rounds in kinds_of_store.items():
            one = middle(rounds)
            ratios = f"{one.wall / least.wall:.1f} | {one.cpu / least.cpu:.1f}"
            print(f"| {work} | {kind} | {len(rounds)} | {one.wall:.2f} | {one.cpu:.2f} | {ratios} |", flush=True)


def middle(rounds: list[Taken]) -> Taken:
    """The medians."""
    return Taken(median(taken.wall for taken in rounds), median(taken.cpu for taken in rounds))


if __name__ == "__main__":
    main()
