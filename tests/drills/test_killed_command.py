"""`kill -9` of `civic-etl run nightly`: nothing of it lives on, and Prefect's record of it is put right by the next."""

import random
import sqlite3
import time
from contextlib import closing
from statistics import median

import pytest

from .commands import Command, begin, nightly
from .conftest import NewHome, Report
from .nights import Home
from .prefects import free_port
from .test_kill import BEGINS_BEHIND, SHORTLY, Start, copy_of, require_made

pytestmark = pytest.mark.long
STAGES = ("start", "crawl", "load", "roll up", "release")
# A server that is told to end finishes what it is at.
ENDS_WITHIN = 20.0


def kill_in(stage: str, home: Home, rng: random.Random) -> Command:
    """Begin a night and kill it in a stage."""
    night, hits = nightly(home), home.site.hits

    def is_there() -> bool:
        if stage == "start":
            # the run and its server
            return len(night.left_behind()) > 1
        return home.site.hits > hits and BEGINS_BEHIND.get(stage, "") in night.said()

    night.until(is_there)
    time.sleep(rng.uniform(0, SHORTLY.seconds.get(stage, 0.5)))
    assert night.kill(), night.said()
    return night


def seconds_alive(night: Command) -> float:
    """How long anything of a killed night went on."""
    began = time.monotonic()
    while left := night.left_behind():
        assert time.monotonic() < began + ENDS_WITHIN, left
        time.sleep(0.05)
    return time.monotonic() - began


def states(home: Home) -> list[str]:
    """What Prefect says of the runs of a home, oldest first."""
    database = home.settings.state_dir / "prefect" / "prefect.db"
    with closing(sqlite3.connect(database)) as con:
        return [state for (state,) in con.execute("select state_type from flow_run order by created")]


def test_a_night_is_killed(start: Start, new_home: NewHome, seed: int, report: Report) -> None:
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    home = copy_of(start, new_home)
    alive = []
    for stage in STAGES:
        night = kill_in(stage, home, rng)
        try:
            alive.append(seconds_alive(night))
        finally:
            night.close()
        home.require_whole()
    last = nightly(home)
    try:
        assert last.end() == 0, last.said()
        assert "waiting:" not in last.said() and not last.left_behind()
    finally:
        last.close()
    require_made(home, start.expected)
    found = states(home)
    assert set(found[:-1]) <= {"CRASHED"} and found[-1] == "COMPLETED", found
    report(
        f"seed {seed}: {len(STAGES)} nights killed ({', '.join(STAGES)}); their servers ended within "
        f"{max(alive):.1f} s, {median(alive):.1f} in the middle; the next night ended with the same tables, and "
        f"Prefect has {len(found) - 1} runs as crashed and none as running"
    )


def test_a_schedule_is_killed(new_home: NewHome, report: Report) -> None:
    """Its server goes with it, so that the next one finds its port free."""
    home, port = new_home(), str(free_port())
    seconds = []
    for _ in range(2):
        schedule = begin(home, "serve-schedule", PREFECT_SERVER_API_PORT=port)
        try:
            schedule.until(lambda schedule=schedule: "Ctrl-C to end" in schedule.said())
            assert not schedule.is_over() and len(schedule.left_behind()) > 1, schedule.said()
            assert schedule.kill()
            seconds.append(seconds_alive(schedule))
        finally:
            schedule.close()
    report(f"serve-schedule killed by signal 9 and started again: its server ended within {max(seconds):.1f} s")
