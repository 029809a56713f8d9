"""Load batches of documents into the build file: one transaction a batch, replacing per document."""

from collections.abc import Callable, Sequence
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
from civic_etl.warehouse.lake import is_conflict
from civic_etl.warehouse.parts import Part, merged, part_of

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

    def work() -> LoadReport:
        return _append(con, part_of(batch, outcomes, versions))

    return _in_one_transaction(con, work, _Batch(run_id, batch_no, versions))


def load_parts(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Part], *, run_id: str, versions: Versions, batch_no: int = 0
) -> LoadReport:
    """The same for what was read elsewhere, as one batch.

    Raises WarehouseError, with nothing loaded, where other versions than `versions` read it.
    """

    def work() -> LoadReport:
        for part in parts:
            if part.versions != versions:
                raise WarehouseError(
                    f"read by {part.versions}, not by {versions}: whoever reads needs the same civic-etl and the same "
                    "gazetteer pack"
                )
        return _append(con, merged(parts))

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
        if is_conflict(error):
            # Nothing stands against the batch; whoever has its turn tries again.
            raise WarehouseError(f"another loader was in the way: {error}") from error
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


def _append(con: duckdb.DuckDBPyConnection, part: Part) -> LoadReport:
    return _load_documents(con, part) + _load_refusals(con, part) + _load_outcomes(con, part)


def _load_documents(con: duckdb.DuckDBPyConnection, part: Part) -> LoadReport:
    sightings = _one_each(part.tables["sighting"].to_pylist(), ("article_id", "seen_at"))
    facts: dict[str, Incoming] = {name: part.tables[name] for name in FACT_TABLES if part.tables[name].num_rows}
    with incoming(con, "article", part.tables["article"]), _rows(con, "sighting", sightings):
        return replace(load_incoming(con, lambda _: facts), documents=part.documents)


def _one_each(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """The rows with the last of each key; rows are ordered first, so that the order of a batch does not matter."""
    ordered = sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))
    return list({tuple(row[name] for name in key): row for row in ordered}.values())


def _load_refusals(con: duckdb.DuckDBPyConnection, part: Part) -> LoadReport:
    refused = part.tables["refusal"].to_pylist()
    if not refused:
        return LoadReport()
    with _rows(con, "refusal", _one_each(refused, ("article_id",))):
        known = con.execute(
            "select count(*) from incoming_refusal as i join raw.refusal as r using (article_id, field, detail)"
        ).fetchall()[0][0]
        con.execute("delete from raw.refusal where article_id in (select i.article_id from incoming_refusal as i)")
        con.execute("insert into raw.refusal by name select * from incoming_refusal")
    return LoadReport(refused=len(refused) - known, refusals=tuple(Refusal(**row) for row in refused))


def _load_outcomes(con: duckdb.DuckDBPyConnection, part: Part) -> LoadReport:
    outcomes = part.tables["page_outcome"].to_pylist()
    if not outcomes:
        return LoadReport()
    kept = [row for row in outcomes if row["outcome"] != "unchanged"]
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
