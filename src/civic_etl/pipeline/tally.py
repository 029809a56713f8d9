"""Count what tonight's pages of each source gave, as they are read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from civic_etl.crawl import CrawlReport
from civic_etl.crawl.health import Health
from civic_etl.warehouse.items import FAILED_OUTCOMES
from civic_etl.warehouse.parts import Part

_REFUSED = "answers 200 with"
_FRESH = ("new", "changed")


class Tally:
    """Only pages that this run's crawls brought count: others may be a backfill's, which says nothing of today."""

    def __init__(self, crawls: Iterable[CrawlReport]) -> None:
        self._crawls = {crawl.source: crawl for crawl in crawls}
        self._of: dict[tuple[str, int], str] = {
            (item.warc_path, item.warc_offset): crawl.source
            for crawl in self._crawls.values()
            for item in crawl.outcomes
            if item.outcome in _FRESH and item.warc_path is not None and item.warc_offset is not None
        }
        self._counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def listen(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Pass parts on, counting."""
        for part in parts:
            self._note(part)
            yield part

    def _note(self, part: Part) -> None:
        for row in part.tables["page_outcome"].to_pylist():
            counts = self._counts_of(row["warc_path"], row["warc_offset"])
            if counts is not None:
                counts["pages"] += 1
                counts["failed"] += row["outcome"] in FAILED_OUTCOMES
        for row in part.tables["document"].to_pylist():
            counts = self._counts_of(row["warc_path"], row["warc_offset"])
            if counts is not None:
                counts["fallback"] += row["quality"] == "fallback"
                counts["titled"] += row["titled"]
                counts["dated"] += row["dated"]
                counts["bodied"] += row["chars"] >= _LEAST_BODY
                counts["chars"] += row["chars"]
                counts["observations"] += row["observations"]

    def _counts_of(self, path: str | None, offset: int | None) -> dict[str, int] | None:
        source = self._of.get((path or "", offset if offset is not None else -1))
        return self._counts[source] if source is not None else None

    def nights(self, run_id: str) -> list[Health]:
        """What each source that answered gave tonight. One that could not be read is named by its crawl already."""
        found = []
        for source, crawl in self._crawls.items():
            if crawl.error is None and crawl.finished is not None:
                refused = sum((item.reason or "").startswith(_REFUSED) for item in crawl.outcomes)
                counts = dict(self._counts[source])
                counts["pages"] = counts.get("pages", 0) + refused
                at = crawl.finished.isoformat(timespec="microseconds")
                found.append(Health(source, run_id, at, found=crawl.found, refused=refused, **counts))
        return found


# A text shorter than this is a caption or a teaser, not an article's body.
_LEAST_BODY = 200
