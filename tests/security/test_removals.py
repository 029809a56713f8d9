"""What is on the removal list is in no later release: every table, every file, to the explorer's search."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import civic_etl.explorer
from civic_etl.errors import SettingsError
from civic_etl.removals import removals_of
from civic_etl.removals.names import NameFinder
from civic_etl.settings import Settings
from civic_etl.warehouse.taking_out import take_out
from warehouse.conftest import a_warehouse

from .nights import LIST, OTHER, PAGES, PERSON, Nights, documents, hostile, raw

# What every site has from the package, the same before any page was read.
ASSETS = Path(civic_etl.explorer.__file__).parent / "assets"


def plain(table: pa.Table) -> str:
    """All cells of a table as text."""
    return json.dumps(table.to_pylist(), ensure_ascii=False, default=str)


def texts(release: Path) -> Iterator[tuple[str, str]]:
    """Every text of a release with the place it is in: cells of the database and of Parquet, and all other files."""
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        tables = con.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            yield (
                table,
                json.dumps(con.sql(f"from {table}").to_arrow_table().to_pylist(), ensure_ascii=False, default=str),
            )
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        name = str(path.relative_to(release))
        if path.suffix == ".parquet":
            yield name, plain(pq.read_table(path))
        elif not (ASSETS / path.name).is_file():
            yield name, path.read_bytes().decode("utf-8", "ignore")


def is_in(text: str) -> bool:
    """Whether a text names the person or has one of the two addresses."""
    return any(known in text for known in ("bai-rieng.html", "chan-dung")) or bool([*NameFinder(PERSON).spans(text)])


def places_of(release: Path) -> set[str]:
    """Where a release still names the person or has one of the two addresses."""
    return {place for place, text in texts(release) if is_in(text)}


def test_before_the_list_it_is_everywhere(nights: Nights) -> None:
    """So that the test that finds nothing later looks where there was something."""
    found = places_of(nights.before.release.path)
    assert {"core.fct_article", "core.fct_office_mention", "core.fct_distinction", "core.fct_page"} <= found
    assert {"core.fct_observation", "core.fct_unresolved", "parquet/core.fct_article.parquet"} <= found
    assert any(place.startswith("site/data/") for place in found)


def test_after_it_nothing_has_it(nights: Nights) -> None:
    assert nights.after.release.fresh and nights.after.release.version != nights.before.release.version
    assert places_of(nights.after.release.path) == set()


def test_the_rest_stays_and_every_offset_fits(nights: Nights) -> None:
    with duckdb.connect(str(nights.after.release.path / "civic.duckdb"), read_only=True) as con:
        ((url, text, title, captions),) = con.execute(
            "select url, text, title, captions from core.fct_article where url like '%bai-chung%'"
        ).fetchall()
        assert url == "https://backan.vn/tin/bai-chung.html" and OTHER in text and "9130000000" in text
        assert title.startswith("Đồng chí ████ ███ ████ ████")
        assert captions == ["Bà ████ ███ ████ ████ phát biểu", "Toàn cảnh"]
        assert con.execute("select person from core.fct_office_mention").fetchall() == [(OTHER,)]
        assert con.execute("select count(*) from core.fct_distinction").fetchall() == [(0,)]
        found = con.execute(
            "select char_start, char_end, quote, evidence_start, evidence_end, evidence from core.fct_observation "
            "semi join (from core.fct_article where url like '%bai-chung%') using (article_id)"
        ).fetchall()
        assert len(found) == 2
        for start, end, quote, first, last, evidence in found:
            assert text[start:end] == quote and text[first:last] == evidence
        assert 9130000000 in {value for (value,) in con.execute("select obs_value from mart.ward_year").fetchall()}
        ((reason,),) = con.execute("select reason from core.fct_page where outcome = 'moved'").fetchall()
        assert reason.startswith("moved to ████")


def test_no_release_says_who_signed_an_article(nights: Nights) -> None:
    with duckdb.connect(str(nights.before.release.path / "civic.duckdb"), read_only=True) as con:
        named = con.execute("select table_name from information_schema.columns where column_name ilike '%author%'")
        assert named.fetchall() == []


def test_the_build_file_has_none_of_it_either(nights: Nights) -> None:
    assert [name for name, rows in nights.raw_after.items() if any(map(is_in, rows))] == []
    assert is_in(str(nights.raw_before["article"]))


def taken_out_again(nights: Nights) -> dict[str, list[str]]:
    """The raw tables after the list was applied once more."""
    with duckdb.connect(str(nights.home / "build" / "civic.duckdb")) as con:
        take_out(con, removals_of(Settings(removals=nights.listed)))
    return raw(nights.home)


def test_the_same_pages_again_change_nothing(nights: Nights) -> None:
    assert taken_out_again(nights) == nights.raw_after
    a_warehouse(nights.home, removals=nights.listed).load([*documents(), hostile()], PAGES, run_id="again")
    assert taken_out_again(nights) == nights.raw_after


def test_an_entry_withdrawn_comes_back_with_the_next_reading(nights: Nights) -> None:
    a_warehouse(nights.home).load([*documents(), hostile()], PAGES, run_id="withdrawn")
    assert raw(nights.home) == nights.raw_before
    assert taken_out_again(nights) == nights.raw_after


def test_a_bad_entry_stops_the_night_and_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "removals.yaml"
    path.write_text(LIST + "- person: Thuỷ\n  reason: x\n  date: 2026-11-02\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no full name") as caught:
        a_warehouse(tmp_path / "home", removals=path).load(documents(), run_id="night")
    assert (caught.value.file, caught.value.row) == (str(path), 7)


def test_an_empty_list_takes_out_nothing(tmp_path: Path) -> None:
    path = tmp_path / "removals.yaml"
    path.write_text("# nobody yet\n", encoding="utf-8")
    warehouse = a_warehouse(tmp_path / "home", removals=path)
    assert warehouse.load(documents(), run_id="night").new == 3
