"""Where the raw tables are: in the one writer's build file, or in a lake that several write."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.settings import Settings
from civic_etl.warehouse import lake
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, LEAST_OF_BUILD_FILES, may_write_build_files, opened
from civic_etl.warehouse.layout import bring_to_layout
from civic_etl.warehouse.migrate import migrate

_KNOWN = """
select 1 from duckdb_tables()
where database_name = current_database() and schema_name = 'raw' and table_name = 'page_outcome'
"""
Result = TypeVar("Result")


@contextmanager
def writing(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes the raw tables, brought to today's layout.

    Raises WarehouseError for a build file in the hands of a DuckDB that loses rows of it.
    """
    if settings.warehouse is not None:
        with lake.attached(settings) as con:
            lake.in_turn(settings, None, lambda: _prepare(con))
            yield con
        return
    if not may_write_build_files(duckdb.__version__):
        raise WarehouseError(
            f"DuckDB {duckdb.__version__} loses rows of a build file when it is killed: install "
            f"{LEAST_OF_BUILD_FILES}.0 or later, or set `warehouse` to a DuckLake",
            file=str(settings.build_file),
        )
    settings.build_file.parent.mkdir(parents=True, exist_ok=True)
    with opened(settings.build_file, hint=IF_BUILD_DAMAGED) as con:
        _prepare(con)
        yield con


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A connection that reads the raw tables; None where nothing was loaded yet."""
    if settings.warehouse is not None:
        with lake.attached(settings) as writer:
            # A lake that nobody wrote yet is made by whoever first opens it to write.
            is_known = bool(writer.execute(_KNOWN).fetchall())
            yield writer if is_known else None
        return
    if not settings.build_file.exists():
        yield None
        return
    with opened(settings.build_file, read_only=True, hint=IF_BUILD_DAMAGED) as con:
        yield con if con.execute(_KNOWN).fetchall() else None


def in_turn(settings: Settings, hosts: Collection[str] | None, work: Callable[[], Result]) -> Result:
    """Do `work`, one transaction: at once in a build file, whose one writer holds it, else when it is the turn of its
    hosts (of nobody else where `hosts` is None)."""
    return work() if settings.warehouse is None else lake.in_turn(settings, hosts, work)


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    migrate(con)
    bring_to_layout(con)
