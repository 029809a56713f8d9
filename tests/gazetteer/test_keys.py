"""Properties of the folding that names are found under."""

import unicodedata
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_key, name_keys
from civic_etl.gazetteer.units import REFORM

_LETTERS = "aàáảãạăằắâấêếôốơớưứyỳýiìíđ hòoàụỷLăkẮĐ'’-. 019"


@given(st.text(alphabet=_LETTERS, max_size=30) | st.text(max_size=30))
def test_keys_are_idempotent(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.text(alphabet=_LETTERS, max_size=30))
def test_keys_do_not_see_composition_or_case(name: str) -> None:
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(name)
    assert name_key(name.upper()) == name_key(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Tiến", "Hòa Tiến"),
        ("Mĩ Tho", "Mỹ Tho"),
        ("Đăk Nông", "Đắk Nông"),
        ("Phường 01", "phường 1"),
        ("Cư M’gar", "Cư M'gar"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Đức Xuân", "Dức Xuân"), ("Mỹ Tho", "Mỹ Thọ"), ("Sơn Hà", "Sơn Hạ")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_with_an_apostrophe_is_found_without_it() -> None:
    assert name_keys("Ea H'leo") == ("ea h leo", "ea hleo")


@pytest.mark.parametrize("day", [REFORM - timedelta(days=1), REFORM, date(2026, 9, 20)])
def test_no_two_names_of_one_parent_are_merged(gazetteer: Gazetteer, day: date) -> None:
    names: dict[tuple[str | None, str, str], set[str]] = defaultdict(set)
    for unit in gazetteer.units_on(day):
        names[unit.parent_code, unit.type, name_key(unit.core_name)].add(unit.unit_id)
    assert [units for units in names.values() if len(units) > 1] == []
