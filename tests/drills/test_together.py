"""Runs and readers at the same time, each a process of its own: nothing is lost, mixed or waited for in vain."""

import json
import random
import shutil
import subprocess
import sys
import time

from .conftest import NewHome, Report
from .nights import Night, Nursery
from .test_kill import Start, copy_of, require_made

LOCKED = 10
SPAN = ["2015-01-01", "2026-12-31"]

# Holds the release that is in force open all the time, and opens whichever is in force over and over.
ANALYST = """
import json, sys, time
from pathlib import Path
import duckdb
from civic_etl.warehouse.publish import current_release

home, seen, wrong, reads = Path(sys.argv[1]), {}, [], 0
sql = '''select (select version from main.release), (select count(*) from core.fct_observation),
         (select count(*) from core.fct_article), (select sum(n_claims) from mart.ward_year)::integer'''

def ask(con):
    version, *counts = con.execute(sql).fetchall()[0]
    if seen.setdefault(version, counts) != counts:
        wrong.append([version, counts])
    return version

def opened():
    return duckdb.connect(str(current_release(home / "current") / "civic.duckdb"), read_only=True)

held = opened()
first = ask(held)
print("reading", flush=True)
while not (home / "stop").exists():
    if ask(held) != first:
        wrong.append("the release held open became another")
    with opened() as con:
        last = ask(con)
    reads += 1
    # the runs shall have most of the machine
    time.sleep(0.03)
print(json.dumps({"seen": seen, "wrong": wrong, "reads": reads, "first": first, "last": last}))
"""


def test_all_at_once(  # noqa: PLR0917 - fixtures
    start: Start, nursery: Nursery, new_home: NewHome, report: Report, is_long: bool, seed: int
) -> None:
    """Two nightlies, a backfill of the same source and an analyst in one home, the runs begun at random moments."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    rounds = 20 if is_long else 1
    reads = refused = 0
    for _ in range(rounds):
        home = copy_of(start, new_home)
        analyst = subprocess.Popen(
            [sys.executable, "-c", ANALYST, str(home.settings.home)], stdout=subprocess.PIPE, text=True
        )
        try:
            assert analyst.stdout is not None
            assert analyst.stdout.readline() == "reading\n"
            runs = []
            for more in rng.sample([{}, {}, {"kind": "backfill", "span": SPAN}], 3):
                runs.append(nursery.night(home, **more))
                time.sleep(rng.uniform(0, 0.3))
            refused += ended_well(runs)
        finally:
            (home.settings.home / "stop").touch()
        answer = json.loads(analyst.communicate(timeout=60)[0])
        require_made(home, start.expected)
        assert answer["wrong"] == [] and answer["reads"] > 0, answer
        assert answer["last"] in {path.name for path in home.settings.releases_dir.iterdir()}, answer
        reads += answer["reads"]
        shutil.rmtree(home.root)
    report(
        f"{rounds} times two nightlies, a backfill and an analyst in one home, seed {seed}, by {nursery.by}: {refused} "
        f"nightlies ended with code {LOCKED}, every other run with 0; {reads} readings, none wrong; the same tables"
    )


def ended_well(runs: list[Night]) -> int:
    """Every run did its work but a second nightly, which says who is at it and leaves with its own code."""
    codes = [run.end() for run in runs]
    assert codes.count(0) >= 2 and set(codes) <= {0, LOCKED}, [run.said() for run in runs]
    pids = {str(run.pid) for run in runs}
    for run, code in zip(runs, codes, strict=True):
        if code == LOCKED:
            assert "is being written by process" in run.said(), run.said()
            assert any(pid in run.said() for pid in pids - {str(run.pid)}), run.said()
    return codes.count(LOCKED)
