"""Results stated without a number."""

import pytest

from .articles import read


def outcomes(text: str) -> list[tuple[str, str, str]]:
    return [(o.indicator, o.outcome, o.time_period) for o in read(text, title="Xã Húc Động tổng kết năm 2020").outcomes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Năm 2020, thu ngân sách vượt chỉ tiêu kế hoạch, an ninh được giữ vững.",
            ("budget_revenue", "exceeded", "2020"),
        ),
        ("Năm 2020, thu ngân sách đạt kế hoạch.", ("budget_revenue", "met", "2020")),
        ("Tuy nhiên, năm 2020 thu ngân sách chưa đạt kế hoạch.", ("budget_revenue", "missed", "2020")),
        ("Năm 2020, toàn xã không còn hộ nghèo.", ("poor_households", "none_left", "2020")),
        ("Năm 2020, xã không còn hộ nghèo thuộc diện chính sách.", ("other", "none_left", "2020")),
        ("Năm 2020, toàn xã không còn nhà tạm.", ("other", "none_left", "2020")),
    ],
)
def test_results_in_words(text: str, found: tuple[str, str, str]) -> None:
    assert outcomes(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Năm 2021, xã phấn đấu thu ngân sách vượt kế hoạch.", id="hoped for"),
        pytest.param("Năm 2020, thu ngân sách vượt kế hoạch 12%.", id="with a number it is an observation"),
        pytest.param("Năm 2020, 13/16 chỉ tiêu kinh tế - xã hội đạt và vượt kế hoạch.", id="counted: an observation"),
        pytest.param("Năm 2020, xã hoàn thành vượt mức mọi nhiệm vụ.", id="no indicator"),
        pytest.param("Tổ dân phố 5, phường Noong Bua không còn hộ nghèo.", id="of a part of the commune only"),
    ],
)
def test_no_outcome(text: str) -> None:
    assert outcomes(text) == []


def test_an_outcome_names_its_words_and_its_place() -> None:
    text = "Năm 2020, xã Húc Động làm tốt nhiều việc. Thu ngân sách vượt kế hoạch."
    (found,) = read(text).outcomes
    assert found.indicator_text == "thu ngân sách"
    assert found.ref_area.name == "xã Húc Động, huyện Bình Liêu, tỉnh Quảng Ninh"
    assert text[found.char_start : found.char_end] == "Thu ngân sách vượt kế hoạch"
