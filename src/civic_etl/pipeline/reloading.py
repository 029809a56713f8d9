"""Load pages that were read before: what they no longer say is taken out, as if they were read for the first time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_etl.errors import WarehouseError
from civic_etl.pipeline.loading import load
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.run import Run
from civic_etl.warehouse import tables
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.database import transaction
from civic_etl.warehouse.items import LoadReport
from civic_etl.warehouse.parts import Part

_SIGHTINGS = """
delete from raw.sighting as s using page_read as p
where s.warc_path = p.warc_path and s.warc_offset = p.warc_offset
  and (s.article_id, s.revision_id) not in (
      select (g.article_id, g.revision_id) from page_given as g
      where g.warc_path = p.warc_path and g.warc_offset = p.warc_offset and not g.refused
  )
"""
# Only revisions of these pages: what was given by hand and replaced since has no sighting either, and is not ours.
_ORPHANS = """
create or replace temp table orphan as
select distinct a.revision_id
from raw.article as a
where a.url in (select p.url from page_read as p)
  and not exists (select 1 from raw.sighting as s where s.revision_id = a.revision_id)
"""
_REFUSALS = """
delete from raw.refusal as r
where r.url in (select p.url from page_read as p)
  and r.article_id not in (select g.article_id from page_given as g where g.refused)
"""


@dataclass(slots=True)
class _Noted:
    """Which records were read, and the revision that each gave: Arrow tables, which take little room."""

    read: list[pa.Table] = field(default_factory=list)
    given: list[pa.Table] = field(default_factory=list)

    def listen(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Pass parts on, keeping note of them."""
        for part in parts:
            pages = part.tables["page_outcome"]
            # A record that the archive cannot give says nothing; what was read of it before stays.
            known = pc.and_(pc.is_valid(pages["status"]), pc.is_valid(pages["warc_offset"]))
            self.read.append(pages.filter(known).select(["warc_path", "warc_offset", "url"]))
            documents = part.tables["document"]
            archived = documents.filter(pc.is_valid(documents["warc_offset"]))
            self.given.append(archived.select(["warc_path", "warc_offset", "article_id", "revision_id", "refused"]))
            yield part


def reload(run: Run, parts: Iterable[Part], *, pages: int | None = None) -> LoadReport:
    """Load what came of pages that the warehouse may hold already; hold the warehouse while calling.

    Afterwards the raw tables hold of these pages what a first load of them would have given. Raises WarehouseError
    where DuckDB refuses a batch; the batches before it stay, and the next reparse goes on there.
    """
    noted = _Noted()
    loaded = load(run, noted.listen(parts), pages=pages)
    taken_out = _take_out(run, noted) if noted.read else 0
    if taken_out:
        say(f"reparse: {taken_out} revisions that no page gives any more were taken out")
        # They were replaced by nothing; the release must know that tables changed.
        gone = LoadReport(replaced=taken_out)
        run.report.load += gone
        loaded += gone
    return loaded


def _take_out(run: Run, noted: _Noted) -> int:
    with tables.writing(run.settings) as con:
        con.register("page_read", pa.concat_tables(noted.read))
        con.register("page_given", pa.concat_tables(noted.given))
        return tables.in_turn(run.settings, None, lambda: _delete(con))


def _delete(con: duckdb.DuckDBPyConnection) -> int:
    try:
        with transaction(con):
            con.execute(_SIGHTINGS)
            con.execute(_ORPHANS)
            ((count,),) = con.execute("select count(*) from orphan").fetchall()
            for name in ("article", *FACT_TABLES):
                con.execute(f"delete from raw.{name} where revision_id in (select revision_id from orphan)")  # noqa: S608
            con.execute(_REFUSALS)
    except duckdb.Error as error:
        raise WarehouseError(f"outdated readings cannot be taken out: {error}") from error
    return int(count)
