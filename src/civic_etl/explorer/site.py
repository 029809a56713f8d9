"""Build the site of one release: the page and its assets, and the release's figures cut into small data files."""

import os
import shutil
from importlib import resources
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.explorer.data_files import DataFiles
from civic_etl.explorer.words import examples, words
from civic_etl.warehouse.export import SCHEMA_VERSION

SITE_FORMAT = 1
"""Raised by one with every change of the data files that the page of before cannot read."""

_PACKAGE = resources.files("civic_etl.explorer")
# In this order: the later ones read the tables that `prepare` leaves.
_QUERIES = (
    "release",
    "units",
    "points",
    "succession",
    "indicator",
    "indicator_year",
    "place",
    "article",
    "coverage",
    "sources",
)


def build_site(release: Path) -> None:
    """Write `site/` into the folder of a release that holds `civic.duckdb`.

    The site needs no server and no other host; the database lies in it by a hard link, for the SQL page. Raises
    WarehouseError where the release is of a newer schema than this version knows, duckdb.Error where a table is
    not as it should be, OSError where the disk is full.
    """
    database = release / "civic.duckdb"
    site = release / "site"
    shutil.rmtree(site, ignore_errors=True)
    with resources.as_file(_PACKAGE / "assets") as assets:
        shutil.copytree(assets, site)
    write_data(database, site / "data")
    _link(database, site / "data" / "civic.duckdb")


def write_data(database: Path, folder: Path) -> None:
    """Write the data files of a release's database into `folder`."""
    with duckdb.connect(str(database), read_only=True) as con:
        version, schema = _version(con, database)
        if schema > SCHEMA_VERSION:
            raise WarehouseError(
                f"the release has schema {schema}, this version of civic-etl knows {SCHEMA_VERSION}: update civic-etl",
                file=str(database),
            )
        with resources.as_file(resources.files("civic_etl.gazetteer") / "data" / "units.parquet") as units:
            con.execute("set variable gazetteer = ?", [str(units)])
            con.execute("set variable site_format = ?", [SITE_FORMAT])
            con.execute(_sql("prepare"))
            files = DataFiles(folder, version)
            files.write("words", words())
            files.write("examples", examples())
            for name in _QUERIES:
                files.write_all(con.execute(_sql(name)))


def _version(con: duckdb.DuckDBPyConnection, database: Path) -> tuple[str, int]:
    row = con.execute("select version, schema_version from main.release").fetchone()
    if row is None:
        raise WarehouseError("the database does not say which release it is", file=str(database))
    return str(row[0]), int(row[1])


def _sql(name: str) -> str:
    return (_PACKAGE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _link(source: Path, target: Path) -> None:
    """The same bytes under a second name; copied where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
