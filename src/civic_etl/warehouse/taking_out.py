"""Take what is on the removal list out of the build file, before anything is rolled up from it."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.removals import Removals
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.database import transaction
from civic_etl.warehouse.items import LoadItem, PageOutcome

MASKED = "masked"
"""Stands for the payload of a masked revision: the next reading of its page writes it anew, and it is masked again."""

_LOG = logging.getLogger("civic_etl.removals")
# A row that says something of a person is no row without the person.
_PERSONS = {"office_mention": "person", "distinction": "holder"}
_MASKED_TABLES = (*FACT_TABLES, "page_outcome", "refusal")
_Found = tuple[Any, ...]
_KEYS = frozenset({"article_id", "revision_id", "payload_hash", "warc_path", "url", "canonical_url"})

_COLUMNS = """
select column_name, data_type = 'VARCHAR[]' from duckdb_columns()
where schema_name = 'raw' and table_name = ? and database_name = current_database()
    and data_type in ('VARCHAR', 'VARCHAR[]')
order by column_index
"""
# Sentences are cut out of the text: where a name begins in one and ends in the next, only the text shows all of it.
_SLICES = """
create or replace temp table slice as
select o.rowid as row_id
from raw.observation as o
inner join raw.article as a on o.revision_id = a.revision_id
where list_contains(?, o.revision_id)
    and o.evidence = substring(a.text, o.evidence_start + 1, o.evidence_end - o.evidence_start)
"""
_SLICE_ANEW = """
update raw.observation as o
set evidence = substring(a.text, o.evidence_start + 1, o.evidence_end - o.evidence_start),
    quote = substring(a.text, o.char_start + 1, o.char_end - o.char_start)
