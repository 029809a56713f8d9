"""The end of every run: the journal, the report as a file, the metrics, and word to whoever is to be told."""

import logging
from collections.abc import Callable
from pathlib import Path

from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger_seal import seal
from civic_etl.pipeline.alerting import alert
from civic_etl.pipeline.journal import keep_note, note_of
from civic_etl.pipeline.metrics import write_metrics
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.report import RunReport
from civic_etl.pipeline.report_page import report_page
from civic_etl.pipeline.run import Run
from civic_etl.settings import Settings
from civic_etl.whole_files import replace_text

_LOG = logging.getLogger("civic_etl.run")


def conclude(run: Run, error: BaseException | None = None) -> None:
    """Write down how a run ended; `error` is what it ended with. Nothing here may turn a good run into a failed one.

    What cannot be written or told (a full disk, a webhook that does not answer) is a warning in the log, and the rest
    is still done.
    """
    words = " ".join(str(error).split()) or repr(error) if error is not None else ""
    note = note_of(run.report, words)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("journal", lambda: keep_note(run.settings, note)),
        ("report", lambda: say(f"report: {write_report(run.report, run.settings, words)}")),
        ("seal of the crawl ledger", lambda: seal(run.settings.state_dir / LEDGER_NAME)),
        ("metrics", lambda: write_metrics(run.settings, note)),
        ("alert", lambda: alert(run.settings, run.report, note)),
    )
    for name, step in steps:
        try:
            step()
        except Exception as trouble:
            _LOG.warning("the %s of %s could not be written: %s", name, run.run_id, type(trouble).__name__)
            _LOG.debug("because of", exc_info=trouble)


def reports_dir(settings: Settings) -> Path:
    """Where the reports lie, one HTML file a run."""
    return settings.state_dir / "reports"


def write_report(report: RunReport, settings: Settings, error: str = "") -> Path:
    """Write the run's report as HTML and prune old ones; returns its path."""
    folder = reports_dir(settings)
    path = folder / f"{report.run_id}.html"
    replace_text(path, report_page(report, error))
    for old in sorted(folder.glob("*.html"), key=lambda file: file.stat().st_mtime)[: -settings.keep_reports]:
        old.unlink(missing_ok=True)
    return path
