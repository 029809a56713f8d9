import re
from decimal import Decimal

import pytest

from civic_etl.errors import CheckFailedError, WarehouseError
from civic_etl.warehouse.corrections import read_corrections

from .conftest import a_warehouse, documents

UNITS = {"3-01840-20040831"}
CODES = {"budget_revenue": {"source", "plan"}}

GOOD = """\
# a misprint
- place: 3-01840-20040831
  indicator: budget_revenue
  period: 2021
  action: override
  expect: 9500000000
  value: 9_600_000_000
  reason: misprint
  evidence: https://backan.vn/2
"""


def read(tmp_path, text):
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    return read_corrections(path, UNITS, CODES)


def test_an_entry_is_read_as_written(tmp_path):
    (entry,) = read(tmp_path, GOOD)
    assert (entry.line, entry.time_period, entry.breakdown, entry.value) == (2, "2021", "{}", Decimal(9600000000))
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("change", "row", "field", "message"),
    [
        (("place: 3-01840-20040831", "place: 3-99999-20040831"), 2, "place", "no unit has the id or full name '3-9999"),
        (("indicator: budget_revenue", "indicator: budget"), 3, "indicator", "no indicator has the code 'budget'"),
        (("reason: misprint", "why: misprint"), 2, "reason", "the key 'reason' is missing"),
        (("reason: misprint", "reason: misprint\n  why: x"), 9, "why", "unknown key 'why', known are place, indicator"),
        (("period: 2021", "period: năm 2021"), 4, "period", "'năm 2021' is no period"),
        (("action: override", "action: delete"), 5, "action", "Input should be 'drop', 'override' or 'flag'"),
        (("  value: 9_600_000_000\n", ""), 2, None, "'value' goes with action 'override'"),
        (("value: 9_600_000_000", "value: nine"), 7, "value", "valid decimal"),
        (("value: 9_600_000_000", "value: 1e33"), 7, "value", "no more than 32 digits before the decimal point"),
        (("value: 9_600_000_000", "value: 1\n  value: 2"), 8, None, "the key 'value' is given twice"),
        (("evidence: https://backan.vn/2", "evidence: hearsay"), 9, "evidence", "match pattern"),
        (("period: 2021", "breakdown: {sort: tax}\n  period: 2021"), 4, "breakdown.sort", "no breakdown 'sort'"),
        (("- place", "- drop it\n- place"), 2, None, "no mapping of names to values"),
        (
            ("  evidence: https://backan.vn/2\n", "  evidence: https://backan.vn/2\n" + GOOD),
            11,
            None,
            "twice, first on line 2",
        ),
    ],
)
def test_a_bad_entry_is_named_with_its_line(tmp_path, change, row, field, message):
    with pytest.raises(WarehouseError, match=re.escape(message)) as caught:
        read(tmp_path, GOOD.replace(*change))
    assert (caught.value.row, caught.value.field) == (row, field)
    assert str(caught.value.file).endswith("corrections.yaml")


def test_a_day_and_a_number_are_taken_as_they_are_written(tmp_path):
    text = (
        GOOD.replace("2021", "2021-12-31").replace("9500000000", "0.070000").replace("9_600", "12345678901234567_600")
    )
    (entry,) = read(tmp_path, text)
    assert (entry.time_period, entry.expect) == ("2021-12-31", Decimal("0.07"))
    assert entry.value == Decimal("12345678901234567600000000")


def test_a_place_may_be_given_by_a_name_that_one_unit_bears(tmp_path):
    path = tmp_path / "corrections.yaml"
    name = "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"
    path.write_text(GOOD.replace("3-01840-20040831", name), encoding="utf-8")
    (entry,) = read_corrections(path, UNITS, CODES, {name.lower(): ["3-01840-20040831"]})
    assert entry.ref_area == "3-01840-20040831"
    with pytest.raises(WarehouseError, match="names 2 units, give the id of one: a, b") as caught:
        read_corrections(path, UNITS, CODES, {name.lower(): ["a", "b"]})
    assert (caught.value.row, caught.value.field) == (2, "place")


def test_no_yaml_is_named_with_its_line(tmp_path):
    with pytest.raises(WarehouseError) as caught:
        read(tmp_path, "- place: [\n")
    assert caught.value.row is not None
    with pytest.raises(WarehouseError, match="a list of entries"):
        read(tmp_path, "place: x\n")


def test_an_override_is_applied_and_one_that_no_longer_fits_stops_the_release(tmp_path):
    path = tmp_path / "corrections.yaml"
    path.write_text(GOOD, encoding="utf-8")
    warehouse = a_warehouse(tmp_path / "home", corrections=path)
    warehouse.load(documents(), run_id="r")
    first = warehouse.release()
    (figure,) = warehouse.query("select * from mart.ward_year where correction_id is not null").to_pylist()
    assert (figure["obs_value"], figure["note"]) == (Decimal(9600000000), "misprint")
    # the claim that says otherwise still competes, and what the source said stays visible
    assert (figure["uncorrected_value"], figure["n_claims"], figure["conflict"]) == (Decimal(9500000000), 2, True)

    # the actual of another period and an estimate are other claims
    path.write_text(GOOD.replace("2021", "2020"), encoding="utf-8")
    with pytest.raises(CheckFailedError, match=r"corrections_match: line 2.*no claim matches"):
        a_warehouse(tmp_path / "home", corrections=path).release()

    path.write_text(GOOD.replace("9500000000", "9400000000"), encoding="utf-8")
    with pytest.raises(
        CheckFailedError, match=r"corrections_match: line 2.* expect 9400000000, problem no claim has the"
    ):
        a_warehouse(tmp_path / "home", corrections=path).release()
    assert warehouse.status().release == first.version
