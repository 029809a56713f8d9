"""Figures that say only where, in articles whose titles say what they are of."""

import pytest

from .articles import read

_PAID, _RATE = "public_investment_disbursed", "public_investment_disbursement_rate"
_SLOW = "Quảng Ninh: Nhiều địa phương giải ngân chậm"
_REVENUE = "Quảng Ninh thu ngân sách 8 tháng đạt khá"


def _told(text: str, title: str) -> list[tuple[str, str, str, str]]:
    """(code, measure, quote, place) of each figure, in text order."""
    found = read(text, title=title, site="tỉnh Quảng Ninh", published="2021-09-06").observations
    return [(each.indicator, each.measure, each.quote, (each.ref_area.name or "").split(",")[0]) for each in found]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "Dẫn đầu là huyện Bình Liêu 74,1%, kế đến huyện Tiên Yên (66,4%). Huyện Ba Chẽ mới được 12/58 tỷ đồng.",
            _SLOW,
            [
                (_RATE, "share", "74,1%", "huyện Bình Liêu"),
                (_RATE, "share", "66,4%", "huyện Tiên Yên"),
                (_PAID, "level", "12/58 tỷ đồng", "huyện Ba Chẽ"),
            ],
        ),
        (
            "Các nơi thu tốt: Bình Liêu 71,5% dự toán, Tiên Yên 69%; riêng huyện Ba Chẽ thu 6,2 tỷ đồng, mới được 41%.",
            _REVENUE,
            [
                ("budget_revenue", "plan_ratio", "71,5%", "huyện Bình Liêu"),
                ("budget_revenue", "plan_ratio", "69%", "huyện Tiên Yên"),
                ("budget_revenue", "level", "6,2 tỷ đồng", "huyện Ba Chẽ"),
                ("budget_revenue", "plan_ratio", "41%", "huyện Ba Chẽ"),
            ],
        ),
    ],
)
def test_the_title_says_of_what(text: str, title: str, expected: list[tuple[str, str, str, str]]) -> None:
    """A share, a sum and a ratio to a plan beside the name of a place alone are of what the article is about."""
    assert _told(text, title) == expected


def test_no_title_about_loans_says_so() -> None:
    """What a bank pays out is no public capital."""
    told = _told("Dẫn đầu là huyện Bình Liêu 74,1%.", "Giải ngân vốn vay tín dụng chính sách ở Quảng Ninh")
    assert [code for code, *_ in told] == ["other"]
