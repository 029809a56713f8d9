"""Properties of the folding that names are found under."""

import unicodedata
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.finding.loose import loose_key, loose_names
from civic_etl.gazetteer.keys import name_key, name_keys
from civic_etl.gazetteer.spellings import other_spellings
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
    assert name_keys("Hra") == ("hra", "h ra")
    assert name_keys("Hòa Phú") == ("hòa phú",)


@pytest.mark.parametrize("day", [date(2008, 7, 31), REFORM - timedelta(days=1), REFORM, date(2026, 9, 20)])
def test_no_two_names_of_one_parent_are_merged(gazetteer: Gazetteer, day: date) -> None:
    names: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    units: dict[tuple[str | None, str, str], set[str]] = defaultdict(set)
    for unit in gazetteer.units_on(day):
        key = name_key(unit.core_name)
        names[unit.parent_code, key].add(unit.core_name)
        units[unit.parent_code, unit.type, key].add(unit.unit_id)
    assert [found for found in names.values() if len(found) > 1] == []
    assert [found for found in units.values() if len(found) > 1] == []


@given(st.data())
def test_siblings_are_told_apart_however_they_are_written(gazetteer: Gazetteer, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from([REFORM - timedelta(days=1), date(2026, 9, 20)]))
    parent = data.draw(st.sampled_from(gazetteer.units_on(day, 1)))
    names = sorted({unit.core_name for unit in gazetteer.children(parent, day)})
    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    write = data.draw(
        st.sampled_from(
            [str, str.upper, str.lower, lambda name: unicodedata.normalize("NFD", name), lambda n: f" {n} "]
        )
    )
    assert name_key(write(one)) == name_key(one)
    assert name_key(write(one)) != name_key(other)


def test_loose_spellings_lead_to_one_name_only(gazetteer: Gazetteer) -> None:
    names = loose_names(gazetteer)
    assert names[2, loose_key(name_key("Krông Buk"))] == name_key("Krông Búk")
    assert names[2, loose_key(name_key("CưM’gar"))] == name_key("Cư M'gar")
    for (_, loose), key in names.items():
        assert loose_key(key) == loose


def test_communes_of_the_plains_are_never_corrected_into_each_other(gazetteer: Gazetteer) -> None:
    assert (3, loose_key(name_key("Sơn Hạ"))) not in loose_names(gazetteer)
    (span,) = gazetteer.find("Xã Phú Hoả thu 5 tỷ.", date(2019, 1, 1), site_area="tỉnh Phú Yên")
    assert (span.status, span.full_name) == ("unlisted", "xã Phú Hoả, tỉnh Phú Yên")


def test_other_spellings_are_no_neighbours_name(gazetteer: Gazetteer) -> None:
    day = REFORM - timedelta(days=1)
    for code, other in other_spellings().items():
        unit = gazetteer.at(2 if len(code) == 3 else 3, code, day)
        assert unit is not None
        parent = gazetteer.parent(unit, day)
        assert parent is not None
        assert name_key(other) not in {name_key(sibling.core_name) for sibling in gazetteer.children(parent, day)}
    (span,) = gazetteer.find("Xã Huổi Lếnh thu 5 tỷ.", day, site_area="huyện Mường Nhé, tỉnh Điện Biên")
    assert span.full_name == "xã Huổi Lếch, huyện Mường Nhé, tỉnh Điện Biên"
