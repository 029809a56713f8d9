"""A site that is not what it was is named once there is proof, and nothing else is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from civic_etl.crawl import CrawlReport, FetchOutcome, Ledger
from civic_etl.crawl.health import Health
from civic_etl.errors import ParseError
from civic_etl.pipeline import reading, steps
from civic_etl.pipeline.alarms import Alarm, standing_alarms
from civic_etl.pipeline.drift import check_drift, judge_night
from civic_etl.pipeline.tally import Tally
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

NAME = "xa-ha"
START = datetime(2026, 3, 1, 19, 30, tzinfo=UTC)


def night(number: int, **counts: int) -> Health:
    """A good night: six articles of 2,000 characters and three observations each, twenty addresses listed."""
    usual = {"found": 20, "pages": 6, "titled": 6, "dated": 6, "bodied": 6, "chars": 12_000, "observations": 18}
    return Health(NAME, f"nightly-{number}", (START + timedelta(days=number)).isoformat(), **(usual | counts))


GOOD = [night(number) for number in range(20, 0, -1)]


def kinds(tonight: Health, before: list[Health] | None = None) -> list[str]:
    return [alarm.kind for alarm in judge_night(tonight, GOOD if before is None else before)]


def test_a_good_night_raises_nothing() -> None:
    assert kinds(night(21)) == [] and kinds(night(21), []) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"failed": 6, "titled": 0, "dated": 0, "bodied": 0, "chars": 0, "observations": 0}, "layout"),
        ({"failed": 3, "titled": 3, "dated": 3, "bodied": 3, "chars": 6_000, "observations": 9}, "layout"),
        ({"fallback": 6}, "layout"),
        ({"refused": 4, "titled": 2, "dated": 2, "bodied": 2, "chars": 4_000, "observations": 6}, "refusal"),
        ({"dated": 0}, "baseline"),
        ({"chars": 900}, "baseline"),
        ({"observations": 0}, "baseline"),
    ],
)
def test_a_changed_site_is_named(change: dict[str, int], kind: str) -> None:
    # A night is six articles; two of them are a sample for the baseline.
    nights = [night(22, **change), night(21, **change), *GOOD]
    assert kind in kinds(nights[0], nights[1:])


@pytest.mark.parametrize(
    "change",
    [
        {"failed": 1, "titled": 5, "dated": 5, "bodied": 5, "chars": 10_000, "observations": 15},
        {"dated": 5},
        {"chars": 8_000},
        {"observations": 8},
        {"found": 0, "pages": 0, "titled": 0, "dated": 0, "bodied": 0, "chars": 0, "observations": 0},
        {"found": 500, "chars": 90_000, "observations": 100},
    ],
)
def test_an_unusual_night_is_not(change: dict[str, int]) -> None:
    assert kinds(night(21, **change)) == []


def test_a_site_without_observations_is_not_missed_for_them() -> None:
    quiet = [replace(row, observations=1) for row in GOOD]
    assert kinds(night(21, observations=0), quiet) == []


def test_a_listing_that_dries_up() -> None:
    dry = [night(23, found=1), night(22, found=0), night(21, found=2), *GOOD]
    assert kinds(dry[0], dry[1:]) == ["listing"]
    assert kinds(dry[1], dry[2:]) == [], "two nights are none"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A home with one source described."""
    (tmp_path / "sources").mkdir()
    get_settings.cache_clear()
    yield Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()


def describe(settings: Settings, **more: Any) -> None:
    """Write the source's description."""
    assert settings.sources_dir is not None
    fields = {"name": NAME, "title": "X", "hosts": ["xaha.example.vn"], "level": "ward", "periods": [{"family": "epi"}]}
    (settings.sources_dir / "x.yaml").write_text(yaml.safe_dump(fields | more), encoding="utf-8")


def test_assertions(settings: Settings) -> None:
    describe(settings, assertions={"share_with_date": 0.95, "share_with_title": 1.0})
    tonight = night(1, pages=10, titled=10, dated=9, bodied=10)
    (alarm,) = check_drift(settings, [tonight], START)
    assert alarm == Alarm(NAME, "assertion", "share_with_date is 0.90, asserted at least 0.95, over 10 articles")


def test_what_was_called_out_is_no_measure(settings: Settings) -> None:
    """A site that stays broken must be named every night, not become usual."""
    describe(settings)
    for number in range(1, 12):
        assert check_drift(settings, [night(number)], START) == []
    for number in range(12, 40):
        alarms = check_drift(settings, [night(number, pages=9, dated=0)], START)
        assert [alarm.kind for alarm in alarms] == ["baseline"], number


