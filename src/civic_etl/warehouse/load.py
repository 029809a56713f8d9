"""Load batches of documents into the build file: one transaction a batch, replacing per document."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.items import LoadItem, LoadReport, PageOutcome, Refusal, Versions
from civic_etl.warehouse.records_to_arrow import (
    Row,
    article_row,
    fact_rows,
    outcome_row,
    schema_of,
    sighting_row,
    to_table,
)
from civic_etl.warehouse.validate import refusal

FACT_TABLES = ("observation", "office_mention", "event", "distinction", "outcome", "unresolved")

# A fetch older than the one that a stored reading came from must not overwrite it: batches may come in any order.
_TODO = """
select i.revision_id, r.revision_id is not null as known
from incoming_article as i
left join raw.article as r on i.revision_id = r.revision_id
where r.revision_id is null
   or (r.payload_hash <> i.payload_hash
       and coalesce(i.payload_seen_at, timestamp '-infinity') >= coalesce(r.payload_seen_at, timestamp '-infinity'))
"""

_SEEN_LATER = """
update raw.article
set payload_seen_at = i.payload_seen_at
from incoming_article as i
where raw.article.revision_id = i.revision_id and raw.article.payload_hash = i.payload_hash
  and i.payload_seen_at > coalesce(raw.article.payload_seen_at, timestamp '-infinity')
"""

_IN_FORCE = """
select s.article_id, arg_max(s.revision_id, coalesce(s.seen_at, timestamp '-infinity')) as revision_id
from raw.sighting as s
where s.article_id in (select i.article_id from incoming_sighting as i)
group by s.article_id
"""

_NEW_SIGHTINGS = """
select i.* from incoming_sighting as i
anti join raw.sighting as s
    on i.article_id = s.article_id and i.seen_at is not distinct from s.seen_at and i.revision_id = s.revision_id
"""

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
    with a field that cannot be true is kept out whole and named in `raw.refusal`; the others go in. Raises
    WarehouseError, with nothing loaded, where DuckDB refuses the batch.
    """
    sound, refused = _sort_out(batch)
    con.begin()
    try:
        report = _load_documents(con, sound, versions) + _load_refusals(con, refused) + _load_outcomes(con, outcomes)
        _write_ledger(con, report, run_id, batch_no, versions)
        con.commit()
    except (duckdb.Error, pa.ArrowException) as error:
        con.rollback()
        raise WarehouseError(f"batch {batch_no} of run {run_id} was refused whole: {error}") from error
    except BaseException:
        con.rollback()
        raise
    return report


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
    with _incoming(con, "article", [row for _, row in latest.values()]), _incoming(con, "sighting", sightings):
        todo = dict(con.execute(_TODO).fetchall())
        written = [latest[revision] for revision in sorted(todo)]
        before = dict(con.execute(_IN_FORCE).fetchall())
        _write_documents(con, written, [revision for revision, known in todo.items() if known])
        con.execute(_SEEN_LATER)
        con.execute(
            "delete from raw.sighting as s using incoming_sighting as i where s.article_id = i.article_id "
            "and s.seen_at is not distinct from i.seen_at and s.revision_id <> i.revision_id"
        )
        con.execute(f"insert into raw.sighting by name {_NEW_SIGHTINGS}")
        after = dict(con.execute(_IN_FORCE).fetchall())
        con.execute("delete from raw.refusal where article_id in (select i.article_id from incoming_article as i)")
    replaced = sum(todo.values())
    return LoadReport(
        documents=len(batch),
        new=len(todo) - replaced,
        replaced=replaced,
        unchanged=len(latest) - len(todo),
        switched=sum(1 for article, revision in before.items() if after[article] != revision),
        observations=sum(len(item.extraction.observations) for item, _ in written),
    )


def _reading_order(read: tuple[LoadItem, Row]) -> tuple[datetime, str]:
    row = read[1]
    return row["payload_seen_at"] or datetime.min, row["payload_hash"]  # noqa: DTZ901


def _one_each(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """The rows with the last of each key; rows are ordered first, so that the order of a batch does not matter."""
    ordered = sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))
    return list({tuple(row[name] for name in key): row for row in ordered}.values())


def _write_documents(con: duckdb.DuckDBPyConnection, written: list[tuple[LoadItem, Row]], known: list[str]) -> None:
    rows: dict[str, list[Row]] = {"article": [row for _, row in written]} | {name: [] for name in FACT_TABLES}
    for item, row in written:
        for name, facts in fact_rows(item, row).items():
            rows[name].extend(facts)
    for table, incoming in rows.items():
        if known:
            con.execute(f"delete from raw.{table} where revision_id in (select unnest(?::varchar[]))", [known])  # noqa: S608
        if incoming:
            _insert(con, table, incoming)


def _load_refusals(con: duckdb.DuckDBPyConnection, refused: list[Refusal]) -> LoadReport:
    if not refused:
        return LoadReport()
    rows = _one_each([asdict(problem) for problem in refused], ("article_id",))
    with _incoming(con, "refusal", rows):
        known = con.execute(
            "select count(*) from incoming_refusal as i join raw.refusal as r using (article_id, field, detail)"
        ).fetchall()[0][0]
        con.execute("delete from raw.refusal where article_id in (select i.article_id from incoming_refusal as i)")
        con.execute("insert into raw.refusal by name select * from incoming_refusal")
    return LoadReport(documents=len(refused), refused=len(refused) - known, refusals=tuple(refused))


def _load_outcomes(con: duckdb.DuckDBPyConnection, outcomes: Sequence[PageOutcome]) -> LoadReport:
    kept = [outcome_row(outcome) for outcome in outcomes if outcome.outcome != "unchanged"]
    rows = _one_each(kept, ("url", "fetched_at"))
    with _incoming(con, "page_outcome", rows):
        before = dict(con.execute(_STATES).fetchall())
        con.execute(
            "delete from raw.page_outcome as o using incoming_page_outcome as i "
            "where o.url = i.url and o.fetched_at is not distinct from i.fetched_at"
        )
        con.execute("insert into raw.page_outcome by name select * from incoming_page_outcome")
        after = dict(con.execute(_STATES).fetchall())
    changed = sum(1 for url, state in after.items() if before.get(url) != state)
    return LoadReport(outcomes=len(outcomes), outcomes_changed=changed)


def _write_ledger(
    con: duckdb.DuckDBPyConnection, report: LoadReport, run_id: str, batch_no: int, versions: Versions
) -> None:
    counts = asdict(report)
    del counts["refusals"]
    row = counts | {
        "run_id": run_id,
        "batch_no": batch_no,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None),
        "parser_version": versions.parser,
        "extractor_version": versions.extractor,
        "catalogue_version": versions.catalogue,
        "gazetteer_version": versions.gazetteer,
    }
    _insert(con, "load_ledger", [row])


@contextmanager
def _incoming(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row], prefix: str = "incoming") -> Iterator[None]:
    """The rows as view `<prefix>_<table>` for the length of the block.

    After an error the view stays: the transaction is aborted then, and nothing but its rollback would be let through.
    """
    name = f"{prefix}_{table}"
    con.register(name, to_table(rows, schema_of(con, table)))
    yield
    con.unregister(name)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    with _incoming(con, table, rows, "written"):
        con.execute(f"insert into raw.{table} by name select * from written_{table}")  # noqa: S608
