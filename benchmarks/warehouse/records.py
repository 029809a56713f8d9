"""Documents as the extractor hands them on, through the border checks and into the build file.

Run `python benchmarks/warehouse/records.py [DOCUMENTS]`; it prints rates by CPU time.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import duckdb

from civic_etl.warehouse.load import load_batch
from civic_etl.warehouse.migrate import migrate
from warehouse.makers import VERSIONS, Draft

PER_DOCUMENT, BATCH = 10, 200


def main() -> None:
    """Load once, then again what is there already."""
    items = []
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        draft = Draft(f"https://a.vn/{number}", fetched_at=datetime(2021, 2, 1, tzinfo=UTC))
        for year in range(PER_DOCUMENT):
            draft.says("budget_revenue", str(9_130_000_000 + number), str(2010 + year))
        items.append(draft.item())
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "build.duckdb")) as con:
        migrate(con)
        for word in ("new", "unchanged"):
            begun = time.process_time()
            for first in range(0, len(items), BATCH):
                load_batch(con, items[first : first + BATCH], run_id="bench", versions=VERSIONS)
            taken = time.process_time() - begun
            rate = len(items) / taken
            print(f"{word}: {rate:.0f} documents, {rate * PER_DOCUMENT:.0f} observations a CPU second")


if __name__ == "__main__":
    main()
