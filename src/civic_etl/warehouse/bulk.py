"""Load tables that have the layout of the raw tables: whole sets, never row by row."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.items import LoadReport

FACT_TABLES = ("observation", "office_mention", "event", "distinction", "outcome", "unresolved")

Incoming: TypeAlias = pa.Table | Path
"""Rows as an Arrow table, or the Parquet file that holds them."""

# A fetch older than the one that a stored reading came from must not overwrite it: batches may come in any order.
_TODO = """
create or replace temp table todo as
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
from (select revision_id, payload_hash, payload_seen_at from incoming_article
      anti join todo using (revision_id)) as i
where raw.article.revision_id = i.revision_id and raw.article.payload_hash = i.payload_hash
  and i.payload_seen_at > coalesce(raw.article.payload_seen_at, timestamp '-infinity')
"""

_IN_FORCE = """
create or replace temp table {name} as
select s.article_id, arg_max(s.revision_id, coalesce(s.seen_at, timestamp '-infinity')) as revision_id
from raw.sighting as s
where s.article_id in (select i.article_id from incoming_sighting as i)
group by s.article_id
"""

_OTHER_REVISION = """
delete from raw.sighting as s using incoming_sighting as i
where s.article_id = i.article_id and s.seen_at is not distinct from i.seen_at and s.revision_id <> i.revision_id
"""

_NEW_SIGHTINGS = """
insert into raw.sighting by name
select i.* from incoming_sighting as i
anti join raw.sighting as s
    on i.article_id = s.article_id and i.seen_at is not distinct from s.seen_at and i.revision_id = s.revision_id
"""

_TWICE = "select revision_id from incoming_article group by revision_id having count(*) > 1 order by 1 limit 1"


def load_tables(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Incoming]) -> LoadReport:
    """Load tables named as the raw tables (`article`, `sighting`, and those of FACT_TABLES) in the open transaction.

    Every row of a fact belongs to a revision of `article`, and a revision comes once. Raises WarehouseError naming a
    revision that comes twice.
    """
    with incoming(con, "article", tables["article"]), incoming(con, "sighting", tables["sighting"]):
        twice = con.execute(_TWICE).fetchall()
        if twice:
            raise WarehouseError(f"revision {twice[0][0]} comes twice in one batch", field="article.revision_id")
        return load_incoming(con, lambda _: {name: tables[name] for name in FACT_TABLES if name in tables})


def load_incoming(
    con: duckdb.DuckDBPyConnection, facts: Callable[[frozenset[str]], Mapping[str, Incoming]]
) -> LoadReport:
    """Load the views incoming_article and incoming_sighting; `facts` gives the rows of the revisions it is told.

    It may give more rows than it is asked for: those of revisions that stay as they are, are left out.
    """
    con.execute(_TODO)
    revisions = frozenset(row[0] for row in con.execute("select revision_id from todo").fetchall())
    ((known,),) = con.execute("select count(*) from todo where known").fetchall()
    ((offered,),) = con.execute("select count(distinct revision_id) from incoming_article").fetchall()
    con.execute(_IN_FORCE.format(name="in_force_before"))
    rows = dict.fromkeys(FACT_TABLES, 0)
    if known:
        for name in ("article", *FACT_TABLES):
            con.execute(f"delete from raw.{name} where revision_id in (select revision_id from todo where known)")  # noqa: S608
    if revisions:
        con.execute("insert into raw.article by name select * from incoming_article semi join todo using (revision_id)")
        rows |= {name: _insert(con, name, source) for name, source in facts(revisions).items()}
    if len(revisions) < offered:
        con.execute(_SEEN_LATER)
    con.execute(_OTHER_REVISION)
    con.execute(_NEW_SIGHTINGS)
    con.execute(_IN_FORCE.format(name="in_force_after"))
    con.execute("delete from raw.refusal where article_id in (select i.article_id from incoming_article as i)")
    ((switched,),) = con.execute(
        "select count(*) from in_force_before as b join in_force_after as a using (article_id) "
        "where a.revision_id <> b.revision_id"
    ).fetchall()
    return LoadReport(
        new=len(revisions) - known,
        replaced=known,
        unchanged=offered - len(revisions),
        switched=switched,
        observations=rows["observation"],
    )


@contextmanager
def incoming(con: duckdb.DuckDBPyConnection, table: str, rows: Incoming, prefix: str = "incoming") -> Iterator[None]:
    """The rows as view `<prefix>_<table>` for the length of the block.

    After an error the view stays: the transaction is aborted then, and nothing but its rollback would be let through.
    """
    name = f"{prefix}_{table}"
    if isinstance(rows, Path):
        con.read_parquet(str(rows)).create_view(name, replace=True)
        yield
        con.execute(f"drop view {name}")
    else:
        con.register(name, rows)
        yield
        con.unregister(name)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Incoming) -> int:
    with incoming(con, table, rows, "written"):
        ((count,),) = con.execute(
            f"insert into raw.{table} by name select * from written_{table} semi join todo using (revision_id)"  # noqa: S608
        ).fetchall()
    return int(count)