from raw.article as a, slice as s
where o.rowid = s.row_id and o.revision_id = a.revision_id
"""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """How many articles (all their revisions) and pages went, and how many rows were masked or dropped for a name."""

    articles: int = 0
    pages: int = 0
    rows: int = 0

    @property
    def anything(self) -> bool:
        """Whether there was something to take out."""
        return bool(self.articles or self.pages or self.rows)


def kept_items(items: Iterable[LoadItem], removals: Removals) -> Iterator[LoadItem]:
    """The documents whose addresses are not on the list."""
    for item in items:
        fetched = item.fetched.url if item.fetched else None
        if not removals.covers(item.article.url, item.article.canonical_url, fetched):
            yield item


def kept_outcomes(outcomes: Iterable[PageOutcome], removals: Removals) -> Iterator[PageOutcome]:
    """The lines of the page ledger whose addresses are not on the list."""
    return (outcome for outcome in outcomes if not removals.covers(outcome.url))


def take_out(con: duckdb.DuckDBPyConnection, removals: Removals) -> TakenOut:
    """Take out of the raw tables, in one transaction, the pages that the list covers, and mask what it names elsewhere.

    Masked text is as long as it was, so that every offset still fits. Raises WarehouseError, with nothing changed,
    where DuckDB refuses.
    """
    if not removals:
        return TakenOut()
    try:
        with transaction(con):
            articles = _drop_articles(con, removals)
            pages = _drop_pages(con, removals)
            rows = _mask(con, removals)
    except duckdb.Error as error:
        raise WarehouseError(f"the removal list could not be applied: {error}") from error
    found = TakenOut(articles, pages, rows)
    if found.anything:
        _LOG.info("removal list: %d articles and %d pages taken out, %d rows masked", articles, pages, rows)
    return found


def _drop_articles(con: duckdb.DuckDBPyConnection, removals: Removals) -> int:
    """Drop articles that any of their addresses gives away, with all that was read from them."""
    rows = con.execute(
        "select article_id, url, canonical_url from raw.article union all "
        "select article_id, url, null from raw.sighting union all select article_id, url, null from raw.refusal"
    ).fetchall()
    gone = sorted({article_id for article_id, *urls in rows if removals.covers(*urls)})
    if gone:
        for name in ("article", "sighting", "refusal", *FACT_TABLES):
            con.execute(f"delete from raw.{name} where list_contains(?, article_id)", [gone])  # noqa: S608 - our own names
    return len(gone)


def _drop_pages(con: duckdb.DuckDBPyConnection, removals: Removals) -> int:
    urls = [url for (url,) in con.execute("select distinct url from raw.page_outcome").fetchall()]
    gone = [url for url in urls if removals.covers(url)]
    if gone:
        con.execute("delete from raw.page_outcome where list_contains(?, url)", [gone])
    return len(gone)


def _mask(con: duckdb.DuckDBPyConnection, removals: Removals) -> int:
    """Mask names and addresses in every text; rows that say something of a listed person go."""
    count = sum(_drop_persons(con, table, column, removals) for table, column in _PERSONS.items())
    articles = _matching(con, "article", removals)
    revisions = [] if not articles else _column(con, "revision_id", [row_id for row_id, *_ in articles])
    con.execute(_SLICES, [revisions])
    count += _write_masked(con, "article", articles, removals)
    for table in _MASKED_TABLES:
        count += _write_masked(con, table, _matching(con, table, removals), removals)
    con.execute(_SLICE_ANEW)
    con.execute("drop table slice")
    return count


def _drop_persons(con: duckdb.DuckDBPyConnection, table: str, column: str, removals: Removals) -> int:
    names = [name for (name,) in con.execute(f"select distinct {column} from raw.{table}").fetchall()]  # noqa: S608 - ours
    gone = [name for name in names if name and removals.is_named(name)]
    if not gone:
        return 0
    ((count,),) = con.execute(f"delete from raw.{table} where list_contains(?, {column})", [gone]).fetchall()  # noqa: S608 - ours
    return int(count)


def _write_masked(con: duckdb.DuckDBPyConnection, table: str, found: Sequence[_Found], removals: Removals) -> int:
    """Write the rows whose texts the list changes; returns how many."""
    columns = _texts(con, table)
    changed = []
    for row_id, *values in found:
        masked = [_masked(value, removals) for value in values]
        if masked != values:
            changed.append([row_id, *masked])
    if not changed:
        return 0
    kinds = [pa.int64(), *(pa.list_(pa.string()) if is_list else pa.string() for is_list in columns.values())]
    arrays = [pa.array(column, kind) for column, kind in zip(zip(*changed, strict=True), kinds, strict=True)]
    con.register("masked_rows", pa.table(arrays, names=["row_id", *columns]))
    sets = ", ".join(f"{name} = m.{name}" for name in columns)
    mark = f", payload_hash = '{MASKED}'" if table == "article" else ""
    con.execute(f"update raw.{table} as t set {sets}{mark} from masked_rows as m where t.rowid = m.row_id")  # noqa: S608 - ours
    con.unregister("masked_rows")
    return len(changed)


def _masked(value: str | list[str] | None, removals: Removals) -> str | list[str] | None:
    if isinstance(value, list):
        return [removals.mask(item) if item else item for item in value]
    return removals.mask(value) if value else value


def _texts(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, bool]:
    """The columns of a raw table that hold text, and whether each holds a list of it."""
    rows = con.execute(_COLUMNS, [table]).fetchall()
    return {name: is_list for name, is_list in rows if name not in _KEYS and not name.endswith("_id")}


def _matching(con: duckdb.DuckDBPyConnection, table: str, removals: Removals) -> list[_Found]:
    """The rows whose texts the sieve lets through: the row's number and its texts, in the order of `_texts`."""
    columns = _texts(con, table)
    parts = [f"array_to_string({name}, chr(10))" if is_list else name for name, is_list in columns.items()]
    sieved = f"regexp_matches(concat_ws(chr(10), {', '.join(parts)}), ?, 'i')"
    query = f"select rowid, {', '.join(columns)} from raw.{table} where {sieved}"  # noqa: S608 - our own names
    return con.execute(query, [removals.sieve]).fetchall()


def _column(con: duckdb.DuckDBPyConnection, name: str, row_ids: list[int]) -> list[str]:
    rows = con.execute(f"select {name} from raw.article where list_contains(?, rowid)", [row_ids]).fetchall()  # noqa: S608 - ours
    return [value for (value,) in rows]
