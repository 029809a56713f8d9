"""Parts: whole on disk or not there, the same rows however they are cut, and none that other versions read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.items import LoadItem
from civic_etl.warehouse.load import load_parts
from civic_etl.warehouse.migrate import migrate
from civic_etl.warehouse.part_files import read_part, write_part
from civic_etl.warehouse.parts import TABLES, Part, part_of

from .conftest import documents, pages
from .makers import VERSIONS, Draft


def whole() -> Part:
    """Everything of the test country in one part."""
    return part_of(documents(), pages(), VERSIONS)


def test_a_part_comes_back_from_its_files(tmp_path: Path) -> None:
    part = whole()
    assert part.tables["observation"].num_rows > 5 and part.pages == 5
    write_part(part, tmp_path / "one")
    assert read_part(tmp_path / "one") == part
    write_part(part_of([], [], VERSIONS), tmp_path / "empty")
    empty = read_part(tmp_path / "empty")
    assert empty.pages == 0 and {name: empty.tables[name].schema for name in TABLES} == {
        name: part.tables[name].schema for name in TABLES
    }


def test_a_part_that_is_written_twice_is_there_once(tmp_path: Path) -> None:
    write_part(whole(), tmp_path / "one")
    write_part(part_of([], [], VERSIONS), tmp_path / "one")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert read_part(tmp_path / "one") == whole(), "the first stands"


def test_half_a_part_is_none(tmp_path: Path) -> None:
    write_part(whole(), tmp_path / "one")
    (tmp_path / "one" / "_metadata").unlink()
    with pytest.raises(WarehouseError, match="cannot be read"):
        read_part(tmp_path / "one")
    with pytest.raises(WarehouseError, match="cannot be written"):
        write_part(whole(), tmp_path / "gone" / "one")
    assert not (tmp_path / "gone").exists()


def test_other_versions_are_refused() -> None:
    stranger = replace(whole(), versions=replace(VERSIONS, extractor="other"))
    with duckdb.connect() as con:
        migrate(con)
        with pytest.raises(WarehouseError, match="the same civic-etl"):
            load_parts(con, [whole(), stranger], run_id="r", versions=VERSIONS)
        assert con.execute("select count(*) from raw.article").fetchone() == (0,)


def again(day: int) -> LoadItem:
    """A page that says the same on every day, read with another result on each."""
    draft = Draft("https://a.vn/1", fetched_at=datetime(2021, 2, 1, tzinfo=UTC) + timedelta(days=day))
    return draft.says("budget_revenue", "9130000000", "2020", confidence=day / 10).item()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_a_revision_in_several_parts_the_last_reading_stands(order: tuple[int, ...]) -> None:
    parts = [part_of([again(day)], [], VERSIONS) for day in order]
    with duckdb.connect() as con:
        migrate(con)
        report = load_parts(con, parts, run_id="r", versions=VERSIONS)
        assert (report.documents, report.new) == (3, 1)
        assert con.execute("select confidence from raw.observation").fetchall() == [(0.2,)]
        assert con.execute("select count(*) from raw.sighting").fetchone() == (3,)
