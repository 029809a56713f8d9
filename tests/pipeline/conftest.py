"""A home with a ledger of nights, and reports of runs, without any site."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from civic_etl.crawl import CrawlReport, FetchOutcome
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger import Ledger
from civic_etl.pipeline.alarms import Alarm
from civic_etl.pipeline.report import RunReport
from civic_etl.settings import Settings
from civic_etl.warehouse.items import LoadReport, PageOutcome
from civic_etl.warehouse.project import CheckResult
from warehouse.conftest import built

__all__ = ["built"]

START = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> [x](javascript:alert) | "q" \x1b[2J'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of its own."""
    return Settings(home=tmp_path / "home", _env_file=None)  # type: ignore[call-arg]


@pytest.fixture
def nights(settings: Settings) -> Callable[..., None]:
    """Write the nights of a source into the ledger, oldest first: what each crawl said of itself."""

    def write(source: str, *reports: dict[str, Any]) -> None:
        with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
            for day, report in enumerate(reports):
                begun = START + timedelta(days=day)
                run = ledger.begin_run(source, begun, None, None)
                ledger.end_run(run, begun + timedelta(minutes=1), discovered="error" not in report, report=report)

    return write


def a_report(kind: str = "nightly", day: int = 0, **more: Any) -> RunReport:
    """A night with one good site and one that could not be read."""
    begun = START + timedelta(days=day)
    good = CrawlReport("xa-ha", begun, begun, found=12, fetched=3)
    good.outcomes = [FetchOutcome(f"https://xaha.vn/{n}", "new", 200) for n in range(3)]
    bad = CrawlReport("xa-thuong", begun, begun, error=f"TransientError: {HOSTILE}")
    report = RunReport(kind, f"{kind}-{begun:%Y%m%d}", begun, begun + timedelta(seconds=90), crawls=[good, bad])
    report.load = LoadReport(documents=3, new=2, replaced=1, observations=17)
    report.note_reading([PageOutcome("https://xaha.vn/<b>", "xa-ha", 200, "parse_failed", HOSTILE)])
    report.note_unresolved(["no period", "no period", "no place"])
    report.note_checks([CheckResult("sums", "fail", False, 2, HOSTILE), CheckResult("keys", "fail", True)])
    report.drift = [Alarm("xa-ha", "layout", HOSTILE)]
    report.release, report.fresh = "2026.11.20-1", True
    for name, value in more.items():
        setattr(report, name, value)
    return report


def a_good_report(kind: str = "nightly", day: int = 0) -> RunReport:
    """A night in which all went well."""
    found = a_report(kind, day, drift=[], checks=(CheckResult("sums", "fail", True),), failures=[])
    found.crawls = found.crawls[:1]
    return found
