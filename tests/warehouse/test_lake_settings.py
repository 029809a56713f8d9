"""What a lake may be, and that a build file is never in the hands of a DuckDB that loses rows of it."""

from pathlib import Path

import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.settings import Settings
from civic_etl.warehouse.warehouse import Warehouse


@pytest.mark.parametrize("catalog", ["ducklake:sqlite:lake.db", "ducklake:lake.ducklake", "postgres:dbname=x"])
def test_a_catalog_for_one_writer_is_refused(catalog: str) -> None:
    with pytest.raises(ValueError, match="for one writer"):
        Settings(warehouse=catalog, lake_data="data")


@pytest.mark.parametrize("secret", ["dbname=x password=y", "postgresql://user:word@host/x"])
def test_a_password_is_not_taken(secret: str) -> None:
    with pytest.raises(ValueError, match="holds a password"):
        Settings(warehouse=f"ducklake:postgres:{secret}", lake_data="data")


def test_a_lake_needs_a_place() -> None:
    with pytest.raises(ValueError, match="belong together"):
        Settings(warehouse="ducklake:postgres:dbname=x")


def test_an_older_duckdb_gets_no_build_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "__version__", "1.5.5")
    house = Warehouse(Settings(home=tmp_path))
    with pytest.raises(WarehouseError, match="loses rows of a build file"):
        house.load([], run_id="r")
    assert not house.settings.build_file.exists()
