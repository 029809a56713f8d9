"""History packs: out, in, together with the shipped table, and refused as a whole when one row is wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.pack import export_pack, import_pack, pack_in_use, read_pack
from civic_etl.gazetteer.ready import read_ready
from civic_etl.settings import get_settings

Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped table as a pack."""
    return export_pack(tmp_path_factory.mktemp("export") / "pack")


@pytest.fixture
def pack(exported: Path, tmp_path: Path) -> Path:
    """A pack to be spoilt."""
    copy = tmp_path / "source"
    copy.mkdir()
    for file in exported.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


def _change(path: Path, change: Change) -> None:
    table = pq.ParquetFile(path).read()
    rows = table.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_shipped_table_survives_a_round_trip(exported: Path, tmp_path: Path, gazetteer: Gazetteer) -> None:
    report = import_pack(exported, tmp_path / "pack")
    assert (date(2025, 7, 1), 34, 0, 3321) in report.counts
    assert report.units == sum(unit.valid_from < date(2025, 7, 1) for unit in gazetteer.units)
    again = Gazetteer.load(tmp_path / "pack")
    assert {unit.unit_id for unit in again.units} == {unit.unit_id for unit in gazetteer.units}
    assert {unit.unit_id: unit.cluster_id for unit in again.units} == {
        unit.unit_id: unit.cluster_id for unit in gazetteer.units
    }
    assert again.get("3-01840-20040831").lat == gazetteer.get("3-01840-20040831").lat