def listed(settings: Settings, days_ago: list[int], now: datetime) -> None:
    """Put held articles into the ledger."""
    with Ledger(settings.state_dir / "crawl.sqlite") as ledger:
        for number, ago in enumerate(days_ago):
            when = (now - timedelta(days=ago)).isoformat(timespec="microseconds")
            ledger.list_many(
                NAME, [(f"k{number}", f"https://xaha.example.vn/{number}", None, when, None)], when, "nightly"
            )
            ledger._db.execute("update url set digest = 'x' where key = ?", (f"k{number}",))
        ledger.begin_run(NAME, now - timedelta(days=60), None, None)


def test_silence_beyond_the_cadence(settings: Settings) -> None:
    describe(settings, cadence_days=14)
    listed(settings, [40, 15], START)
    (alarm,) = check_drift(settings, [night(1)], START)
    assert (alarm.kind, alarm.detail) == ("quiet", "no article for 15 days, usually one in 14")
    assert check_drift(settings, [night(2)], START - timedelta(days=1)) == []


def test_articles_a_month(settings: Settings) -> None:
    describe(settings, assertions={"articles_per_month": [3, 10]})
    listed(settings, [1, 2, 50], START)
    assert [alarm.kind for alarm in check_drift(settings, [night(1)], START)] == ["assertion"]
    listed(settings, [1, 2, 3], START)
    assert check_drift(settings, [night(2)], START) == []


def test_only_what_tonight_brought_is_counted() -> None:
    crawl = CrawlReport(NAME, START, START, found=3)
    crawl.outcomes = [
        FetchOutcome("https://a/1", "new", 200, None, None, "xa-ha/a.warc.gz", 10),
        FetchOutcome(
            "https://a/2", "failed", 200, "answers 200 with a refusal page (captcha)", None, "xa-ha/a.warc.gz", 20
        ),
        FetchOutcome("https://a/3", "failed", None, "no whole answer within 30 s"),
    ]
    tally = Tally([crawl, CrawlReport("down", START, START, error="no index could be read")])
    outcome = reading.PageOutcome("https://a/1", NAME, 200, "parse_failed", "x", START, "xa-ha/a.warc.gz", 10)
    of_a_backfill = replace(outcome, warc_offset=99)
    list(tally.listen([reading.Reading((), (outcome, of_a_backfill)).as_part(Settings())]))
    (row,) = tally.nights("n")
    assert (row.source, row.found, row.pages, row.failed, row.refused) == (NAME, 3, 2, 1, 1)


@pytest.fixture
def sampled(server: SampleServer, settings: Settings) -> Settings:
    """The sample sites as sources."""
    assert settings.sources_dir is not None
    server.write_sources(settings.sources_dir)
    return settings


def a_run(settings: Settings, kind: str) -> steps.Run:
    """Fetch one sample site and load it, as that kind of run does."""
    run = steps.begin(kind, settings)
    run.report.crawls = [steps.discover_and_fetch("sample-dong-thap", settings)]
    with run.writing():
        shards = steps.pending_shards(settings)
        readings = (steps.read_shard(shard, settings) for shard in shards)
        steps.load_and_watch(run, readings, run.report.crawls)
    return run


def test_a_nightly_whose_parser_fails_names_the_source(sampled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(page: Any, **more: Any) -> Any:
        raise ParseError("the page bears no mark of its family")

    monkeypatch.setattr(reading, "parse_page", refuse)
    run = a_run(sampled, "nightly")
    assert run.report.drifting_sources == ["sample-dong-thap"]
    assert "look at sample-dong-thap" in run.report.summary() and "## Sources to look at" in run.report.markdown()
    assert run.report.as_dict()["drift"][0]["kind"] == "layout"
    assert standing_alarms(sampled) == run.report.drift


def test_a_backfill_raises_no_alarm_and_clears_none(sampled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(page: Any, **more: Any) -> Any:
        raise ParseError("the page bears no mark of its family")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "parse_page", refuse)
        assert a_run(sampled, "backfill").report.drift == [] and standing_alarms(sampled) == []
    assert a_run(sampled, "nightly").report.drift == [], "what the backfill left says nothing of tonight"


def test_a_healthy_nightly_clears_the_alarm(sampled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from civic_etl.pipeline.alarms import keep_alarms

    keep_alarms(sampled, [Alarm("sample-dong-thap", "layout", "x"), Alarm("other", "quiet", "y")])
    assert a_run(sampled, "nightly").report.drift == []
    assert [alarm.source for alarm in standing_alarms(sampled)] == ["other"]
