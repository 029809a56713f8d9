"""Load readings into the warehouse, and what the crawl says of pages that gave none."""

from collections.abc import Iterable, Iterator
from itertools import chain

from civic_etl.crawl import CrawlReport, FetchOutcome
from civic_etl.pipeline.progress import say, step
from civic_etl.pipeline.run import Run
from civic_etl.pipeline.untold import CRAWL_OUTCOMES, untold
from civic_etl.warehouse.items import LoadReport, Outcome, PageOutcome
from civic_etl.warehouse.parts import Part
from civic_etl.warehouse.records_to_rows import page_outcome

_OUTCOMES: dict[str, Outcome] = {**CRAWL_OUTCOMES, "unchanged": "unchanged"}


def load(
    run: Run, parts: Iterable[Part], crawls: Iterable[CrawlReport] = (), *, pages: int | None = None
) -> LoadReport:
    """Load what pages gave as it arrives, in any order; `pages` is how many will come.

    What an earlier run of the crawls' sources met and could not tell, since it was killed, is told now. Raises
    WarehouseError where DuckDB refuses a batch; the batches before it stay, and the next run goes on there.
    """
    outcomes = [outcome for crawl in crawls for outcome in (*untold(crawl, run.settings), *crawl_outcomes(crawl))]
    loaded = run.warehouse.load_parts(_noted(run, parts, pages), outcomes, run_id=run.run_id)
    run.report.load += loaded
    say(f"load: {loaded.summary()}")
    for refusal in loaded.refusals:
        say(f"refused: {refusal.field} {refusal.detail} ({refusal.url})")
    return loaded


def _noted(run: Run, parts: Iterable[Part], pages: int | None) -> Iterator[Part]:
    done = 0
    for part in parts:
        outcomes = part.tables["page_outcome"].to_pylist()
        run.report.note_reading(map(page_outcome, outcomes))
        run.report.note_unresolved(chain.from_iterable(part.tables["document"]["unresolved"].to_pylist()))
        yield part
        done += len(outcomes)
        step("read pages", done, pages)


def crawl_outcomes(crawl: CrawlReport) -> Iterator[PageOutcome]:
    """Lines for the page ledger of the addresses that a crawl got no page from."""
    for fetch in crawl.outcomes:
        outcome = _outcome(crawl, fetch)
        if outcome is not None:
            yield PageOutcome(
                url=fetch.url,
                source=crawl.source,
                status=fetch.status,
                outcome=outcome,
                reason=fetch.reason or "",
                fetched_at=crawl.started,
                warc_path=fetch.warc_path,
                warc_offset=fetch.warc_offset,
            )


def _outcome(crawl: CrawlReport, fetch: FetchOutcome) -> Outcome | None:
    """None for a page that is in the archive and will be read, and for one that is only put off."""
    if fetch.outcome != "skipped":
        return _OUTCOMES.get(fetch.outcome)
    if fetch.reason is not None and fetch.reason == crawl.paused:
        return None
    return "not_article" if fetch.status == 200 else "refused"
