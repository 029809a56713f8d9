"""`civic-etl gazetteer import`, `export`, `history`: what a user sees, and what a refused pack leaves behind."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civic_etl.gazetteer.pack import export_pack


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped table as a pack."""
    return export_pack(tmp_path_factory.mktemp("export") / "pack")


def _run(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith("CIVIC_ETL_")}
    return subprocess.run(
        [sys.executable, "-c", "from civic_etl.cli import main; main()", "gazetteer", *words],
        env={**env, "CIVIC_ETL_HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_import_says_what_it_took_over_and_how_it_counts(exported: Path, tmp_path: Path) -> None:
    result = _run(tmp_path, "import", str(exported))
    assert result.returncode == 0, result.stderr
    assert "2025-06-30: 63 provinces, 696 districts, 10035 communes (as officially)" in result.stdout
    # the shipped table knows the districts of 2015, not its communes
    assert "2015-06-30: 63 provinces, 713 districts, 10035 communes (officially 63/713/11162)" in result.stdout
    pack = tmp_path / "gazetteer"
    assert {path.name for path in pack.iterdir()} > {"units.parquet", "bridge.parquet", "events.csv"}
    assert pack.stat().st_mode & 0o777 == tmp_path.stat().st_mode & 0o777
    again = _run(tmp_path, "export", str(tmp_path / "again"))
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / "units.parquet").read_bytes() == (exported / "units.parquet").read_bytes()
    assert (tmp_path / "again" / "bridge.parquet").read_bytes() == (exported / "bridge.parquet").read_bytes()


def test_a_refused_pack_is_named_with_file_row_and_reason(exported: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    for path in exported.iterdir():
        (bad / path.name).write_bytes(path.read_bytes())
    table = pq.ParquetFile(bad / "units.parquet").read()
    rows = table.to_pylist()
    at = next(n for n, row in enumerate(rows) if row["unit_id"] == "3-01840-20040831")
    rows[at]["parent_code"] = "999"
    pq.write_table(pa.Table.from_pylist(rows, table.schema), bad / "units.parquet")
    result = _run(tmp_path, "import", str(bad))
    assert result.returncode not in (0, 1)
    for word in ("units.parquet", f"row {at + 1}", "orphan", "3-01840-20040831"):
        assert word in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


def test_the_history_of_duc_xuan(tmp_path: Path) -> None:
    result = _run(tmp_path, "history", "phường Đức Xuân, Bắc Kạn")
    assert result.returncode == 0, result.stderr
    old, new = result.stdout.split("\n01840", 1)
    assert old.startswith("01840  phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn")
    assert new.startswith("  phường Đức Xuân, tỉnh Thái Nguyên  (from 2025-07-01")
    for name in ("Nguyễn Thị Minh Khai", "Huyền Tụng", "Đức Xuân"):
        assert f"made of phường {name}, thành phố Bắc Kạn, tỉnh Bắc Kạn: whole" in new
