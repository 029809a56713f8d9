"""What a monitor is told: the worst thing first, each failing thing with its beginning."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from civic_etl.pipeline.alarms import Alarm, keep_alarms
from civic_etl.pipeline.freshness import freshness
from civic_etl.pipeline.journal import keep_note, note_of
from civic_etl.pipeline.standing import standing
from civic_etl.settings import Settings
from civic_etl.warehouse.status import LastRun, write_record
from warehouse.conftest import Built

from .conftest import START, a_good_report, a_report

Nights = Callable[..., None]
OK: dict[str, Any] = {"found": 9, "new": 2, "fetched": 2}


def test_a_source_fails_since_the_first_of_the_nights_in_a_row(settings: Settings, nights: Nights) -> None:
    nights("tot", {"error": "x"}, OK)
    nights("xau", OK, {"error": "no route"}, {"found": 3, "new": 0, "failed": 3})
    nights("quen", {"error": "tls"})
    nights("dung", OK, {"paused": "the day's budget is spent", "found": 9, "fetched": 4, "new": 4})
    nights("cam", OK, {"paused": "robots.txt cannot be read", "found": 0})
    found = {source.source: source for source in freshness(settings, START)}
    assert (found["tot"].failures, found["tot"].failing_since, found["tot"].trouble) == (0, None, "")
    bad = found["xau"]
    assert (bad.failures, bad.failing_since) == (2, "2026-11-21T19:30:00+00:00")
    assert bad.last_answered == "2026-11-20T19:30:00+00:00" and bad.last_asked == "2026-11-22T19:30:00+00:00"
    assert bad.trouble == "every one of 3 fetches failed"
    assert (found["quen"].failures, found["quen"].last_answered) == (1, None)
    assert found["dung"].failures == 0, "a budget that is spent is no failure"
    assert (found["cam"].failures, found["cam"].trouble) == (1, "robots.txt cannot be read")


def test_a_run_that_was_killed_says_nothing_of_the_site(settings: Settings, nights: Nights) -> None:
    from civic_etl.crawl.crawl import LEDGER_NAME
    from civic_etl.crawl.ledger import Ledger

    nights("xa-ha", OK)
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        ledger.begin_run("xa-ha", START + timedelta(days=1), None, None)
        ledger.begin_run("xa-ha", START + timedelta(days=2), date(2020, 1, 1), None)
    (found,) = freshness(settings, START)
    assert (found.failures, found.last_asked) == (0, "2026-11-20T19:30:00+00:00")


def test_ages_are_those_of_the_clock(built: Built) -> None:
    now = START.replace(year=2022, month=3, day=5)
    found = {source.source: source for source in freshness(built.warehouse.settings, now)}
    assert (found["backan"].newest_article, found["backan"].cadence_days) == ("2022-01-05", 30)
    assert found["backan"].days_silent == 60 and found["backan"].is_silent
    assert found["bao"].cadence_days is None and not found["bao"].is_silent


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Settings:
    """A home with that release in force, in which nothing has failed yet."""
    settings = Settings(home=tmp_path / "home", _env_file=None)  # type: ignore[call-arg]
    settings.home.mkdir()
    settings.current_release.symlink_to(built.finished.release.path)
    record(settings)
    return settings


def record(settings: Settings, **more: Any) -> None:
    """How the last release run ended."""
    write_record(settings.state_dir / "last_run.json", LastRun("r", START, **more))


def code(settings: Settings, hours: float = 1) -> int:
    """What a monitor is told some hours after the last run."""
    return standing(settings, START + timedelta(hours=hours)).exit_code


def test_codes_the_worst_first(home: Settings, nights: Nights) -> None:
    assert code(home) == 0
    assert code(home, 51) == 12 and code(home, 49) == 0
    keep_alarms(home, [Alarm("xa-ha", "layout", "x")])
    assert code(home) == 11 and code(home, 51) == 12
    record(home, error="no disk")
    assert code(home) == 8
    record(home, error="checks", failed_checks=("sums",))
    assert code(home) == 9
    assert code(Settings(home=home.home / "empty")) == 8


def test_a_night_that_died_before_its_release_is_seen(home: Settings) -> None:
    keep_note(home, note_of(a_good_report()))
    keep_note(home, note_of(a_report(day=1, checks=()), "WarehouseError: batch 3 was refused"))
    keep_note(home, note_of(a_good_report("release", 2)))
    found = standing(home, START + timedelta(days=2, hours=1))
    (failing,) = [item for item in found.failing if item.what == "run"]
    assert (failing.name, failing.since) == ("nightly", "2026-11-21T19:31:30+00:00") and "batch 3" in failing.detail
    assert found.exit_code == 8
    keep_note(home, note_of(a_good_report(day=3)))
    assert standing(home, START + timedelta(days=3, hours=1)).exit_code == 0


def test_json_has_it_all(home: Settings, tmp_path: Path) -> None:
    keep_alarms(home, [Alarm("xa-ha", "layout", "x")])
    row = json.loads(json.dumps(standing(home, START).as_dict()))
    assert {"release", "last_run", "drift", "failing", "sources", "hours_since_run", "stale", "exit_code"} <= row.keys()
    assert row["exit_code"] == 11 and {source["source"] for source in row["sources"]} == {"backan", "bao"}
