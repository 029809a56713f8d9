"""`extract`: documents in, one observation a line out."""

import json
from pathlib import Path
from typing import Any

from .conftest import Cli

FIELDS = {
    *("doc_id", "ref_area", "ref_area_code", "ref_area_name", "sub_area", "indicator", "indicator_text", "breakdown"),
    *("measure", "obs_value", "obs_value_upper", "numerator", "denominator", "unit_measure", "comparator"),
    *("time_period", "value_kind", "char_start", "char_end", "quote", "evidence", "confidence", "rules"),
}
TEXT = "Năm 2020, thu ngân sách trên địa bàn phường Đức Xuân đạt 8 tỷ 642 triệu đồng."
AREA = "thành phố Bắc Kạn, tỉnh Bắc Kạn"


def document(doc_id: str, **fields: Any) -> str:
    """One line of a batch."""
    row = {"doc_id": doc_id, "url": "", "title": "", "published": "2021-01-22", "site_area": AREA, "text": TEXT}
    return json.dumps(row | fields, ensure_ascii=False)


def test_batch_gives_one_observation_a_line(cli: Cli, workplace: Path) -> None:
    (workplace / "docs.jsonl").write_text(document("a") + "\n" + document("b", text="Trời đẹp.") + "\n", "utf-8")
    result = cli("extract", "--batch", "docs.jsonl")
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["doc_id"] for row in rows] == ["a"], "a document without figures writes no line"
    row = rows[0]
    assert row.keys() >= FIELDS
    assert (row["indicator"], row["obs_value"], row["unit_measure"]) == ("budget_revenue", 8642000000, "VND")
    assert (row["time_period"], row["value_kind"], row["breakdown"]) == ("2020", "actual", {})
    assert row["ref_area"].startswith("3-01840-") and row["ref_area_name"] == f"phường Đức Xuân, {AREA}"
    assert TEXT[row["char_start"] : row["char_end"]] == row["quote"] == "8 tỷ 642 triệu đồng"


def test_a_broken_line_is_named_and_the_rest_goes_on(cli: Cli, workplace: Path) -> None:
    lines = [document("a"), "{not json", document("b", published="2021-13-40"), document("a"), "", document("c")]
    (workplace / "docs.jsonl").write_text("\n".join(lines), "utf-8")
    result = cli("extract", "--batch", "docs.jsonl")
    assert result.returncode == 11
    assert [json.loads(line)["doc_id"] for line in result.stdout.splitlines()] == ["a", "c"]
    errors = result.stderr.splitlines()
    assert len(errors) == 3 and all("docs.jsonl" in line for line in errors)
    assert ["row 2" in errors[0], "row 3" in errors[1], "row 4" in errors[2]] == [True, True, True]
    assert "published" in errors[1] and "twice" in errors[2]


def test_batch_from_stdin(cli: Cli) -> None:
    result = cli("extract", "--batch", "-", stdin=document("a"))
    assert result.returncode == 0 and len(result.stdout.splitlines()) == 1


def test_all_facts_name_their_kind(cli: Cli, workplace: Path) -> None:
    (workplace / "docs.jsonl").write_text(document("a"), "utf-8")
    rows = [json.loads(line) for line in cli("extract", "--batch", "docs.jsonl", "--what", "all").stdout.splitlines()]
    assert {"observations"} <= {row["fact"] for row in rows}


def test_a_text_file(cli: Cli, workplace: Path) -> None:
    (workplace / "bai.txt").write_text(f"Tổng kết công tác\n\n{TEXT}\n", "utf-8")
    result = cli("extract", "bai.txt", "--published", "2021-01-22", "--site-area", AREA)
    assert result.returncode == 0 and json.loads(result.stdout)["obs_value"] == 8642000000


def test_wrong_use_is_told(cli: Cli, workplace: Path) -> None:
    for arguments in ((), ("a.txt", "--batch", "b.jsonl"), ("--batch", "b.jsonl", "--what", "nothing")):
        result = cli("extract", *arguments)
        assert result.returncode == 2 and result.stdout == "" and "Traceback" not in result.stderr
    missing = cli("extract", "--batch", "nowhere.jsonl")
    assert missing.returncode == 1 and "nowhere.jsonl" in missing.stderr


def test_phrases_that_the_catalogue_lacks_are_grouped(cli: Cli) -> None:
    texts = ("Phường tặng 12 chiếc diều giấy.", "Xã tặng 30 chiếc diều giấy cho thôn Đông.")
    lines = "\n".join([document("a", text=texts[0]), "{not json", document("b", text=texts[1])])
    result = cli("unresolved", "--batch", "-", "--format", "json", stdin=lines)
    assert result.returncode == 0, result.stderr
    assert "row 2" in result.stderr
    groups = json.loads(result.stdout)
    assert sum(group["n"] for group in groups) == 2
    assert all("diều giấy" in group["phrase"] and group["example"] in texts for group in groups)
