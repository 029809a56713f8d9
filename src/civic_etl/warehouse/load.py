"""Load batches of documents into the build file: one transaction a batch, replacing per document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.arrow_tables import Row, schema_of, to_table
from civic_etl.warehouse.bulk import FACT_TABLES, Incoming, incoming, load_incoming, load_tables
from civic_etl.warehouse.database import transaction
from civic_etl.warehouse.items import LoadItem, LoadReport, PageOutcome, Refusal, Versions
from civic_etl.warehouse.records_to_rows import article_row, fact_rows, outcome_row, sighting_row
from civic_etl.warehouse.validate import refusal

_STATES = """
select o.url, arg_max([o.outcome, o.reason, o.status::varchar], coalesce(o.fetched_at, timestamp '-infinity')) as state
from raw.page_outcome as o
where o.url in (select i.url from incoming_page_outcome as i)
group by o.url
"""


def load_batch(
    con: duckdb.DuckDBPyConnection,
    batch: Sequence[LoadItem],
    *,
    run_id: str,
    versions: Versions,
    outcomes: Sequence[PageOutcome] = (),
    batch_no: int = 0,
) -> LoadReport:
    """Load one batch in one transaction and write its line in the load ledger.

    A revision that is here already, read by the same versions with the same result, is not written again. A document
    with a field that cannot be true is kept out whole and named in `raw.refusal`; the others go in: what a table holds
    must not depend on what stood beside a document in its batch. Raises WarehouseError, with nothing loaded, where a
    row cannot be stored at all.
    """
    sound, refused = _sort_out(batch)

    def work() -> LoadReport:
        return _load_documents(con, sound, versions) + _load_refusals(con, refused) + _load_outcomes(con, outcomes)

    return _in_one_transaction(con, work, _Batch(run_id, batch_no, versions))


def load_parquet(
    con: duckdb.DuckDBPyConnection,
    tables: dict[str, Incoming],
    *,
    run_id: str,
    versions: Versions,
    batch_no: int = 0,
) -> LoadReport:
    """Load rows that already have the layout of the raw tables, such as Parquet files, as one batch.

    Raises WarehouseError, with nothing loaded, where a row does not fit.
    """
    return _in_one_transaction(con, lambda: load_tables(con, tables), _Batch(run_id, batch_no, versions))


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the ledger says of a batch beside its counts."""

    run_id: str
    batch_no: int
    versions: Versions


def _in_one_transaction(con: duckdb.DuckDBPyConnection, work: Callable[[], LoadReport], batch: _Batch) -> LoadReport:
    try:
        with transaction(con):
            report = work()
            _write_ledger(con, report, batch)
    except (duckdb.Error, pa.ArrowException, WarehouseError) as error:
        raise _refused_whole(con, error, batch) from error
    return report


def _refused_whole(con: duckdb.DuckDBPyConnection, error: Exception, batch: _Batch) -> WarehouseError:
    """The error about a batch that was rolled back, after a line about it in the ledger.

    Where even that line cannot be written, the error says so too.
    """
    words = f"batch {batch.batch_no} of run {batch.run_id} was refused whole"
    if isinstance(error, WarehouseError):
        refused = WarehouseError(f"{words}: {error.message}", row=error.row, field=error.field)
    else:
        refused = WarehouseError(f"{words}: {error}")
    try:
        _write_ledger(con, LoadReport(), batch, str(error))
    except (duckdb.Error, pa.ArrowException, WarehouseError) as second:
        refused.add_note(f"the load ledger could not be told: {second}")
    return refused


def _sort_out(batch: Iterable[LoadItem]) -> tuple[list[LoadItem], list[Refusal]]:
    sound, refused = [], []
    for item in batch:
        problem = refusal(item)
        if problem is None:
            sound.append(item)
        else:
            refused.append(problem)
    return sound, refused


def _load_documents(con: duckdb.DuckDBPyConnection, batch: list[LoadItem], versions: Versions) -> LoadReport:
    read = [(item, article_row(item, versions)) for item in batch]
    sightings = _one_each([sighting_row(item, row) for item, row in read], ("article_id", "seen_at"))
    latest = {row["revision_id"]: (item, row) for item, row in sorted(read, key=_reading_order)}

    def facts(revisions: frozenset[str]) -> dict[str, Incoming]:
        """Rows of the revisions that are written; the others' are never made."""
        rows: dict[str, list[Row]] = {name: [] for name in FACT_TABLES}
        for revision in sorted(revisions):
            for name, found in fact_rows(*latest[revision]).items():
                rows[name].extend(found)
        return {name: to_table(found, schema_of(con, name)) for name, found in rows.items() if found}

    with (
        _rows(con, "article", [latest[revision][1] for revision in sorted(latest)]),
        _rows(con, "sighting", sightings),
    ):
        return replace(load_incoming(con, facts), documents=len(batch))


def _reading_order(read: tuple[LoadItem, Row]) -> tuple[datetime, str]:
    row = read[1]
    return row["payload_seen_at"] or datetime.min, row["payload_hash"]  # noqa: DTZ901


def _one_each(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """The rows with the last of each key; rows are ordered first, so that the order of a batch does not matter."""
    ordered = sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))
    return list({tuple(row[name] for name in key): row for row in ordered}.values())


def _load_refusals(con: duckdb.DuckDBPyConnection, refused: list[Refusal]) -> LoadReport:
    if not refused:
        return LoadReport()
    with _rows(con, "refusal", _one_each([asdict(problem) for problem in refused], ("article_id",))):
        known = con.execute(
            "select count(*) from incoming_refusal as i join raw.refusal as r using (article_id, field, detail)"
        ).fetchall()[0][0]
        con.execute("delete from raw.refusal where article_id in (select i.article_id from incoming_refusal as i)")
        con.execute("insert into raw.refusal by name select * from incoming_refusal")
    return LoadReport(documents=len(refused), refused=len(refused) - known, refusals=tuple(refused))


def _load_outcomes(con: duckdb.DuckDBPyConnection, outcomes: Sequence[PageOutcome]) -> LoadReport:
    kept = [outcome_row(outcome) for outcome in outcomes if outcome.outcome != "unchanged"]
    with _rows(con, "page_outcome", _one_each(kept, ("url", "fetched_at"))):
        before = dict(con.execute(_STATES).fetchall())
        con.execute(
            "delete from raw.page_outcome as o using incoming_page_outcome as i "
            "where o.url = i.url and o.fetched_at is not distinct from i.fetched_at"
        )
        con.execute("insert into raw.page_outcome by name select * from incoming_page_outcome")
        after = dict(con.execute(_STATES).fetchall())
    changed = sum(1 for url, state in after.items() if before.get(url) != state)
    return LoadReport(outcomes=len(outcomes), outcomes_changed=changed)


def _write_ledger(con: duckdb.DuckDBPyConnection, report: LoadReport, batch: _Batch, refused_because: str = "") -> None:
    counts = asdict(report)
    del counts["refusals"]
    row = counts | {
        "run_id": batch.run_id,
        "batch_no": batch.batch_no,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None),
        "parser_version": batch.versions.parser,
        "extractor_version": batch.versions.extractor,
        "catalogue_version": batch.versions.catalogue,
        "gazetteer_version": batch.versions.gazetteer,
        "refused_because": refused_because,
    }
    with _rows(con, "load_ledger", [row]):
        con.execute("insert into raw.load_ledger by name select * from incoming_load_ledger")


def _rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> Any:
    return incoming(con, table, to_table(rows, schema_of(con, table)))
