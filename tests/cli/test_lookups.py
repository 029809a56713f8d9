"""`gazetteer`, `sources`, `archive`, `query`: small commands that machines read."""

import json
from pathlib import Path

from .conftest import Cli


def test_lookup_in_both_eras(cli: Cli) -> None:
    before = json.loads(cli("gazetteer", "lookup", "phường Đức Xuân, Bắc Kạn", "--on", "2021-01-22", "--json").stdout)
    after = json.loads(
        cli("gazetteer", "lookup", "phường Đức Xuân, Thái Nguyên", "--on", "2025-09-01", "--json").stdout
    )
    assert before[0]["status"] == after[0]["status"] == "resolved"
    assert before[0]["code"] == after[0]["code"] == "01840"
    assert before[0]["unit_id"] != after[0]["unit_id"]


def test_lookup_of_nothing_leaves_with_7(cli: Cli) -> None:
    result = cli("gazetteer", "lookup", "trời mưa")
    assert result.returncode == 7 and result.stdout == ""


def test_history_follows_the_merger(cli: Cli) -> None:
    result = cli("gazetteer", "history", "phường Đức Xuân, Bắc Kạn")
    assert result.returncode == 0
    for name in ("Nguyễn Thị Minh Khai", "Huyền Tụng", "tỉnh Thái Nguyên"):
        assert name in result.stdout


def test_history_of_an_unknown_unit_is_an_error(cli: Cli) -> None:
    result = cli("gazetteer", "history", "phường Không Có Thật")
    assert result.returncode == 7 and result.stderr.count("\n") == 1


def test_pack_goes_out_and_comes_in(cli: Cli, workplace: Path) -> None:
    assert cli("gazetteer", "export", "pack").returncode == 0
    result = cli("gazetteer", "import", "pack")
    assert result.returncode == 0, result.stderr
    assert (workplace / "warehouse" / "gazetteer" / "units.parquet").exists()
    (workplace / "pack" / "bridge.parquet").write_bytes(b"no parquet")
    broken = cli("gazetteer", "import", "pack")
    assert broken.returncode == 7 and "bridge.parquet" in broken.stderr


def test_sources_are_listed_and_detected(cli: Cli) -> None:
    listed = json.loads(cli("sources", "list", "--json").stdout)
    assert len(listed) >= 40 and {"name", "family", "area", "gone"} <= listed[0].keys()
    found = cli("sources", "detect", "https://baobackan.vn/tin-post67483.html", "https://khong.example/a")
    assert found.stdout.splitlines() == ["epi", "generic"]


def test_a_source_file_that_does_not_fit_is_named(cli: Cli, workplace: Path) -> None:
    (workplace / "sources").mkdir()
    (workplace / "sources" / "x.yaml").write_text("name: x\ntitle: X\nhosts: [x.vn]\nlevel: moon\n", "utf-8")
    result = cli("sources", "list", CIVIC_ETL_SOURCES_DIR="sources")
    assert result.returncode == 3 and "x.yaml" in result.stderr and "row 4" in result.stderr


def test_backfill_plan_asks_no_site(cli: Cli) -> None:
    span = ("--from", "2020-01-01", "--to", "2020-12-31")
    plan = json.loads(cli("backfill", "--source", "baohatinh.vn", *span, "--dry-run", "--json").stdout)
    assert (plan["listed"], plan["discovered"]) == (0, False)
    unknown = cli("backfill", "--source", "nowhere", *span, "--dry-run")
    assert unknown.returncode == 3 and "nowhere" in unknown.stderr
    turned = cli("backfill", "--source", "baohatinh.vn", "--from", "2021-01-01", "--to", "2020-01-01", "--dry-run")
    assert turned.returncode == 3 and "before it begins" in turned.stderr
