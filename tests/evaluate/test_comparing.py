"""Places, periods and matchings: when two of them are the same."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.evaluate.matching import best_matching
from civic_etl.evaluate.mentions import EVENT_LEVELS, OFFICE_LEVELS, Mention, score_mentions
from civic_etl.evaluate.places import same_place
from civic_etl.evaluate.spans import canonical


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("phường Đức Xuân, tỉnh Bắc Kạn", "Phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn", True),
        ("xã Hòa Tiến, huyện Hòa Vang", "xã Hoà Tiến, huyện Hoà Vang, thành phố Đà Nẵng", True),
        ("xã Đắk Tơ Lung, huyện Kon Rẫy", "Xã Đăk Tơ Lung, Kon Rẫy", True),
        ("phường 11, thành phố Đà Lạt", "P. 11, TP Đà Lạt", True),
        ("phường 1, thành phố Đà Lạt", "phường 01", True),
        ("xã Hồng Thái", "Hồng Thái", True),
        ("phường Quang Trung, thành phố Thái Bình", "phường Quang Trung, thành phố Hà Giang", False),
        ("xã Thống Nhất, thành phố Hòa Bình", "phường Thống Nhất, thành phố Hòa Bình", False),
        ("xã Bình Ninh, huyện Chợ Gạo", "huyện Chợ Gạo, tỉnh Tiền Giang", False),
        ("xã Hồng Thái", "xã Hồng Thai", False),
        ("xã Hồng Thái", "", False),
    ],
)
def test_same_place(gold: str, found: str, same: bool) -> None:
    assert same_place(gold, found) is same


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("2020-01-01/P6M", "2020-S1"),
        ("2020-07-01/P6M", "2020-S2"),
        ("2020-07-01/P3M", "2020-Q3"),
        ("2020-01-01/P12M", "2020"),
        ("2020-01-01/P1Y", "2020"),
        ("2020-05-01/P1M", "2020-M05"),
        ("2016-01-01/P60M", "2016-01-01/P5Y"),
        ("2020-01-01/P9M", "2020-01-01/P9M"),
        ("2022-09-01/P1Y", "2022-09-01/P1Y"),
        ("2020-12-31", "2020-12-31"),
        ("", ""),
    ],
)
def test_one_spelling_for_one_span(period: str, code: str) -> None:
    assert canonical(period) == code
    assert canonical(code) == code


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=4).filter(
        lambda rows: len({len(row) for row in rows}) == 1
    )
)
def test_the_matching_is_the_best_of_all(rows: list[list[int]]) -> None:
    weights = {i: {j: float(weight) for j, weight in enumerate(row) if weight} for i, row in enumerate(rows)}
    matched = best_matching(weights)
    assert len(set(matched.values())) == len(matched)
    total = sum(weights[i][j] for i, j in matched.items())
    columns = [*range(len(rows[0])), *[-1] * len(rows)]
    best = max(
        sum(weights[i].get(j, 0.0) for i, j in enumerate(choice))
        for choice in set(itertools.permutations(columns, len(rows)))
    )
    assert total == best


def test_the_better_total_wins_over_the_better_first_pair() -> None:
    assert best_matching({"a": {"x": 5.0, "y": 4.0}, "b": {"x": 4.0}}) == {"a": "y", "b": "x"}


def test_offices_count_by_person_then_office_then_unit() -> None:
    gold = [Mention("d", ("Hồ Văn Hoạt", "Chủ tịch UBND xã", "xã Hướng Phùng")), Mention("d", ("A", "B", "xã C"))]
    found = [Mention("d", ("Hồ Văn Hoạt", "Chủ tịch UBND xã", "huyện Hướng Hoá")), Mention("d", ("X", "B", "xã C"))]
    scores = score_mentions(gold, found, OFFICE_LEVELS)
    assert [score.hits for score in scores.values()] == [1, 1, 0]
    assert scores["person"].f1 == 0.5


def test_an_event_without_a_date_is_not_dated_right() -> None:
    gold = [Mention("d", ("kỳ họp HĐND", "2021-07-20", "xã Hướng Phùng"))]
    scores = score_mentions(gold, [Mention("d", ("Kỳ họp HĐND", "", "xã Hướng Phùng"))], EVENT_LEVELS)
    assert [score.hits for score in scores.values()] == [1, 0, 0]


def test_a_person_of_two_offices_is_found_twice() -> None:
    gold = [Mention("d", ("A", office, "xã C")) for office in ("Bí thư Đảng ủy", "Chủ tịch HĐND xã")]
    scores = score_mentions(gold, list(reversed(gold)), OFFICE_LEVELS)
    assert [score.hits for score in scores.values()] == [2, 2, 2]
