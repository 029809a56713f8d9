"""The ledger keeps what is known, survives a kill, and decides what is asked again."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civic_etl.crawl import Ledger, RecheckPolicy
from civic_etl.crawl.known import Known, iso
from civic_etl.errors import FetchError

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def ago(**span: float) -> str:
    return str(iso(NOW - timedelta(**span)))


@pytest.fixture
def known(tmp_path: Path) -> Known:
    """An address listed just now, never asked."""
    with Ledger(tmp_path / "a.sqlite") as ledger:
        ledger.list_many("s", [("k", "https://a.example.vn/k", None, ago(days=1), None)], ago(hours=1), "nightly")
        found = ledger.get("s", "k")
    assert found is not None
    return found


def held(known: Known, **more: object) -> Known:
    return replace(known, digest="sha256:x", outcome="new", last_fetched=ago(days=1), last_tried=ago(days=1), **more)  # type: ignore[arg-type]


def test_what_is_lacked_is_due_unless_it_rests(known: Known) -> None:
    policy = RecheckPolicy()
    assert policy.is_due(known, NOW)
    assert not policy.is_due(replace(known, outcome="failed", next_try=str(iso(NOW + timedelta(hours=1)))), NOW)
    assert policy.is_due(replace(known, outcome="failed", next_try=ago(hours=1)), NOW)


def test_the_young_are_asked_again_and_the_old_are_not(known: Known) -> None:
    policy = RecheckPolicy(days=7, hours=20)
    assert policy.is_due(held(known), NOW)
    assert not policy.is_due(held(known, published=ago(days=8)), NOW)
    just_now = replace(held(known), last_fetched=ago(hours=2))
    assert not policy.is_due(just_now, NOW) and policy.is_due(replace(just_now, etag='"a"'), NOW)
    assert not policy.is_due(held(known, published=None, via="backfill"), NOW), "an undated page of a backfill is old"


def test_a_later_change_in_the_index_is_due_however_old(known: Known) -> None:
    old = held(known, published=ago(days=400), listed_lastmod=ago(hours=3), noted_lastmod=ago(days=400))
    assert RecheckPolicy().is_due(old, NOW)
    assert not RecheckPolicy().is_due(replace(old, noted_lastmod=old.listed_lastmod), NOW)


def test_times_of_a_clock_that_was_ahead_hold_nothing_back(known: Known, tmp_path: Path) -> None:
    ahead = str(iso(NOW + timedelta(days=400)))
    assert RecheckPolicy().is_due(replace(held(known, published=ago(days=30)), last_tried=ahead), NOW)
    assert RecheckPolicy().is_due(replace(known, outcome="failed", last_tried=ahead, next_try=ahead), NOW)
    with Ledger(tmp_path / "a.sqlite") as ledger:
        for started in (NOW - timedelta(days=1), NOW + timedelta(days=400)):
            ledger.end_run(ledger.begin_run("s", started, None, None), started, discovered=True, report={})
        assert ledger.last_discovery("s", NOW) == NOW - timedelta(days=1)


@pytest.mark.parametrize("outcome", ["moved", "gone"])
def test_moved_and_gone_come_back_only_when_listed_anew(known: Known, outcome: str) -> None:
    there = held(known, noted_lastmod=ago(days=9), listed_lastmod=ago(days=9))
    assert not RecheckPolicy().is_due(replace(there, outcome=outcome), NOW)
    assert RecheckPolicy().is_due(replace(there, outcome=outcome, listed_lastmod=ago(hours=1)), NOW)


def test_rests_double(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.sqlite") as ledger:
        rests = []
        for _ in range(8):
            ledger.failed("s", "https://a.example.vn/", outcome="failed", status=500, reason="x", now=NOW)
            row = ledger.get("s", "https://a.example.vn/")
            assert row is not None and row.next_try is not None
            rests.append((datetime.fromisoformat(row.next_try) - NOW).days)
    assert rests == [1, 2, 4, 8, 16, 32, 32, 32]


def test_listing_keeps_what_is_known(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.sqlite") as ledger:
        ledger.list_many(
            "s", [("k", "https://a.example.vn/k", ago(days=3), ago(days=4), "Tin")], ago(days=2), "nightly"
        )
        ledger.list_many("s", [("k", "https://a.example.vn/k?", None, None, None)], ago(days=1), "backfill")
        row = ledger.get("s", "k")
    assert row is not None
    assert (row.title, row.published, row.listed_lastmod) == ("Tin", ago(days=4), ago(days=3))
    assert (row.first_seen, row.last_listed, row.via) == (ago(days=2), ago(days=1), "nightly")


def test_addresses_that_gave_no_page_by_outcome_source_and_time(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.sqlite") as ledger:
        ledger.list_many("s", [("listed", "https://a.example.vn/listed", None, None, None)], ago(days=9), "nightly")
        for source, key, outcome, when in (
            ("s", "gone", "gone", NOW - timedelta(days=2)),
            ("s", "failed", "failed", NOW - timedelta(days=1)),
            ("s", "tonight", "failed", NOW),
            ("s", "other", "skipped", NOW - timedelta(days=2)),
            ("t", "gone", "gone", NOW - timedelta(days=2)),
        ):
            ledger.failed(source, key, outcome=outcome, status=None, reason="x", now=when)
        found = ledger.without_page("s", ("gone", "failed"), NOW)
        assert [row.key for row in found] == ["failed", "gone"]
        assert [row.key for row in ledger.rows("s")] == ["failed", "gone", "listed", "other", "tonight"]


def test_the_budget_is_the_days_and_the_sources(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.sqlite") as one, Ledger(tmp_path / "a.sqlite") as two:
        day = date(2026, 3, 2)
        assert [one.spend("s", day, 2), two.spend("s", day, 2), one.spend("s", day, 2)] == [True, True, False]
        assert two.spend("t", day, 2) and two.spend("s", date(2026, 3, 3), 2)


def test_which_spans_were_listed(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.sqlite") as ledger:
        for since, until, discovered in ((date(2020, 1, 1), date(2020, 12, 31), True), (date(2021, 1, 1), None, False)):
            run = ledger.begin_run("s", NOW, since, until)
            ledger.end_run(run, NOW, discovered=discovered, report={})
        assert ledger.is_listed("s", date(2020, 2, 1), date(2020, 3, 1))
        assert not ledger.is_listed("s", date(2020, 12, 1), date(2021, 1, 1))
        assert not ledger.is_listed("s", date(2021, 2, 1), date(2021, 3, 1)) and not ledger.is_listed(
            "t", *[date(2020, 2, 1)] * 2
        )


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"not a database, whatever its name says" * 40)
    with pytest.raises(FetchError, match="move it away") as caught:
        Ledger(path)
    assert caught.value.file == str(path)


def test_opening_waits_for_another_that_makes_the_file(tmp_path: Path) -> None:
    """SQLite itself gives up at once where a file that is not in its write-ahead mode yet is being written."""
    path = tmp_path / "a.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    letting_go = threading.Timer(0.3, other.execute, ["commit"])
    letting_go.start()
    with Ledger(path) as ledger:
        assert ledger.health("s", 10) == []
    letting_go.join()
    other.close()


def test_twenty_at_once_open_a_fresh_file(tmp_path: Path) -> None:
    for number in range(5):
        path, together = tmp_path / f"{number}.sqlite", threading.Barrier(20)

        def opened(path: Path = path, together: threading.Barrier = together) -> int:
            together.wait()
            with Ledger(path) as ledger:
                return ledger.begin_run("s", NOW, None, None)

        with ThreadPoolExecutor(20) as pool:
            found = [pool.submit(opened) for _ in range(20)]
            assert sorted(run.result() for run in found) == list(range(1, 21))


def test_an_altered_migration_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Ledger(path).close()
    with sqlite3.connect(path) as db:
        db.execute("update migration set sha256 = 'x' where number = 1")
    with pytest.raises(FetchError, match="not the one that was applied"):
        Ledger(path)


def test_a_ledger_of_before_gets_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Ledger(path).close()
    with sqlite3.connect(path) as db:
        db.execute("drop table health")
        db.execute("delete from migration where number = 2")
    with Ledger(path) as ledger:
        assert ledger.health("s", 10) == []
