"""What figures are to each other and to the words round them: plans, changes, shares, lists told together."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cases import read_cases
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Observation

from .articles import read

_CASES = read_cases(*(Path(__file__).parent / name for name in ("relations.yaml", "lists.yaml", "fields.yaml")))

_SITE = "xã Hòa Tiến, huyện Hòa Vang, thành phố Đà Nẵng"


def _told(observation: Observation) -> str:
    """An observation in the form of the cases: code, breakdown, measure, comparator, value and unit."""
    categories = ",".join(f"{key}={value}" for key, value in observation.breakdown)
    code = f"{observation.indicator}:{categories}" if categories else observation.indicator
    compared = "" if observation.comparator == "eq" else f"{observation.comparator} "
    return f"{code} {observation.measure} {compared}{observation.obs_value:f} {observation.unit_measure}"


def _told_in(text: str, title: str, published: date, site: str = "tỉnh Thanh Hóa") -> list[str]:
    """What an article of a site says, figure by figure."""
    return [_told(each) for each in extract(Document("d", text, title, "", published, site)).observations]


@pytest.mark.parametrize(
    ("text", "site", "expected"),
    [
        pytest.param(case["text"], case.get("site", _SITE), case["read"], id=f"{topic}-{number}")
        for topic, cases in _CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_relations(text: str, site: str, expected: list[str]) -> None:
    """Each sentence reads as the case says, figure by figure."""
    assert _told_in(text, "", date(2020, 12, 20), site) == expected


def test_what_a_title_says_of_the_season_holds_but_for_the_whole_year() -> None:
    """An article about one season of the fields tells of it."""
    text = "Xã gieo cấy 180 ha lúa. Cả năm phấn đấu sản lượng lúa đạt 2.100 tấn."
    assert _told_in(text, "Triển khai sản xuất vụ chiêm xuân", date(2022, 1, 5)) == [
        "sown_area:crop=rice,season=winter_spring level 180 ha",
        "crop_output:crop=rice level 2100 tonne",
    ]


def test_a_title_may_tell_of_one_season_after_the_other() -> None:
    """Each holds until the text comes to the next."""
    text = "Theo báo cáo, xã gieo cấy 180 ha lúa.\n\nVụ hè thu, xã trồng 50 ha ngô.\n\nRau gieo trồng 20 ha."
    opening = "Sáng 12/5, xã tổng kết sản xuất vụ xuân, triển khai vụ hè thu.\n\n"
    read_ = _told_in(opening + text, "Tổng kết sản xuất vụ xuân, triển khai vụ hè thu", date(2022, 5, 12))
    assert read_ == [
        "sown_area:crop=rice,season=winter_spring level 180 ha",
        "sown_area:crop=maize,season=summer_autumn level 50 ha",
        "sown_area:crop=vegetables,season=summer_autumn level 20 ha",
    ]


def test_a_text_that_comes_to_another_season_is_not_of_that_of_its_title() -> None:
    """What is told without a season may be of either."""
    text = "Xã gieo cấy 180 ha lúa. Vụ hè thu, xã gieo 150 ha ngô."
    assert _told_in(text, "Triển khai sản xuất vụ chiêm xuân", date(2022, 1, 5)) == [
        "sown_area:crop=rice level 180 ha",
        "sown_area:crop=maize,season=summer_autumn level 150 ha",
    ]


def test_a_text_that_begins_with_the_season_of_its_title_is_of_it_until_it_comes_to_another() -> None:
    text = "Vụ đông xuân, xã được mùa. Năng suất ngô đạt 51 tạ/ha. Vụ hè thu, xã gieo 150 ha ngô."
    assert _told_in(text, "Tổng kết vụ đông xuân", date(2022, 7, 5)) == [
        "crop_yield:crop=maize,season=winter_spring level 51 quintal_per_ha",
        "sown_area:crop=maize,season=summer_autumn level 150 ha",
    ]


def test_loans_of_the_policy_bank_are_of_the_union_of_the_title() -> None:
    text = "Hội nhận ủy thác Ngân hàng Chính sách xã hội cho 410 hộ vay với tổng dư nợ là 16 tỷ đồng."
    assert "policy_credit:channel=farmers level 16000000000 VND" in _told_in(
        text, "Sơ kết Quỹ Hỗ trợ nông dân", date(2022, 7, 5)
    )


def test_both_ends_of_a_planned_fall_are_negative() -> None:
    found = read("Tỷ lệ hộ nghèo giảm 0,9%/KH giảm 0,5 - 0,8%.", published="2022-12-20").observations
    assert [(o.value_kind, o.obs_value, o.obs_value_upper) for o in found] == [
        ("actual", Decimal("-0.9"), None),
        ("target", Decimal("-0.5"), Decimal("-0.8")),
    ]
