"""What must hold of the shipped tables."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from civic_etl.gazetteer import Gazetteer, Unit
from civic_etl.gazetteer.checks import check_tables, counts_on
from civic_etl.gazetteer.clusters import clusters
from civic_etl.gazetteer.pack import official_counts
from civic_etl.gazetteer.tables import DATA
from civic_etl.gazetteer.units import ALWAYS, LEFT, LEFT_CENSORED, REFORM

EVE = REFORM - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (EVE, (63, 696, 10_035)),
        (REFORM, (34, 0, 3_321)),
        (date(2026, 4, 30), (34, 0, 3_321)),
        (date(2026, 9, 1), (34, 0, 3_321)),
        (date(2026, 9, 20), (34, 0, 3_321)),
    ],
)
def test_counts_per_day(gazetteer: Gazetteer, day: date, counts: tuple[int, int, int]) -> None:
    assert counts_on(gazetteer.units, day) == counts


@pytest.mark.parametrize(
    ("day", "provinces"), [(date(2008, 7, 31), 64), (date(2008, 8, 1), 63), (EVE, 63), (REFORM, 34)]
)
def test_provinces_per_day(gazetteer: Gazetteer, day: date, provinces: int) -> None:
    assert len(gazetteer.units_on(day, level=1)) == provinces


@pytest.mark.parametrize(("day", "districts"), [(date(2015, 6, 30), 713), (date(2021, 12, 31), 705), (EVE, 696)])
def test_districts_per_day_are_those_counted(gazetteer: Gazetteer, day: date, districts: int) -> None:
    assert len(gazetteer.units_on(day, level=2)) == districts == official_counts()[day][1]


@pytest.mark.parametrize(
    ("day", "wards"), [(date(2026, 4, 29), 687), (date(2026, 4, 30), 697), (date(2026, 9, 20), 709)]
)
def test_wards_of_2026(gazetteer: Gazetteer, day: date, wards: int) -> None:
    assert sum(unit.type == "Phường" for unit in gazetteer.units_on(day, level=3)) == wards


def test_cities_under_central_rule_in_2026(gazetteer: Gazetteer) -> None:
    def cities(day: date) -> set[str]:
        return {unit.core_name for unit in gazetteer.units_on(day, level=1) if unit.type == "Thành phố"}

    assert cities(date(2026, 9, 20)) - cities(date(2026, 4, 29)) == {"Đồng Nai", "Quảng Ninh", "Bắc Ninh"}


def test_every_change_of_2026_cites_its_act(gazetteer: Gazetteer) -> None:
    changed = [unit for unit in gazetteer.units if unit.valid_from > REFORM]
    assert sum(unit.level == 3 for unit in changed) == 22
    acts = {(unit.core_name, unit.decree) for unit in changed if unit.level == 1}
    assert acts == {("Đồng Nai", "30/2026/QH16"), ("Quảng Ninh", "36/2026/QH16"), ("Bắc Ninh", "39/2026/QH16")}
    assert {unit.decree for unit in changed if unit.level == 3} == {"237/NQ-UBTVQH16", "388/NQ-UBTVQH16"}


def test_most_promotions_cite_their_act(gazetteer: Gazetteer) -> None:
    towns = [u for u in gazetteer.units if u.level == 2 and u.start_reason.startswith("retype")]
    assert len(towns) > 90
    assert sum(unit.decree is None for unit in towns) < 8


def test_tables_pass_their_checks(gazetteer: Gazetteer) -> None:
    check_tables(gazetteer.units, gazetteer.edges)


def test_no_gap_and_no_overlap_in_a_code(gazetteer: Gazetteer) -> None:
    versions: dict[tuple[int, str], list[Unit]] = defaultdict(list)
    for unit in gazetteer.units:
        versions[unit.level, unit.code].append(unit)
    for found in versions.values():
        for one, other in pairwise(sorted(found, key=lambda unit: unit.valid_from)):
            assert one.valid_to == other.valid_from, (one.unit_id, other.unit_id)


def test_every_end_has_a_successor_or_a_reason(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.units:
        if unit.valid_to == ALWAYS:
            assert not gazetteer.successors(unit)
        elif not gazetteer.successors(unit):
            assert unit.end_reason == "level_abolished"
            assert unit.level == 2


def test_every_successor_begins_the_day_its_predecessor_ends(gazetteer: Gazetteer) -> None:
    for edge in gazetteer.edges:
        old, new = gazetteer.get(edge.from_unit_id), gazetteer.get(edge.to_unit_id)
        assert old.valid_to == edge.effective_date
        assert new.on(edge.effective_date)


def test_shares_of_a_unit_add_up(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.units:
        edges = gazetteer.successors(unit)
        if edges:
            assert sum(edge.share_est for edge in edges) == pytest.approx(1, abs=0.01)
            assert sum(edge.share_lo for edge in edges) <= 1 <= sum(edge.share_hi for edge in edges)


def test_no_date_is_invented(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.units:
        assert (unit.valid_from == LEFT) == (unit.date_quality == LEFT_CENSORED)


def test_clusters_are_the_components_of_the_bridge(gazetteer: Gazetteer) -> None:
    for edge in gazetteer.edges:
        assert gazetteer.get(edge.from_unit_id).cluster_id == gazetteer.get(edge.to_unit_id).cluster_id
    assert clusters("abcd", [("a", "b"), ("d", "b")]) == {"a": "a", "b": "a", "c": "c", "d": "a"}


def test_ha_tay_became_part_of_ha_noi(gazetteer: Gazetteer) -> None:
    before, after = date(2008, 7, 31), date(2008, 8, 1)
    ba_vi = gazetteer.at(2, "271", before)
    assert ba_vi is not None
    assert gazetteer.full_name(ba_vi) == "huyện Ba Vì, tỉnh Hà Tây"
    assert gazetteer.at(1, "28", after) is None
    hanoi = gazetteer.at(1, "01", after)
    assert hanoi is not None
    assert {"271", "250"} <= {unit.code for unit in gazetteer.children(hanoi, after)}
    tien_xuan = gazetteer.at(3, "04936", before)
    assert tien_xuan is not None
    assert gazetteer.full_name(tien_xuan) == "xã Tiến Xuân, huyện Lương Sơn, tỉnh Hòa Bình"


def test_what_takes_in_a_neighbour_is_another_territory(gazetteer: Gazetteer) -> None:
    """Else a series of Thủ Đức, or of Hà Nội, would cross the merger as if nothing had happened."""
    day = date(2021, 1, 1)
    thu_duc = gazetteer.at(2, "769", day)
    assert thu_duc is not None
    made_of = {gazetteer.get(e.from_unit_id).name: e.relation for e in gazetteer.predecessors(thu_duc)}
    assert made_of == {"Quận 2": "whole", "Quận 9": "whole", "Quận Thủ Đức": "whole"}
    hanoi = [unit.valid_from for unit in gazetteer.versions(1, "01")]
    assert hanoi == [LEFT, date(2008, 8, 1), REFORM]
    before = gazetteer.at(1, "26", date(2008, 7, 31))
    assert before is not None
    shares = {gazetteer.get(e.to_unit_id).name: (e.relation, e.est_method) for e in gazetteer.successors(before)}
    assert shares == {"Thành phố Hà Nội": ("part", "communes"), "Tỉnh Vĩnh Phúc": ("part", "communes")}


def test_a_divided_district_was_one_before(gazetteer: Gazetteer) -> None:
    tu_liem = gazetteer.at(2, "019", date(2013, 12, 27))
    assert tu_liem is not None
    assert gazetteer.full_name(tu_liem) == "huyện Từ Liêm, thành phố Hà Nội"
    assert gazetteer.at(2, "021", date(2013, 12, 27)) is None
    heirs = {gazetteer.get(e.to_unit_id).name for e in gazetteer.successors(tu_liem)}
    assert heirs == {"Quận Nam Từ Liêm", "Quận Bắc Từ Liêm"}
    assert sum(e.share_est for e in gazetteer.successors(tu_liem)) == pytest.approx(1, abs=0.001)


def test_a_promoted_town_has_both_its_types(gazetteer: Gazetteer) -> None:
    ward = gazetteer.at(3, "01840", date(2012, 1, 1))
    assert ward is not None
    assert gazetteer.full_name(ward, date(2012, 1, 1)) == "phường Đức Xuân, thị xã Bắc Kạn, tỉnh Bắc Kạn"
    assert gazetteer.full_name(ward) == "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"


def test_rebuilding_gives_the_shipped_files(tmp_path: Path) -> None:
    pytest.importorskip("vietnamadminunits", reason="the build-time source is in the extra `data`")
    from civic_etl.gazetteer.build import write

    write(tmp_path)
    for name in ("units.parquet", "bridge.parquet"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
