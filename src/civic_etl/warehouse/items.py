"""What the warehouse takes in: one article with its facts, and what became of each page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from civic_etl.archive.page import Page
from civic_etl.extract.records import Extraction
from civic_etl.parse.article import Article

Outcome = Literal[
    "article",  # read, extracted and handed to the warehouse
    "not_article",  # fetched, and rightly no article (listing, tag page, binary)
    "unchanged",  # the server or the digest said that nothing changed: counted in the ledger, no row
    "moved",  # a redirect was followed; the target has its own row
    "gone",  # 404 or 410
    "refused",  # robots.txt or the allow-list forbids it
    "fetch_failed",
    "parse_failed",
    "extract_failed",
]

FAILED_OUTCOMES: frozenset[str] = frozenset({"fetch_failed", "parse_failed", "extract_failed"})
"""Outcomes that also become rows of `core.fct_unresolved`."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """When a page was fetched and where its record lies, without its bytes. `fetched_at` is aware."""

    url: str
    status: int
    fetched_at: datetime
    digest: str = ""
    record_id: str | None = None
    warc_path: str | None = None
    warc_offset: int | None = None

    @classmethod
    def of(cls, page: Page) -> "Fetched":
        """The same facts of an archived page."""
        return cls(
            url=page.url,
            status=page.status,
            fetched_at=page.fetched_at,
            digest=page.digest,
            record_id=page.record_id,
            warc_path=page.warc_path,
            warc_offset=page.warc_offset,
        )


@dataclass(frozen=True, slots=True)
class LoadItem:
    """One article, what was extracted from it, and the fetch it came from (None for a file given by hand)."""

    article: Article
    extraction: Extraction
    fetched: Fetched | None = None


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page of a run; give one for each page, after parsing. `fetched_at` is aware or None."""

    url: str
    source: str | None
    status: int | None
    outcome: Outcome
    reason: str = ""
    fetched_at: datetime | None = None
    warc_path: str | None = None
    warc_offset: int | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source as analysts see it. `cadence_days` is the longest silence that is still normal."""

    source: str
    name: str
    url: str = ""
    area: str = ""
    level: str = ""
    family: str = ""
    cadence_days: int | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """The code and data that read a batch; a document read by other versions is written again."""

    parser: str
    extractor: str
    catalogue: str
    gazetteer: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not loaded because a field of it cannot be true."""

    article_id: str
    url: str
    source: str | None
    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Counts of one or more loads. `changed` says whether any table changed."""

    documents: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    switched: int = 0
    refused: int = 0
    observations: int = 0
    outcomes: int = 0
    outcomes_changed: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def changed(self) -> bool:
        """True where a document, the revision in force of one, or the state of a page changed."""
        return bool(self.new or self.replaced or self.switched or self.refused or self.outcomes_changed)

    def __add__(self, other: "LoadReport") -> "LoadReport":
        return LoadReport(
            documents=self.documents + other.documents,
            new=self.new + other.new,
            replaced=self.replaced + other.replaced,
            unchanged=self.unchanged + other.unchanged,
            switched=self.switched + other.switched,
            refused=self.refused + other.refused,
            observations=self.observations + other.observations,
            outcomes=self.outcomes + other.outcomes,
            outcomes_changed=self.outcomes_changed + other.outcomes_changed,
            refusals=self.refusals + other.refusals,
        )

    def summary(self) -> str:
        """One line for people."""
        if not self.changed:
            return f"no change: {self.documents} documents and {self.outcomes} page outcomes were already here"
        return (
            f"{self.new} new, {self.replaced} replaced, {self.unchanged} unchanged, {self.refused} refused documents; "
            f"{self.observations} observations written; {self.outcomes_changed} page states changed"
        )
