"""The catalogue file: what it holds, and that a slip in it is named with its line."""

import re

import pytest

from civic_etl.errors import CatalogueError
from civic_etl.indicators import load_catalogue, read_catalogue

GOOD = """\
version: 1
qualifiers:
  plan: [province]
units:
  household: [hộ]
  percent: ["%"]
indicators:
  # two of them
  - code: households
    domain: population
    name_vi: Số hộ
    name_en: Households
    unit_measure: household
    aggregation: sum
    definition: all of them
    synonyms_vi: [số hộ]
  - code: poor_household_rate
    domain: poverty
    name_vi: Tỷ lệ hộ nghèo
    name_en: Poor households
    unit_measure: percent
    aggregation: weighted_mean
    weight: households
    higher_is_better: false
    breakdowns: {kind: [urban, 2015]}
    definition: by the standard in force
    synonyms_vi: [tỷ lệ hộ nghèo]
    plausible_max: 100
"""


def read(tmp_path, text):
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return read_catalogue(path)


def test_a_catalogue_is_read(tmp_path):
    found = read(tmp_path, GOOD)
    rate = found.indicators["poor_household_rate"]
    assert (found.version, found.units["household"], found.qualifiers) == ("1", ("hộ",), {"plan": ("province",)})
    assert (rate.weight, rate.higher_is_better, rate.plausible_max) == ("households", False, 100.0)
    assert rate.breakdowns == {"kind": ("urban", "2015")}


@pytest.mark.parametrize(
    ("change", "row", "field", "message"),
    [
        (
            ("unit_measure: percent", "unit_measure: per_cent"),
            21,
            "indicators.unit_measure",
            "unknown unit 'per_cent', known are",
        ),
        (("weight: households", "weight: homes"), 23, "indicators.weight", "no indicator has the code 'homes'"),
        (
            ("code: poor_household_rate", "code: households"),
            17,
            "indicators.code",
            "the code households is given twice",
        ),
        (("code: poor_household_rate", "code: Poor"), 17, "indicators.code", "match pattern"),
        (("domain: poverty", "topic: poverty"), 17, "indicators.domain", "the key 'domain' is missing"),
        (
            ("definition: by", "colour: red\n    definition: by"),
            26,
            "indicators.colour",
            "unknown key 'colour', known are code",
        ),
        (("definition: by", "weight: x\n    definition: by"), 26, None, "the key 'weight' is given twice"),
        (
            ("aggregation: weighted_mean", "aggregation: mean"),
            22,
            "indicators.aggregation",
            "'sum', 'weighted_mean' or 'none'",
        ),
        (("urban, 2015", "urban, [x]"), 25, "indicators.breakdowns.kind", "valid string"),
        (("  - code: poor_household_rate", "  - x\n  - code: poor"), 17, "indicators", "no mapping of names to values"),
        (("units:", "measures:"), 1, "units", "the key 'units' is missing"),
        (("version: 1", "version: 1\nextra: 2"), 2, "extra", "unknown key 'extra'"),
        ((GOOD, "- 1\n"), 1, None, "no mapping of names to values"),
        (("version: 1", "version: {"), 3, None, "no YAML"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path, change, row, field, message):
    with pytest.raises(CatalogueError, match=re.escape(message)) as caught:
        read(tmp_path, GOOD.replace(*change))
    assert (caught.value.row, caught.value.field) == (row, field)
    assert "catalogue.yaml" in str(caught.value)


def test_the_shipped_catalogue_is_sound():
    catalogue = load_catalogue()
    assert len(catalogue.indicators) > 200
    assert catalogue.get("budget_revenue").unit_measure == "VND"
    assert catalogue.get("no such code") is None
    means = [entry for entry in catalogue.indicators.values() if entry.weight is not None]
    assert {entry.aggregation for entry in means} == {"weighted_mean"}
