"""Ingest files and addresses given by hand: read each, load what they give, roll up and release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from civic_etl.archive import Archive
from civic_etl.errors import CivicEtlError, FetchError
from civic_etl.pipeline.discover import described_sources, publish_archive
from civic_etl.pipeline.fetch_urls import fetch_urls, sort_by_source
from civic_etl.pipeline.files import failed, read_file
from civic_etl.pipeline.loading import crawl_outcomes, load
from civic_etl.pipeline.progress import say, step
from civic_etl.pipeline.reading import Hints, Reading, read_page
from civic_etl.pipeline.releasing import check, publish, roll_up
from civic_etl.pipeline.report import RunReport
from civic_etl.pipeline.run import begin
from civic_etl.settings import Settings


@dataclass(slots=True)
class IngestReport:
    """What became of each input: `errors` names those that gave nothing, `asked` counts all."""

    run: RunReport
    asked: int
    errors: list[CivicEtlError] = field(default_factory=list)


def ingest(
    inputs: Sequence[str],
    settings: Settings,
    *,
    hints: Hints | None = None,
    url: str | None = None,
    any_host: bool = False,
    release: bool = True,
) -> IngestReport:
    """Take files (HTML, text, WARC) and addresses through parse, extract, load, roll-up and release.

    An input that cannot be read is an error in the report and a line in the page ledger; the others go on. Raises
    WarehouseError, CheckFailedError or LockedError where the warehouse cannot take what was read.
    """
    run = begin("ingest", settings)
    report = IngestReport(run.report, len(inputs))
    work = _Ingest(settings, hints or Hints(), url, any_host, report)
    with run.writing():
        load(run, (reading.as_part(settings) for reading in work.readings(inputs)))
        if release:
            roll_up(run)
            check(run)
            publish(run)
    return report


@dataclass(slots=True)
class _Ingest:
    settings: Settings
    hints: Hints
    url: str | None
    any_host: bool
    report: IngestReport

    def readings(self, inputs: Sequence[str]) -> Iterator[Reading]:
        sources = described_sources(self.settings)
        for done, name in enumerate(inputs, 1):
            try:
                if name.startswith(("http://", "https://")):
                    yield from self._address(name)
                else:
                    yield from read_file(Path(name), sources, url=self.url, hints=self.hints)
            except CivicEtlError as error:
                yield self._note(name, error)
            step("read inputs", done, len(inputs))

    def _address(self, url: str) -> Iterator[Reading]:
        by_source = sort_by_source([url], described_sources(self.settings), any_host=self.any_host)
        for source, urls in by_source.values():
            crawl, records = fetch_urls(source, urls, self.settings)
            publish_archive(crawl, self.settings)
            self.report.run.crawls.append(crawl)
            yield Reading((), tuple(crawl_outcomes(crawl)))
            if not records:
                last = crawl.outcomes[-1]
                raise FetchError(last.reason or last.outcome, url=url, source=source.name)
            for record in records:
                page = Archive.of(self.settings).read(record.warc_path, record.offset)
                item, outcome = read_page(page, source, self.hints)
                yield Reading((item,) if item else (), (outcome,))
                if item is None:
                    self.report.errors.append(FetchError(outcome.reason, url=url, source=source.name))

    def _note(self, name: str, error: CivicEtlError) -> Reading:
        if error.file is None and error.url is None:
            error.file = name
        self.report.errors.append(error)
        say(f"error: {error}")
        is_typo = "://" not in name and not Path(name).exists()
        return Reading() if is_typo else Reading((), (failed(name, error),))
