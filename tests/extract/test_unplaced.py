"""Figures of a place that the article does not give away are kept and told as such, not dropped."""

import pytest

from .articles import read

TEXT = "Trong tháng 5, xã thu ngân sách đạt 2 tỷ đồng.\n\nToàn xã còn 35 hộ nghèo."


def test_a_commune_without_a_name_is_unknown() -> None:
    read_ = read(TEXT, title="Tình hình kinh tế - xã hội tháng 5 năm 2022", published="2022-05-28", site=None)
    assert [(row.quote, row.ref_area.status) for row in read_.observations] == [
        ("2 tỷ đồng", "unknown"),
        ("35 hộ", "unknown"),
    ]
    assert [each.detail for each in read_.unresolved if each.reason == "place"] == ["no place named"] * 2


def test_one_of_many_communes_of_a_name_is_ambiguous() -> None:
    read_ = read(TEXT, title="Xã Hồng Thái: Kinh tế tháng 5", published="2022-05-28", site=None)
    assert [(row.ref_area.name, row.ref_area.status) for row in read_.observations] == [
        ("xã Hồng Thái", "ambiguous")
    ] * 2


@pytest.mark.parametrize("opening", ["Cả nước", "Toàn quốc"])
def test_what_is_told_of_the_country_has_no_place(opening: str) -> None:
    text = f"{opening} có 35 hộ nghèo. Tỉnh Thái Bình thu ngân sách 2 tỷ đồng."
    rows = read(text, title="Tin trong nước", published="2022-05-28", site=None).observations
    assert [row.quote for row in rows] == ["2 tỷ đồng"]


def test_a_body_of_a_district_that_comes_to_a_commune_tells_of_that() -> None:
    title = "HĐND huyện Thới Bình giám sát việc giảm nghèo tại xã Tân Phú"
    text = "Theo báo cáo của UBND xã, thu ngân sách đạt 650 triệu đồng."
    rows = read(text, title=title, published="2019-11-05", site="tỉnh Cà Mau").observations
    assert [row.ref_area.name for row in rows] == ["xã Tân Phú, huyện Thới Bình, tỉnh Cà Mau"]


@pytest.mark.parametrize(
    "told",
    [
        "đạt và cơ bản đạt 19 tiêu chí",
        "mới đạt dưới 70%",
        "tỷ lệ hộ nghèo còn trên 15%",
        "tỷ lệ lao động qua đào tạo 60%",
    ],
)
def test_a_score_or_a_rate_is_of_each_place_of_a_list(told: str) -> None:
    text = f"Các xã Vũ Lễ, Vũ Quý {told}."
    rows = read(text, published="2021-12-20", site="huyện Kiến Xương, tỉnh Thái Bình").observations
    assert [row.ref_area.name.partition(",")[0] for row in rows] == ["xã Vũ Lễ", "xã Vũ Quý"]