def test_a_pack_replaces_the_past_and_leaves_the_present(pack: Path, tmp_path: Path) -> None:
    def rename(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["core_name"] == "Song Mai":
                row["core_name"], row["name"] = "Song Mới", f"{row['type']} Song Mới"
            if row["unit_id"] == "3-01840-20250701":
                row["core_name"], row["name"] = "Đức Xuân Mới", "Phường Đức Xuân Mới"
            if row["unit_id"] == "3-01840-20040831":
                row["core_name"], row["name"] = "Đức Xuân Xưa", "Phường Đức Xuân Xưa"

    _change(pack / "units.parquet", rename)
    import_pack(pack, tmp_path / "pack")
    loaded = Gazetteer.load(tmp_path / "pack")
    assert loaded.get("3-01840-20040831").core_name == "Đức Xuân Xưa"
    assert loaded.get("3-01840-20250701").core_name == "Đức Xuân"


def test_what_is_kept_for_a_fast_load_is_what_the_pack_says(exported: Path, tmp_path: Path) -> None:
    import_pack(exported, tmp_path / "kept")
    slow = tmp_path / "slow"
    slow.mkdir()
    for name in ("units.parquet", "bridge.parquet", "events.csv"):
        (slow / name).write_bytes((exported / name).read_bytes())
    fast, plain = Gazetteer.load(tmp_path / "kept"), Gazetteer.load(slow)
    assert fast.units == plain.units
    assert fast.edges == plain.edges
    assert read_ready(tmp_path / "kept") is not None
    # a pack changed by hand is read anew
    (tmp_path / "kept" / "events.csv").write_text("date,decrees\n", encoding="utf-8")
    assert read_ready(tmp_path / "kept") is None
    assert read_ready(slow) is None


def _overlap(rows: list[dict[str, Any]]) -> None:
    row = next(row for row in rows if row["unit_id"] == "2-058-20040831")
    row["vt"] = date(2016, 1, 1)


def _orphan(rows: list[dict[str, Any]]) -> None:
    next(row for row in rows if row["unit_id"] == "3-01840-20040831")["parent_code"] = "999"


def _lost_unit(rows: list[dict[str, Any]]) -> None:
    rows[:] = [row for row in rows if row["unit_id"] != "3-01843-20250701"]


def _no_name(rows: list[dict[str, Any]]) -> None:
    rows[5]["core_name"] = ""


def _turned(rows: list[dict[str, Any]]) -> None:
    rows[7]["vt"] = rows[7]["vf"]


def _edge_to_nowhere(rows: list[dict[str, Any]]) -> None:
    rows[3]["to_unit_id"] = "3-99999-20250701"


def _share(rows: list[dict[str, Any]]) -> None:
    rows[4]["est"] = 1.5


_BAD_ROWS: dict[str, tuple[str, Change, str]] = {
    "overlap": ("units.parquet", _overlap, "overlap"),
    "orphan": ("units.parquet", _orphan, "orphan"),
    "no name": ("units.parquet", _no_name, "core name"),
    "turned": ("units.parquet", _turned, "before it begins"),
    "lost unit": ("units.parquet", _lost_unit, "orphan"),
    "edge to nowhere": ("bridge.parquet", _edge_to_nowhere, "orphan"),
    "share": ("bridge.parquet", _share, "shares"),
}


@pytest.mark.parametrize("bad", _BAD_ROWS)
def test_a_bad_row_is_refused_and_nothing_changes(pack: Path, exported: Path, tmp_path: Path, bad: str) -> None:
    file, change, reason = _BAD_ROWS[bad]
    dest = tmp_path / "pack"
    import_pack(exported, dest)
    before = _files(dest)
    _change(pack / file, change)
    with pytest.raises(GazetteerError, match=reason) as error:
        import_pack(pack, dest)
    assert error.value.file in {"units.parquet", "bridge.parquet"}
    assert error.value.row is not None
    assert _files(dest) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_wrong_count_is_refused(pack: Path, tmp_path: Path) -> None:
    gone = {"3-01843-20250701"}
    _change(
        pack / "bridge.parquet",
        lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["to_unit_id"] not in gone]),
    )
    _change(pack / "units.parquet", _lost_unit)
    with pytest.raises(GazetteerError, match="34/0/3320 units in force instead of 34/0/3321"):
        import_pack(pack, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


def test_an_unknown_column_is_refused(pack: Path) -> None:
    table = pq.ParquetFile(pack / "units.parquet").read()
    pq.write_table(table.append_column("colour", pa.nulls(len(table), pa.string())), pack / "units.parquet")
    with pytest.raises(GazetteerError, match="unknown column 'colour'") as error:
        read_pack(pack)
    assert error.value.file == "units.parquet"


def test_a_missing_column_and_a_missing_value_are_refused(pack: Path) -> None:
    table = pq.ParquetFile(pack / "bridge.parquet").read()
    pq.write_table(table.drop_columns(["lo"]), pack / "bridge.parquet")
    with pytest.raises(GazetteerError, match="'lo' is missing"):
        read_pack(pack)
    rows = table.to_pylist()
    rows[2]["relation"] = None
    free = pa.schema([field.with_nullable(True) for field in table.schema])
    pq.write_table(pa.Table.from_pylist(rows, free), pack / "bridge.parquet")
    with pytest.raises(GazetteerError, match="value is missing") as error:
        read_pack(pack)
    assert (error.value.row, error.value.field) == (3, "relation")


def test_damaged_and_missing_files_are_refused(pack: Path) -> None:
    (pack / "events.csv").write_text("date,decrees\n2008-13-40,15/2008/QH12\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no date") as error:
        read_pack(pack)
    assert error.value.row == 2
    (pack / "events.csv").write_text("when,what\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="columns are not"):
        read_pack(pack)
    (pack / "events.csv").write_text("date,decrees\n", encoding="utf-8")
    (pack / "units.parquet").write_bytes(b"PAR1 not a table")
    with pytest.raises(GazetteerError, match="cannot read"):
        read_pack(pack)
    (pack / "units.parquet").unlink()
    with pytest.raises(GazetteerError, match="cannot read"):
        read_pack(pack)


def test_export_leaves_a_full_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GazetteerError, match="not empty"):
        export_pack(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_imported_pack_is_used_from_then_on(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(rows: list[dict[str, Any]]) -> None:
        row = next(row for row in rows if row["unit_id"] == "3-01840-20040831")
        row["core_name"], row["name"] = "Đức Xuân Xưa", "Phường Đức Xuân Xưa"

    monkeypatch.setenv("CIVIC_ETL_HOME", str(tmp_path / "home"))
    get_settings.cache_clear()
    try:
        assert pack_in_use() is None
        assert Gazetteer.load().get("3-01840-20040831").core_name == "Đức Xuân"
        _change(pack / "units.parquet", rename)
        assert import_pack(pack).folder == tmp_path / "home" / "gazetteer" == pack_in_use()
        assert Gazetteer.load().get("3-01840-20040831").core_name == "Đức Xuân Xưa"
        monkeypatch.setenv("CIVIC_ETL_GAZETTEER_PACK", str(tmp_path / "nowhere"))
        get_settings.cache_clear()
        with pytest.raises(GazetteerError, match="cannot read"):
            Gazetteer.load()
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()
