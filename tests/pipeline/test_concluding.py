"""The end of a run: a page that holds what a site said as text, numbers for monitors, word to whoever asked for it."""

import json
import logging
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pydantic import SecretStr

from civic_etl.pipeline.alerting import alert
from civic_etl.pipeline.concluding import conclude, reports_dir, write_report
from civic_etl.pipeline.journal import note_of, read_journal
from civic_etl.pipeline.report_page import report_page
from civic_etl.pipeline.run import begin
from civic_etl.settings import Settings

from .conftest import HOSTILE, a_good_report, a_report


def test_the_page_says_what_was_found_and_what_came_of_it() -> None:
    tree = html.fromstring(report_page(a_report(), "no disk"))
    numbers = dict(zip(tree.xpath("//dt/text()"), tree.xpath("//dd/text()"), strict=True))
    assert numbers == {
        "found": "12",
        "fetched": "3",
        "new": "2",
        "changed": "1",
        "failed": "1",
        "observations": "17",
        "unresolved": "3",
        "checks passed": "1 of 2",
        "seconds": "90",
    }
    assert tree.xpath("//h2/text()") == [
        "Sources",
        "Sources to look at",
        "What was not understood",
        "Checks that did not pass",
        "Pages that gave nothing",
    ]
    assert tree.xpath("//p[@class='error']/text()") == ["no disk"]
    text = tree.text_content()
    assert "no period" in text and "Release 2026.11.20-1 is new." in text and "xa-thuong" in text


def test_nothing_a_site_said_is_markup() -> None:
    page = report_page(a_report(), HOSTILE)
    tree = html.fromstring(page)
    assert tree.xpath("//script | //b | //a | //img") == [] and "<script" not in page
    assert "alert(1)" in tree.text_content(), "it is shown as it was"
    assert "default-src 'none'" in tree.xpath("//meta/@content")[0]
    markdown = a_report().markdown()
    assert "<script" not in markdown and "[x](" not in markdown and "\\[x\\]" in markdown


def test_old_reports_go(settings: Settings) -> None:
    few = settings.model_copy(update={"keep_reports": 2})
    for day in range(4):
        path = write_report(a_good_report(day=day), few)
        os.utime(path, (day, day))
    assert sorted(path.name for path in reports_dir(few).iterdir()) == [
        "nightly-20261122.html",
        "nightly-20261123.html",
    ]


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that takes messages, and those that came."""
    came: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if "broken" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/services/T0KEN", came
        server.shutdown()


def with_hook(settings: Settings, address: str) -> Settings:
    """The settings with an address to tell."""
    return settings.model_copy(update={"alert_webhook": SecretStr(address)})


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked directly, whatever this machine has."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_trouble_is_told_and_a_good_night_is_not(settings: Settings, hook: tuple[str, list[dict[str, Any]]]) -> None:
    address, came = hook
    told = with_hook(settings, address)
    good, bad = a_good_report(), a_report()
    assert not alert(told, good, note_of(good)) and came == []
    assert not alert(settings, bad, note_of(bad, "x")) and came == []
    assert alert(told, good, note_of(good, "no disk")) and alert(told, bad, note_of(bad))
    first, second = came
    assert first["failed"] and first["text"] == "civic-etl nightly failed: no disk"
    assert not second["failed"] and second["failed_sources"] == ["xa-thuong"] and second["failed_checks"] == ["sums"]


def test_a_run_is_concluded_whatever_fails(
    settings: Settings,
    hook: tuple[str, list[dict[str, Any]]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, came = hook
    closed = tmp_path / "file"
    closed.write_text("", encoding="utf-8")
    broken = with_hook(settings, address + "/broken").model_copy(update={"metrics_file": closed / "x.prom"})
    run = begin("nightly", broken)
    # the log may have been set up by whatever ran in this process before, by Prefect or by a command
    monkeypatch.setattr(logging.getLogger("civic_etl"), "propagate", True)
    with caplog.at_level(logging.DEBUG, logger="civic_etl"):
        conclude(run, ValueError("half\nof it"))
        for elsewhere in ("http://127.0.0.1:1/T0KEN", "http://[T0KEN", "T0KEN", "http://127.0.0.1:T0KEN/"):
            conclude(begin("nightly", with_hook(settings, elsewhere)), ValueError("half\nof it"))
    assert {note.error for note in read_journal(broken)} == {"half of it"}
    assert (reports_dir(broken) / f"{run.run_id}.html").is_file() and len(came) == 1
    said = caplog.text
    # whatever else listens to the logger may have put the same line there twice
    unsent = {each.getMessage() for each in caplog.records if each.getMessage().startswith("the alert of")}
    assert "the metrics of" in said and len(unsent) == 5
    assert "status 500" in said and "ConnectError" in said
    assert "T0KEN" not in said, "the address is a secret, also in the traceback that DEBUG shows"


def test_metrics_are_what_a_collector_reads(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "collected" / "civic.prom"
    measured = settings.model_copy(update={"metrics_file": path})
    run = begin("nightly", measured)
    run.report = a_report()
    conclude(run)
    lines = path.read_text(encoding="utf-8").splitlines()
    samples = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert samples['civic_etl_run_ok{kind="nightly"}'] == "1"
    assert samples['civic_etl_run_observations{kind="nightly"}'] == "17"
    assert samples['civic_etl_run_failed_sources{kind="nightly"}'] == "1"
    assert float(samples['civic_etl_run_duration_seconds{kind="nightly"}']) == 90
    for name in {sample.split("{")[0] for sample in samples}:
        assert f"# TYPE {name} gauge" in lines
    assert [file.name for file in path.parent.iterdir()] == ["civic.prom"]
