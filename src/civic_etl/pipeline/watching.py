"""Load what a run read, and look whether the sources still are what they were."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from civic_etl.crawl import CrawlReport
from civic_etl.pipeline.alarms import keep_alarms, lines, standing_alarms
from civic_etl.pipeline.drift import check_drift
from civic_etl.pipeline.loading import load
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.run import Run
from civic_etl.pipeline.tally import Tally
from civic_etl.warehouse.items import LoadReport
from civic_etl.warehouse.parts import Part

_KIND = "nightly"


def load_and_watch(
    run: Run,
    parts: Iterable[Part],
    crawls: Sequence[CrawlReport],
    *,
    pages: int | None = None,
    now: datetime | None = None,
) -> LoadReport:
    """`load`; after a nightly the alarms are in the report and in the file that `status` reads.

    Other runs read pages of years ago, which say nothing of today's site, and raise no alarm.
    """
    if run.report.kind != _KIND:
        return load(run, parts, crawls, pages=pages)
    tally = Tally(crawls)
    loaded = load(run, tally.listen(parts), crawls, pages=pages)
    nights = tally.nights(run.run_id)
    alarms = check_drift(run.settings, nights, now or datetime.now(UTC))
    run.report.drift += alarms
    for line in lines(alarms):
        say(f"look at {line}")
    answered = {night.source for night in nights}
    kept = [alarm for alarm in standing_alarms(run.settings) if alarm.source not in answered]
    keep_alarms(run.settings, [*kept, *alarms])
    return loaded
