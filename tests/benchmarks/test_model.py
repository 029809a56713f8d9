"""The country on paper follows from what was measured and what is assumed, and names a figure that is missing."""

import re
from pathlib import Path

import pytest
import yaml

from .test_driver import ROOT, run

COUNTRY = ROOT / "benchmarks" / "scale" / "country.yaml"
_ROW = re.compile(r"^\| ([^|]+?) \| ([\d.,]+) ([^|,]*)", re.MULTILINE)


def amounts(country: Path = COUNTRY) -> dict[str, tuple[float, str]]:
    """By row: the first figure of its amount, and the figure's unit."""
    ran = run("scale/model.py", "--country", str(country))
    assert ran.returncode == 0, ran.stderr
    return {what: (float(figure.replace(",", "")), unit.strip()) for what, figure, unit in _ROW.findall(ran.stdout)}


def test_twice_the_pages_take_twice_as_long_where_the_cost_is_a_pages(tmp_path: Path) -> None:
    one = yaml.safe_load(COUNTRY.read_text(encoding="utf-8"))
    double = tmp_path / "country.yaml"
    double.write_text(yaml.safe_dump({**one, "pages": 2 * one["pages"]}), encoding="utf-8")
    before, after = amounts(), amounts(double)
    assert before.keys() == after.keys()
    for what in ("parse", "extract", "archive", "observations", "a newspaper of the middle"):
        assert after[what][0] == pytest.approx(2 * before[what][0], rel=0.02), what
    for what in ("the largest newspaper", "a domain's most requests a day"):
        assert after[what] == before[what], what
    assert 1 < after["roll-up and checks"][0] / before["roll-up and checks"][0] < 2, "a night has a base"


def test_a_country_that_leaves_something_out_is_an_error(tmp_path: Path) -> None:
    country = tmp_path / "country.yaml"
    country.write_text("pages: 1000\n", encoding="utf-8")
    ran = run("scale/model.py", "--country", str(country))
    assert ran.returncode and "KeyError" in ran.stderr
