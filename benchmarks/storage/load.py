"""Load Parquet files of documents, and roll up and release them, in this process; what each took as JSON on stdout.

It is given on stdin, as JSON: `home`, `articles` (their number), `batches` (the files of each), `release` (whether to),
and for a DuckLake `server`, `database` (it is made) and `lake_data`.
"""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))

from clock import Clock

from civic_etl.settings import Settings
from civic_etl.warehouse.warehouse import Warehouse

LOAD, AGAIN, ROLL_UP, RELEASE = "load", "load again, nothing new", "roll up", "release"


def main() -> None:
    """One home."""
    job = json.load(sys.stdin)
    warehouse = Warehouse(settings(job), sources=[])
    batches = [{table: Path(path) for table, path in batch.items()} for batch in job["batches"]]
    clock = Clock()
    loaded = clock(LOAD, partial(warehouse.load_parquet, batches, run_id="bench"))
    assert loaded.new == job["articles"]
    assert not clock(AGAIN, partial(warehouse.load_parquet, batches, run_id="again")).changed
    if job["release"]:
        clock(ROLL_UP, warehouse.roll_up)
        clock(RELEASE, partial(warehouse.finish, run_id="bench"))
    json.dump(clock.taken, sys.stdout)


def settings(job: dict[str, Any]) -> Settings:
    """Those of a build file, or of a lake whose database is made here."""
    home = Path(job["home"])
    if "server" not in job:
        return Settings(home=home)
    import psycopg

    with psycopg.connect(f"{job['server']} dbname=postgres", autocommit=True) as con:
        con.execute(f"create database {job['database']}")
    lake = f"ducklake:postgres:{job['server']} dbname={job['database']}"
    return Settings(home=home, warehouse=lake, lake_data=job["lake_data"])


if __name__ == "__main__":
    main()
