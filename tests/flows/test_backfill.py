"""A backfill plans, resumes where it was stopped, gives way to the nightly, and says what became of each month."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from civic_etl.archive import Archive
from civic_etl.cli.flows import load_flow
from civic_etl.crawl import sharing, stopping
from civic_etl.crawl.sharing import SharedWriter
from civic_etl.errors import ArchiveError, SourceError
from civic_etl.pipeline import steps
from civic_etl.pipeline.backfill import cost, plan_backfill
from civic_etl.pipeline.eta import Eta, words
from civic_etl.pipeline.months import MonthRow, markdown, month_rows, months_between
from civic_etl.pipeline.progress import listening
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings

NAME = "sample-dong-thap"
SINCE, UNTIL = date(2019, 1, 1), date(2020, 12, 31)


@pytest.fixture(autouse=True)
def nobody_asks_to_stop() -> Iterator[None]:
    """What a test asks of the process is forgotten after it."""
    yield
    stopping.forget_stop()


class Lines:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def step(self, job: str, done: int, total: int | None) -> None: ...

    def say(self, line: str) -> None:
        self.lines.append(line)


def test_listing_only_reads_no_article_and_makes_the_plan_true(settings: Settings, server: SampleServer) -> None:
    before = plan_backfill(NAME, settings, SINCE, UNTIL)
    assert (before.listed, before.discovered) == (0, False)
    report = steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL, listing_only=True)
    assert report.ok and report.fetched == 0 and list(Archive(settings.archive_dir).pages()) == []
    plan = plan_backfill(NAME, settings, SINCE, UNTIL)
    assert plan.discovered and plan.listed > 5 and plan.held == 0 and plan.to_fetch == plan.listed
    assert "never listed" not in " ".join(plan.lines()) and plan.as_dict()["to_fetch"] == plan.to_fetch
    lines = Lines()
    with listening(lines):
        fetched = steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL)
    assert fetched.new >= plan.to_fetch - 2 and any("to fetch: at least" in line for line in lines.lines)
    after = plan_backfill(NAME, settings, SINCE, UNTIL)
    assert after.held >= plan.listed - 2


def test_the_longer_span_only_fetches_what_is_not_held(settings: Settings) -> None:
    first = steps.discover_and_fetch(NAME, settings, since=date(2020, 1, 1), until=date(2020, 6, 30))
    held = len(list(Archive(settings.archive_dir).pages()))
    second = steps.discover_and_fetch(NAME, settings, since=date(2020, 1, 1), until=date(2020, 12, 31))
    pages = list(Archive(settings.archive_dir).pages())
    assert first.new == held > 0 and second.new == len(pages) - held > 0
    assert len({page.url for page in pages}) == len(pages), "no page came twice"


def test_stopped_in_the_middle_it_goes_on_there(settings: Settings) -> None:
    class StopAfter(Lines):
        def step(self, job: str, done: int, total: int | None) -> None:
            if done >= 3:
                stopping.ask_to_stop()

    with listening(StopAfter()):
        first = steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL)
    assert first.paused == stopping.STOPPED and 3 <= first.new < first.found
    assert Archive(settings.archive_dir).verify().ok
    assert steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL).new == 0, "the wish still stands"
    stopping.forget_stop()
    second = steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL)
    assert second.paused is None and second.new + first.new == len(list(Archive(settings.archive_dir).pages()))


def test_a_span_that_is_none(settings: Settings) -> None:
    with pytest.raises(SourceError, match="before it begins"):
        plan_backfill(NAME, settings, UNTIL, SINCE)
    with pytest.raises(SourceError, match="no such source"):
        plan_backfill("nowhere", settings, SINCE, UNTIL)


def test_months_say_what_became_of_them(settings: Settings) -> None:
    steps.discover_and_fetch(NAME, settings, since=SINCE, until=UNTIL)
    run = steps.begin("backfill", settings)
    with run.writing():
        steps.load(run, (steps.read_shard(shard, settings) for shard in steps.all_shards(settings)))
        rows = month_rows(settings, NAME, SINCE, UNTIL)
    months = [row for row in rows if row.month != "undated"]
    assert [row.month for row in months] == list(months_between(SINCE, UNTIL)) and len(months) == 24
    assert all(row.found >= row.fetched >= row.parsed >= row.with_observations for row in months)
    assert sum(row.with_observations for row in months) > 5 and any(row.is_gap for row in months)
    assert any(row.parsed and not row.is_gap for row in months)
    table = markdown(NAME, rows)
    assert "| 2019-01 |" in table and "Gaps: " in table


def test_nothing_at_all_is_gaps_only(settings: Settings) -> None:
    rows = month_rows(settings, NAME, date(2020, 11, 15), date(2021, 2, 1))
    assert rows == [MonthRow(month) for month in ("2020-11", "2020-12", "2021-01", "2021-02")]
    assert all(row.is_gap for row in rows)


@pytest.mark.slow
def test_the_flow_does_the_same_and_shows_the_months(home: Settings, server: SampleServer) -> None:
    report = load_flow("backfill", home)(source=NAME, since=SINCE, until=UNTIL)
    assert report.fresh and report.crawls[0].new > 5
    assert sum(row.parsed for row in report.months[NAME]) > 5 and "Gaps:" in report.markdown()
    server.forget_hits()
    again = load_flow("backfill", home)(source=NAME, since=SINCE, until=UNTIL)
    assert again.fetched() == 0 and not again.load.changed and not again.fresh
    assert again.as_dict()["months"] == report.as_dict()["months"]


def test_eta() -> None:
    now = [0.0]
    said: list[str] = []
    eta = Eta("x", said.append, lambda: now[0])
    for done in range(0, 101, 10):
        eta.step(done, 1000)
        now[0] += 10
    assert len(said) == 3 and said[-1].startswith("x: 90 of 1000, about 15 min left, until ")
    eta.step(100, None)
    assert [words(timedelta(seconds=s)) for s in (5, 300, 7860, 183_600)] == ["5 s", "5 min", "2 h 11 min", "2 d 3 h"]


def test_cost_in_words() -> None:
    assert cost(10, 3.5, 100) == "10 to fetch: at least 35 s at 3.5 s each."
    assert "over 3 days at 100 requests a day" in cost(250, 3.0, 100)


async def _hold(archive: Archive, order: list[str], clock: object) -> None:
    async with await SharedWriter.open(archive, "xa-ha", clock, breathes=True) as shared:  # type: ignore[arg-type]
        order.append("backfill")
        await shared.breathe()
        order.append("backfill again")


def test_a_backfill_gives_way_to_the_nightly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from civic_etl.crawl.clock import SystemClock

    monkeypatch.setattr(sharing, "BREATH_SECONDS", 0.0)
    archive, order = Archive(tmp_path), []  # type: tuple[Archive, list[str]]

    async def nightly() -> None:
        while "backfill" not in order:
            await asyncio.sleep(0.01)
        writer = await sharing.open_writer(archive, "xa-ha", SystemClock().now)
        order.append("nightly")
        await asyncio.sleep(0.1)
        writer.close()

    async def both() -> None:
        await asyncio.gather(_hold(archive, order, SystemClock()), nightly())

    asyncio.run(both())
    assert order == ["backfill", "nightly", "backfill again"]


def test_patience_ends(tmp_path: Path) -> None:
    import asyncio

    from civic_etl.crawl.clock import SystemClock

    archive = Archive(tmp_path)
    with archive.writer("xa-ha"), pytest.raises(ArchiveError, match="another process"):
        asyncio.run(sharing.open_writer(archive, "xa-ha", SystemClock().now, patience=0.0))


def test_a_backfill_leaves_the_nightly_some_of_the_budget(server: SampleServer, settings: Settings) -> None:
    small = settings.model_copy(update={"daily_page_budget": 10})
    first = steps.discover_and_fetch(NAME, small, since=SINCE, until=UNTIL)
    assert first.requests == 9 and "budget of 9 requests" in (first.paused or "")
    nightly = steps.discover_and_fetch(NAME, small)
    assert nightly.requests == 1


@pytest.mark.slow
def test_ctrl_c_ends_cleanly_and_loads_what_came(server: SampleServer, tmp_path: Path) -> None:
    server.write_sources(tmp_path / "sources")
    for path in (tmp_path / "sources").glob("*.yaml"):
        text = re.sub(r"min_delay_seconds: [\d.]+", "min_delay_seconds: 0.3", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}
    env |= {"CIVIC_ETL_SOURCES_DIR": str(tmp_path / "sources"), "CIVIC_ETL_JITTER_SECONDS": "0"}
    span = ["--from", SINCE.isoformat(), "--to", UNTIL.isoformat()]
    code = "from civic_etl.cli import main; main()"
    command = [sys.executable, "-c", code, "backfill", "--source", NAME, *span, "--json"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    told: list[str] = []
    fetching = threading.Event()

    def read(pipe: Iterator[str]) -> None:
        for line in pipe:
            told.append(line)
            if re.search(r"\b[1-9]\d* to fetch: at least", line):
                fetching.set()
        fetching.set()

    reader = threading.Thread(target=read, args=(process.stderr,), daemon=True)
    reader.start()
    assert fetching.wait(120), told
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    out = process.stdout.read()
    assert process.wait(120) == 130, told
    report = json.loads(out)
    counts = report["sources"][NAME]
    assert counts["paused"] == "stopped on request" and 0 < counts["new"] < counts["found"]
    assert report["load"]["new"] > 0 and report["release"], "what came is loaded and released"
    assert not any("Traceback" in line for line in told)
