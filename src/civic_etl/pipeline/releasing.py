"""Roll up, check and publish what is loaded."""

from collections.abc import Sequence

from civic_etl.explorer import build_site
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.run import Run
from civic_etl.warehouse.project import BuildResult, CheckResult
from civic_etl.warehouse.release import Release

_DETAIL = 160


def roll_up(run: Run) -> BuildResult:
    """Build every table that analysts see. Raises WarehouseError where one cannot be built."""
    result = run.warehouse.roll_up(run_id=run.run_id)
    run.report.models = result.models
    say(f"roll up: {result.models} tables and views built")
    return result


def check(run: Run) -> Sequence[CheckResult]:
    """Every check of the tables, worst first, noted in the report; a failed one stops `publish`, not this."""
    results = run.warehouse.check()
    run.report.note_checks(results)
    bad = [result for result in results if not result.passed]
    say(f"check: {len(results) - len(bad)} of {len(results)} checks pass")
    for result in bad:
        say(f"{result.severity} {result.name}: {result.failures} rows: {_short(result.detail)}")
    return results


def publish(run: Run) -> Release:
    """Publish a release unless no table changed. Raises CheckFailedError where a check of severity `fail` failed."""
    finished = run.warehouse.finish(run_id=run.run_id, summary=run.report.summary(), decorate=build_site)
    run.report.note_checks(finished.checks)
    run.report.note_release(finished.release)
    if finished.release.fresh:
        say(f"release: {finished.release.version} is current, in {finished.release.path}")
    else:
        say(f"release: no table changed, {finished.release.version} stays current")
    return finished.release


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _DETAIL else f"{line[: _DETAIL - 1]}…"
