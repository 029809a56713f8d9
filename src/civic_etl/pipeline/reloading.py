"""Load pages that were read before: what they no longer say is taken out, as if they were read for the first time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.pipeline.loading import load
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.reading import Reading
from civic_etl.pipeline.run import Run
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened, transaction
from civic_etl.warehouse.items import LoadReport
from civic_etl.warehouse.keys import article_id, revision_id
from civic_etl.warehouse.validate import refusal

_READ = pa.schema([("warc_path", pa.string()), ("warc_offset", pa.int64()), ("url", pa.string())])
_GIVEN = pa.schema(
    [
        ("warc_path", pa.string()),
        ("warc_offset", pa.int64()),
        ("article_id", pa.string()),
        ("revision_id", pa.string()),
        ("refused", pa.bool_()),
    ]
)

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
    """Which records were read, and the revision that each gave."""

    read: list[tuple[str, int, str]] = field(default_factory=list)
    given: list[tuple[str, int, str, str, bool]] = field(default_factory=list)

    def listen(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Pass readings on, keeping note of them."""
        for reading in readings:
            for outcome in reading.outcomes:
                # A record that the archive cannot give says nothing; what was read of it before stays.
                if outcome.status is not None and outcome.warc_path is not None and outcome.warc_offset is not None:
                    self.read.append((outcome.warc_path, outcome.warc_offset, outcome.url))
            for item in reading.items:
                fetched = item.fetched
                if fetched is not None and fetched.warc_path is not None and fetched.warc_offset is not None:
                    key = article_id(item.article.canonical_url)
                    refused = refusal(item) is not None
                    place = (fetched.warc_path, fetched.warc_offset)
                    self.given.append((*place, key, revision_id(item.article), refused))
            yield reading


def reload(run: Run, readings: Iterable[Reading], *, pages: int | None = None) -> LoadReport:
    """Load readings of pages that the warehouse may hold already; hold the warehouse while calling.

    Afterwards the raw tables hold of these pages what a first load of them would have given. Raises WarehouseError
    where DuckDB refuses a batch; the batches before it stay, and the next reparse goes on there.
    """
    noted = _Noted()
    loaded = load(run, noted.listen(readings), pages=pages)
    taken_out = _take_out(run, noted)
    if taken_out:
        say(f"reparse: {taken_out} revisions that no page gives any more were taken out")
        # They were replaced by nothing; the release must know that tables changed.
        gone = LoadReport(replaced=taken_out)
        run.report.load += gone
        loaded += gone
    return loaded


def _take_out(run: Run, noted: _Noted) -> int:
    path = run.settings.build_file
    try:
        with opened(path, hint=IF_BUILD_DAMAGED) as con, transaction(con):
            con.register("page_read", _table(noted.read, _READ))
            con.register("page_given", _table(noted.given, _GIVEN))
            con.execute(_SIGHTINGS)
            con.execute(_ORPHANS)
            ((count,),) = con.execute("select count(*) from orphan").fetchall()
            for name in ("article", *FACT_TABLES):
                con.execute(f"delete from raw.{name} where revision_id in (select revision_id from orphan)")  # noqa: S608
            con.execute(_REFUSALS)
    except duckdb.Error as error:
        raise WarehouseError(f"outdated readings cannot be taken out: {error}", file=str(path)) from error
    return int(count)


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema)
