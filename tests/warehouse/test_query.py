import io
import json
import unicodedata
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.query import plain_number, query, render

TABLE = pa.table(
    {
        "name": ["phường Đức Xuân", None],
        "value": pa.array([Decimal("9130000000.000000"), Decimal("0.070000")], pa.decimal128(38, 6)),
        "ids": [["a"], []],
        "flag": [True, False],
    }
)


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to 'stolen.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "create table t as select 1",
        "delete from mart.ward_year",
        "install httpfs",
        "export database 'all'",
        "select nonsense",
    ],
)
def test_nothing_but_reading_the_release_is_possible(built, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WarehouseError):
        built.warehouse.query(statement)
    assert list(tmp_path.iterdir()) == []


def test_no_release_is_said(tmp_path):
    with pytest.raises(WarehouseError, match="no release yet"):
        query(tmp_path / "current", "select 1")


def test_forms():
    assert render(TABLE, "csv").decode() == (
        'name,value,ids,flag\nphường Đức Xuân,9130000000,"[""a""]",true\n,0.07,[],false\n'
    )
    assert json.loads(render(TABLE, "json")) == [
        {"name": "phường Đức Xuân", "value": 9130000000, "ids": ["a"], "flag": True},
        {"name": None, "value": 0.07, "ids": [], "flag": False},
    ]
    assert pq.read_table(io.BytesIO(render(TABLE, "parquet"))).equals(TABLE)
    grid = render(TABLE, "table").decode()
    assert "9130000000" in grid
    assert '["a"]' in grid
    assert grid.endswith("2 rows\n")


@pytest.mark.parametrize(("value", "text"), [("100", "100"), ("0.50", "0.5"), ("-3.000", "-3"), ("1E+3", "1000")])
def test_plain_number(value, text):
    assert plain_number(Decimal(value)) == text


def test_macros(built):
    ask = built.warehouse.query
    history = ask("select distinct ref_area from ward_history('Duc Xuan', 'Bac Kan')").to_pylist()
    assert history == [{"ref_area": "3-01840-20040831"}]
    assert ask("from find_units('huyen tung')").num_rows == 2
    (figure,) = ask("select * from mart.ward_year where indicator = 'poor_household_rate'").to_pylist()
    (proof,) = ask(f"from evidence('{figure['winning_observation_id']}')").to_pylist()
    assert proof["url"] == "https://backan.vn/1"
    assert proof["quote"] in proof["evidence"]
    assert proof["warc_path"] == "backan/2021-02-0000.warc.gz"
    claims = ask("from claims('3-01840-20040831', 'budget_revenue', 2021)").to_pylist()
    assert [claim["is_figure_of_record"] for claim in claims] == [True, True, False]


def test_search_ignores_case_accents_and_how_they_are_written(built):
    ask = built.warehouse.query
    decomposed = unicodedata.normalize("NFD", "ĐỨC XUÂN")
    assert ask(f"from find_units('{decomposed}')").num_rows == ask("from find_units('duc xuan')").num_rows == 2
    assert ask("from find_indicators('HO NGHEO')").num_rows >= 2
    assert ask("from find_claims('HOUSEHOLDS 1000')").num_rows == 1


def test_evidence_of_a_superseded_claim_is_still_there(built):
    (old,) = built.warehouse.query("select observation_id from core.fct_observation_superseded").to_pylist()
    (proof,) = built.warehouse.query(f"from evidence('{old['observation_id']}')").to_pylist()
    assert (proof["is_current"], proof["url"]) == (False, "https://backan.vn/4")


def test_no_total_unless_asked_for(built):
    totals = "select obs_value, value_origin, n_reporting from district_totals('households'{}) where year = 2020"
    assert built.warehouse.query(totals.format("")).to_pylist() == [
        {"obs_value": None, "value_origin": "incomplete", "n_reporting": 1}
    ]
    assert built.warehouse.query(totals.format(", partial := true")).to_pylist() == [
        {"obs_value": Decimal(1000), "value_origin": "partial", "n_reporting": 1}
    ]


def test_what_is_missing_of_a_ward(built):
    rows = built.warehouse.query("select indicator, year, status from missing('duc xuan', 'bac kan')").to_pylist()
    assert {"indicator": "poor_household_rate", "year": 2021, "status": "missing"} in rows
