"""A part: all that some pages gave, as Arrow tables with the layout of the raw tables.

Whoever reads pages makes parts, on this machine or another; the one loader only appends them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from civic_etl.removals import Removals
from civic_etl.warehouse import keys
from civic_etl.warehouse.arrow_tables import Row, raw_schema, to_table
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.items import LoadItem, PageOutcome, Refusal, Versions
from civic_etl.warehouse.records_to_rows import article_row, fact_rows, outcome_row, sighting_row
from civic_etl.warehouse.validate import refusal

DOCUMENT = pa.schema(
    [
        ("article_id", pa.string()),
        ("revision_id", pa.string()),
        ("refused", pa.bool_()),
        ("url", pa.string()),
        ("canonical_url", pa.string()),
        ("fetched_url", pa.string()),
        ("warc_path", pa.string()),
        ("warc_offset", pa.int64()),
        ("quality", pa.string()),
        ("titled", pa.bool_()),
        ("dated", pa.bool_()),
        ("chars", pa.int64()),
        ("observations", pa.int64()),
        ("unresolved", pa.list_(pa.string())),
    ]
)
"""One row a document that was read: what names it, where it lies, and what reports and alarms count of it."""

RAW_TABLES = ("article", "sighting", *FACT_TABLES, "refusal", "page_outcome")
TABLES = ("document", *RAW_TABLES)


@dataclass(frozen=True, slots=True)
class Part:
    """Every table of TABLES, and the versions that read the pages. A revision is once in `article`."""

    versions: Versions
    tables: Mapping[str, pa.Table]

    @property
    def documents(self) -> int:
        """How many documents were read, refused ones too."""
        return int(self.tables["document"].num_rows)

    @property
    def pages(self) -> int:
        """How many pages were looked at, those that gave no document too."""
        return max(self.documents, int(self.tables["page_outcome"].num_rows))

    def without(self, removals: Removals) -> "Part":
        """The part without the articles and pages whose addresses are on the list."""
        if not removals:
            return self
        urls = self.tables["document"].select(["article_id", "url", "canonical_url", "fetched_url"]).to_pylist()
        gone = pa.array({row.pop("article_id") for row in urls if removals.covers(*row.values())}, pa.string())
        tables = {
            name: table if name == "page_outcome" else table.filter(pc.invert(pc.is_in(table["article_id"], gone)))
            for name, table in self.tables.items()
        }
        pages = tables["page_outcome"]
        kept = pa.array([not removals.covers(url) for url in pages["url"].to_pylist()], pa.bool_())
        return Part(self.versions, tables | {"page_outcome": pages.filter(kept)})


def schema_of_part(table: str) -> pa.Schema:
    """The columns of a table of TABLES."""
    return DOCUMENT if table == "document" else raw_schema(table)


def part_of(items: Iterable[LoadItem], outcomes: Iterable[PageOutcome], versions: Versions) -> Part:
    """What documents and page outcomes give, whatever their order.

    A document with a field that cannot be true is kept out whole, as a row of `refusal`. Raises WarehouseError naming
    a value that no table can hold.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    read: list[tuple[LoadItem, Row]] = []
    for item in items:
        problem = refusal(item)
        if problem is not None:
            rows["refusal"].append(asdict(problem))
        else:
            read.append((item, article_row(item, versions)))
            rows["sighting"].append(sighting_row(*read[-1]))
        rows["document"].append(_document(item, problem))
    latest = {row["revision_id"]: (item, row) for item, row in sorted(read, key=lambda pair: _reading_order(pair[1]))}
    for _, (item, article) in sorted(latest.items()):
        rows["article"].append(article)
        for name, found in fact_rows(item, article).items():
            rows[name].extend(found)
    rows["page_outcome"] = [outcome_row(outcome) for outcome in outcomes]
    return Part(versions, {name: to_table(found, schema_of_part(name)) for name, found in rows.items()})


def merged(parts: Sequence[Part]) -> Part:
    """Parts read by the same versions as one; of a revision that several hold, the reading that was seen last."""
    if len(parts) == 1:
        return parts[0]
    last: dict[str, tuple[tuple[datetime, str], int]] = {}
    for number, part in enumerate(parts):
        for row in part.tables["article"].select(["revision_id", "payload_seen_at", "payload_hash"]).to_pylist():
            found = (_reading_order(row), number)
            last[row["revision_id"]] = max(last.get(row["revision_id"], found), found)
    pieces: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    for number, part in enumerate(parts):
        mine = pa.array([revision for revision, (_, owner) in last.items() if owner == number], pa.string())
        whole = len(mine) == part.tables["article"].num_rows
        for name, table in part.tables.items():
            is_read = name == "article" or name in FACT_TABLES
            pieces[name].append(table if whole or not is_read else table.filter(pc.is_in(table["revision_id"], mine)))
    return Part(parts[0].versions, {name: pa.concat_tables(found) for name, found in pieces.items()})


def _reading_order(article: Row) -> tuple[datetime, str]:
    return article["payload_seen_at"] or datetime.min, article["payload_hash"]  # noqa: DTZ901


def _document(item: LoadItem, problem: Refusal | None) -> Row:
    article, fetched = item.article, item.fetched
    return {
        "article_id": problem.article_id if problem else keys.article_id(article.canonical_url),
        "revision_id": keys.revision_id(article),
        "refused": problem is not None,
        "url": _storable(article.url),
        "canonical_url": _storable(article.canonical_url),
        "fetched_url": _storable(fetched.url) if fetched else None,
        "warc_path": fetched.warc_path if fetched else None,
        "warc_offset": fetched.warc_offset if fetched else None,
        "quality": article.quality,
        "titled": bool(article.title),
        "dated": article.published is not None,
        "chars": len(article.text),
        "observations": len(item.extraction.observations),
        "unresolved": [candidate.reason for candidate in item.extraction.unresolved],
    }


def _storable(text: str) -> str:
    """The text; of a document refused for half a character in its address, with a mark in its place."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
