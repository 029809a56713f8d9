"""The spellings of numbers, and the claims that go with them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.errors import CivicEtlError
from civic_etl.samples.figures import Figure, Figures
from civic_etl.samples.places import places
from civic_etl.samples.stories import slugify
from civic_etl.samples.teller import Ledger, Teller
from civic_etl.samples.wording import count, decimal, money, percent, rounded


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("ty_trieu", "9 tỷ 130 triệu đồng"),
        ("ty_trieu0", "09 tỷ 130 triệu đồng"),
        ("ty", "9,13 tỷ đồng"),
        ("ti", "9,13 tỉ đồng"),
        ("trieu", "9.130 triệu đồng"),
        ("dong", "9.130.000.000 đồng"),
    ],
)
def test_one_amount_in_six_spellings(style: str, words: str) -> None:
    assert money(Decimal(9_130_000_000), style) == words  # type: ignore[arg-type]


def test_spelling_refuses_to_lose_digits() -> None:
    with pytest.raises(CivicEtlError):
        money(Decimal(9_130_500_000), "ty_trieu")
    with pytest.raises(CivicEtlError):
        count(Decimal("1.5"))


@given(st.decimals(min_value=0, max_value=10**13, places=3, allow_nan=False))
def test_decimals_read_back(value: Decimal) -> None:
    assert Decimal(decimal(value).replace(".", "").replace(",", ".")) == value


def test_small_spellings() -> None:
    assert (percent(Decimal("0.94")), percent(Decimal(100))) == ("0,94%", "100%")
    assert (count(Decimal(4), padded=True), count(Decimal(4)), count(Decimal(1905))) == ("04", "4", "1.905")
    assert slugify("Phường Ỷ La: Đạt 100%!") == "phuong-y-la-dat-100"


@given(st.integers(min_value=1, max_value=10**12), st.sampled_from([10, 1000, 10**8]))
def test_round_numbers_stay_on_their_side(value: int, step: int) -> None:
    below, above = rounded(Decimal(value), Decimal(step), "gt"), rounded(Decimal(value), Decimal(step), "approx")
    assert below <= value <= above
    assert above - below in (0, step)


def teller(**values: tuple[str, str, int]) -> tuple[Teller, Ledger]:
    rows = [
        Figure("y-la", "", period, code, "", kind, Decimal(value), "household" if "house" in code else "VND")
        for code, (period, kind, value) in ((name.rpartition("__")[0] or name, row) for name, row in values.items())
    ]
    ledger = Ledger()
    return Teller(ledger, Figures({row.key: row for row in rows}), places()["y-la"], "2020"), ledger


def test_ratios_come_from_the_figures() -> None:
    voice, ledger = teller(
        budget_revenue__now=("2020", "actual", 9_387_000_000),
        budget_revenue__plan=("2020", "target", 9_000_000_000),
        budget_revenue__before=("2019", "actual", 10_000_000_000),
    )
    assert voice.vs_plan("budget_revenue", "district") == "104,3%"
    assert voice.met("budget_revenue") == "vượt 4,3%"
    assert voice.grew("budget_revenue") == "giảm 6,1%"
    assert [(claim.measure, claim.value, claim.breakdown) for claim in ledger.claims] == [
        ("plan_ratio", Decimal("104.3"), "plan=district"),
        ("plan_ratio", Decimal("104.3"), ""),
        ("change_pct", Decimal("-6.1"), ""),
    ]


def test_fractions_claim_part_and_whole() -> None:
    voice, ledger = teller(households=("2020", "actual", 2021), poor_households=("2020", "actual", 19))
    assert voice.out_of("poor_households", "households", "hộ") == "19/2.021 hộ"
    part, whole = ledger.claims
    assert (part.indicator, part.value, part.denominator) == ("poor_households", Decimal(19), Decimal(2021))
    assert (whole.indicator, whole.value, whole.quote) == ("households", Decimal(2021), "2.021 hộ")


def test_a_hedge_changes_the_claim_to_what_is_said() -> None:
    voice, ledger = teller(budget_revenue=("2020", "actual", 9_387_000_000))
    assert voice.money("budget_revenue", "ty", "gần", step=100_000_000) == "gần 9,4 tỷ đồng"
    assert (ledger.claims[0].value, ledger.claims[0].comparator) == (Decimal(9_400_000_000), "approx")


def test_nothing_moved_is_not_told_as_a_move() -> None:
    voice, _ = teller(poor_households__a=("2020", "actual", 19), poor_households__b=("2019", "actual", 19))
    with pytest.raises(CivicEtlError, match="did not move"):
        voice.moved("poor_households", "hộ")
