"""The gazetteer's own questions: by id, by name, by parent; history and look-up."""

from datetime import date

import duckdb
import pytest

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.history import unit_history
from civic_etl.gazetteer.lookup import lookup


def test_a_unit_is_got_by_its_id(gazetteer: Gazetteer) -> None:
    assert gazetteer.full_name(gazetteer.get("3-01840-20250701")) == "phường Đức Xuân, tỉnh Thái Nguyên"
    with pytest.raises(GazetteerError, match="3-99999-20250701"):
        gazetteer.get("3-99999-20250701")


def test_a_unit_is_got_by_its_full_name(gazetteer: Gazetteer) -> None:
    name = "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"
    unit = gazetteer.by_full_name(name, date(2020, 1, 1))
    assert unit is not None
    assert unit.code == "01840"
    assert gazetteer.by_full_name(name, date(2026, 1, 1)) is None
    assert gazetteer.by_full_name("xã Tân Lập", date(2020, 1, 1)) is None


def test_every_full_name_of_a_day_leads_back_to_its_unit(gazetteer: Gazetteer) -> None:
    day = date(2025, 6, 30)
    for unit in gazetteer.units_on(day)[::97]:
        assert gazetteer.by_full_name(gazetteer.full_name(unit, day), day) == unit


def test_lookup_takes_names_with_and_without_types(gazetteer: Gazetteer) -> None:
    codes = {row.code for row in lookup("Đức Xuân", date(2020, 1, 1), gazetteer)}
    assert codes == {row.code for row in lookup("đức xuân", date(2020, 1, 1), gazetteer)}
    assert len(codes) == 3
    (row,) = lookup("phường Đức Xuân, Bắc Kạn", date(2020, 1, 1), gazetteer)
    assert row.full_name == "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"
    assert row.valid_to == date(2025, 7, 1)
    assert lookup("3-01840-20250701", None, gazetteer)[0].valid_to is None
    assert lookup("phường Không Có", None, gazetteer) == []
    with pytest.raises(GazetteerError, match="empty"):
        lookup(" , ", None, gazetteer)


def test_the_line_of_duc_xuan(gazetteer: Gazetteer) -> None:
    history = unit_history("phường Đức Xuân, Bắc Kạn", None, gazetteer)
    old, new = history.steps
    assert (old.unit.code, old.unit.full_name) == ("01840", "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn")
    assert (new.unit.code, new.unit.full_name) == ("01840", "phường Đức Xuân, tỉnh Thái Nguyên")
    assert {share.full_name.split(",")[0] for share in new.made_of} == {
        "phường Nguyễn Thị Minh Khai",
        "phường Huyền Tụng",
        "phường Đức Xuân",
    }
    assert {share.relation for share in new.made_of} == {"whole"}
    text = "\n".join(history.lines())
    assert "made of phường Huyền Tụng, thành phố Bắc Kạn, tỉnh Bắc Kạn: whole" in text


def test_a_line_goes_through_promotions(gazetteer: Gazetteer) -> None:
    history = unit_history("xã Huyền Tụng, Bắc Kạn", None, gazetteer)
    assert [step.unit.unit_id for step in history.steps] == [
        "3-01846-20040831",
        "3-01846-20150312",
        "3-01840-20250701",
    ]


def test_a_divided_commune_says_how_little_is_known(gazetteer: Gazetteer) -> None:
    edge = next(edge for edge in gazetteer.edges if edge.est_method == "equal_split")
    history = unit_history(edge.from_unit_id, None, gazetteer)
    became = next(step for step in history.steps if step.unit.unit_id == edge.from_unit_id).became
    assert len(became) > 1
    assert all((share.share_lo, share.share_hi, share.est_method) == (0, 1, "equal_split") for share in became)
    assert any("0% to 100%, perhaps" in line and "(equal_split)" in line for line in history.lines())


def test_a_history_of_several_units_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="several units") as error:
        unit_history("Đức Xuân", date(2020, 1, 1), gazetteer)
    assert "huyện Thạch An" in str(error.value)
    with pytest.raises(GazetteerError, match="no unit is called"):
        unit_history("phường Không Có", None, gazetteer)


def test_the_line_in_sql_is_the_line_in_python(gazetteer: Gazetteer) -> None:
    con = duckdb.connect()
    con.register("unit", gazetteer.units_table())
    con.register("bridge", gazetteer.bridge_table())
    rows = con.execute(
        """
        with recursive line as (
            select unit_id from unit where unit_id = '3-01840-20250701'
            union
            select bridge.from_unit_id from line inner join bridge on line.unit_id = bridge.to_unit_id
        )
        select full_name from line inner join unit using (unit_id)
        """
    ).fetchall()
    history = unit_history("3-01840-20250701", None, gazetteer)
    assert {name for (name,) in rows} == {step.unit.full_name for step in history.steps}
    (components,) = con.execute(
        "select count(distinct cluster_id) from unit where cluster_id = '3-01834-20040831'"
    ).fetchone() or (0,)
    assert components == 1
