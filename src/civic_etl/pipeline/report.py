"""What a run did: for people, for JSON, and as Markdown for the run's page in Prefect."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from civic_etl.crawl import CrawlReport
from civic_etl.pipeline import months
from civic_etl.pipeline.alarms import Alarm
from civic_etl.pipeline.months import MonthRow
from civic_etl.warehouse.items import FAILED_OUTCOMES, LoadReport, PageOutcome
from civic_etl.warehouse.project import CheckResult
from civic_etl.warehouse.release import Release

CRAWL_COUNTS = ("found", "new", "changed", "unchanged", "not_due", "moved", "gone", "failed", "skipped")
"""The counts of a crawl that reports show, in their order."""

# What a page says must be no link, picture or code on the run's page.
_MARKUP = re.compile(r"([\\|`*\[\]!])")


@dataclass(slots=True)
class RunReport:
    """Filled by the steps of a run. `outcomes` counts the pages read; `failures` names those that gave nothing;
    `unresolved` counts by reason what the run read and could not make a fact of."""

    kind: str
    run_id: str
    started: datetime
    finished: datetime | None = None
    crawls: list[CrawlReport] = field(default_factory=list)
    months: dict[str, list[MonthRow]] = field(default_factory=dict)
    drift: list[Alarm] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[PageOutcome] = field(default_factory=list)
    unresolved: Counter[str] = field(default_factory=Counter)
    load: LoadReport = field(default_factory=LoadReport)
    models: int = 0
    checks: tuple[CheckResult, ...] = ()
    release: str | None = None
    release_path: Path | None = None
    fresh: bool = False

    def note_reading(self, outcomes: Iterable[PageOutcome]) -> None:
        """Count what came of pages."""
        for outcome in outcomes:
            self.outcomes[outcome.outcome] += 1
            if outcome.outcome in FAILED_OUTCOMES:
                self.failures.append(outcome)

    def note_unresolved(self, reasons: Iterable[str]) -> None:
        """Count why candidates of a document did not become facts."""
        self.unresolved.update(reasons)

    def note_checks(self, results: Sequence[CheckResult]) -> None:
        """Keep the results of all checks."""
        self.checks = tuple(results)

    def note_release(self, release: Release) -> None:
        """Keep which release is in force and close the report."""
        self.release, self.release_path, self.fresh = release.version, release.path, release.fresh
        self.finished = datetime.now(UTC)

    @property
    def failed_sources(self) -> list[str]:
        """Sources that could not be read."""
        return [crawl.source for crawl in self.crawls if not crawl.ok]

    @property
    def drifting_sources(self) -> list[str]:
        """Sources that answered and are not what they were."""
        return list(dict.fromkeys(alarm.source for alarm in self.drift))

    def fetched(self) -> int:
        """Article bodies that came over the wire."""
        return sum(crawl.fetched for crawl in self.crawls)

    def seconds(self) -> float:
        """How long the run took so far."""
        return ((self.finished or datetime.now(UTC)) - self.started).total_seconds()

    def summary(self) -> str:
        """One line: what was fetched and what it changed."""
        parts = []
        if self.crawls:
            as_they_were = sum(crawl.unchanged + crawl.not_due for crawl in self.crawls)
            parts.append(f"{_n(len(self.crawls), 'source')}: {_n(self.fetched(), 'page')} fetched")
            if as_they_were:
                parts[-1] += f", {as_they_were} as they were"
        parts.append(self.load.summary() if self.load.documents or self.load.outcomes else "nothing to load")
        if self.failed_sources:
            parts.append(f"could not read {', '.join(self.failed_sources)}")
        if self.drifting_sources:
            parts.append(f"look at {', '.join(self.drifting_sources)}")
        return "; ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "run_id": self.run_id,
            "kind": self.kind,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds(), 1),
            "sources": {crawl.source: crawl.summary() for crawl in self.crawls},
            "drift": [alarm.as_dict() for alarm in self.drift],
            "months": {source: [row.as_dict() for row in rows] for source, rows in self.months.items()},
            "pages": dict(self.outcomes),
            "unresolved": dict(self.unresolved.most_common()),
            "failures": [{"url": item.url, "outcome": item.outcome, "reason": item.reason} for item in self.failures],
            "load": {
                name: getattr(self.load, name)
                for name in ("documents", "new", "replaced", "unchanged", "refused", "observations", "outcomes_changed")
            },
            "changed": self.load.changed,
            "checks_failed": [c.name for c in self.checks if not c.passed and c.severity == "fail"],
            "checks_warned": [c.name for c in self.checks if not c.passed and c.severity == "warn"],
            "release": self.release,
            "release_path": str(self.release_path) if self.release_path else None,
            "fresh": self.fresh,
        }

    def markdown(self) -> str:
        """The report as a page."""
        lines = [f"# {self.kind} {self.run_id}", "", self.summary(), "", *self._source_table(), *self._check_table()]
        if self.drift:
            lines += ["", "## Sources to look at", "", "| source | kind | what |", "| --- | --- | --- |"]
            lines += [f"| {alarm.source} | {alarm.kind} | {_cell(alarm.detail)} |" for alarm in self.drift]
        for source, rows in self.months.items():
            lines += ["", months.markdown(source, rows)]
        if self.unresolved:
            lines += ["", "## What was not understood", "", "| reason | how often |", "| --- | ---: |"]
            lines += [f"| {_cell(reason)} | {count} |" for reason, count in self.unresolved.most_common()]
        if self.failures:
            lines += ["", "## Pages that gave nothing", "", "| page | outcome | reason |", "| --- | --- | --- |"]
            lines += [f"| {_cell(f.url)} | {f.outcome} | {_cell(f.reason)} |" for f in self.failures[:200]]
        state = "is new" if self.fresh else "stays in force"
        lines += ["", f"Release **{self.release}** {state}." if self.release else "No release was made."]
        return "\n".join(lines) + "\n"

    def _source_table(self) -> list[str]:
        if not self.crawls:
            return []
        rows = []
        for crawl in self.crawls:
            counts = crawl.summary()
            trouble = crawl.error or crawl.paused or ""
            numbers = " | ".join(str(counts[name]) for name in CRAWL_COUNTS)
            rows.append(f"| {crawl.source} | {numbers} | {_cell(trouble)} |")
        heads = f"| source | {' | '.join(CRAWL_COUNTS)} | trouble |"
        return [heads, "| --- |" + " ---: |" * len(CRAWL_COUNTS) + " --- |", *rows]

    def _check_table(self) -> list[str]:
        bad = [result for result in self.checks if not result.passed]
        if not bad:
            return ["", f"All {len(self.checks)} checks pass."] if self.checks else []
        rows = [f"| {c.severity} | {c.name} | {c.failures} | {_cell(c.detail)} |" for c in bad]
        return ["", "## Checks", "", "| severity | check | rows | detail |", "| --- | --- | ---: | --- |", *rows]


def _n(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _cell(text: str) -> str:
    """Text that stays inside one cell of a Markdown table, and is nothing but text there."""
    line = " ".join(text.split())[:500]
    return _MARKUP.sub(r"\\\1", line).replace("<", "&lt;")
