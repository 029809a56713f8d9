"""One amount of money: currencies, comparators, ranges, and what it is per."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import Money, format_number, parse_money, spell


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9 tỷ 130 triệu đồng", "9130000000"),
        ("9,13 tỷ đồng", "9130000000"),
        ("9.130 triệu đồng", "9130000000"),
        ("9.130.000.000đ", "9130000000"),
        ("9 tỉ 130", "9130000000"),
        ("chín tỷ một trăm ba mươi triệu đồng", "9130000000"),
        ("07 tỷ", "7000000000"),
        ("33.500.000 ₫", "33500000"),
        ("13,200.000đ", "13200000"),
        ("13,200đ", "13200"),
        ("45,000 VNĐ", "45000"),
        ("250 nghìn", "250000"),
        ("80k", "80000"),
        ("3tr", "3000000"),
        ("1tr2", "1200000"),
        ("45trđ", "45000000"),
        ("1 triệu 2", "1200000"),
        ("2 tỷ rưỡi", "2500000000"),
        ("nửa tỷ đồng", "500000000"),
        ("ba trăm nghìn tỷ đồng", "300000000000000"),
        ("VND 5.000", "5000"),
        ("năm đồng rưỡi", "5.5"),
        ("một triệu ba trăm", "1300000"),
        ("một triệu ba trăm đồng", "1000300"),
        ("hai tỷ năm mươi", "2050000000"),
        ("-5 triệu đồng", "-5000000"),
        ("(23.600 tỷ đồng)", "23600000000000"),
        ("Bằng chữ: Một triệu, hai trăm nghìn đồng chẵn./.", "1200000"),
        ("10 tr.đ", "10000000"),
        ("6,5 tỷ.đ", "6500000000"),
        ("triệu mốt", "1100000"),
    ],
)
def test_dong(text: str, amount: str) -> None:
    """Amounts in đồng, also without the word where a scale shows that money is meant."""
    assert parse_money(text) == Money(Decimal(amount), "VND")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("2,5 triệu USD", "2500000", "USD"),
        ("928,5 triệu đô la Mỹ", "928500000", "USD"),
        ("$1,42", "1.42", "USD"),
        ("$12.000", "12000", "USD"),
        ("US$ 3,2 triệu", "3200000", "USD"),
        ("7 đô 50 xu", "7.5", "USD"),
        ("ba đô 25", "3.25", "USD"),
        ("tám mươi xen", "0.8", "USD"),
        ("1,250 USD", "1250", "USD"),
        ("15 triệu euro", "15000000", "EUR"),
        ("€20", "20", "EUR"),
        ("40 đô la Úc", "40", "AUD"),
        ("300 triệu yên Nhật", "300000000", "JPY"),
        ("5 nghìn nhân dân tệ", "5000", "CNY"),
        ("9 bảng Anh", "9", "GBP"),
        ("70.000 won", "70000", "KRW"),
        ("12 triệu kíp", "12000000", "LAK"),
    ],
)
def test_foreign_currencies(text: str, amount: str, currency: str) -> None:
    """The code is ISO 4217, the amount in the unit of the currency."""
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("hơn 9 tỷ đồng", "gt"),
        ("trên 9 tỷ đồng", "gt"),
        ("ít nhất 9 tỷ đồng", "ge"),
        ("không dưới 9 tỷ đồng", "ge"),
        ("9 tỷ đồng trở lên", "ge"),
        ("từ 9 tỷ đồng trở lên", "ge"),
        ("từ 9 tỷ đồng", "ge"),
        ("dưới 9 tỷ đồng", "lt"),
        ("chưa đến 9 tỷ đồng", "lt"),
        ("không quá 9 tỷ đồng", "le"),
        ("tối đa 9 tỷ đồng", "le"),
        ("9 tỷ đồng trở xuống", "le"),
        ("gần 9 tỷ đồng", "approx"),
        ("khoảng 9 tỷ đồng", "approx"),
        ("ước đạt xấp xỉ 9 tỷ đồng", "approx"),
        ("ước chỉ đạt khoảng 9 tỷ đồng", "approx"),
        ("≥ 9 tỷ đồng", "ge"),
        ("<9 tỷ đồng", "lt"),
        ("đạt 9 tỷ đồng", "eq"),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    """Words before or after the amount; verbs of achieving say nothing."""
    money = parse_money(text)
    assert money is not None
    assert (money.amount, money.comparator) == (Decimal(9_000_000_000), comparator)


@pytest.mark.parametrize(
    ("text", "low", "high", "comparator"),
    [
        ("từ 6-9 tỷ đồng", "6000000000", "9000000000", "eq"),
        ("6 - 9 tỷ đồng", "6000000000", "9000000000", "eq"),
        ("từ 500 triệu đến 1 tỷ đồng", "500000000", "1000000000", "eq"),
        ("từ 500 đến 700 triệu đồng", "500000000", "700000000", "eq"),
        ("giữa 1,5 và 2 triệu đồng", "1500000", "2000000", "eq"),
        ("khoảng 20-30tr", "20000000", "30000000", "approx"),
        ("50.000đ – 80.000đ", "50000", "80000", "eq"),
        ("hai tới ba triệu đồng", "2000000", "3000000", "eq"),
        ("từ 5 đến dưới 10 triệu đồng", "5000000", "10000000", "eq"),
    ],
)
def test_ranges(text: str, low: str, high: str, comparator: str) -> None:
    """The lower end takes scale and currency from the upper one."""
    money = parse_money(text)
    assert money == Money(Decimal(low), "VND", comparator, Decimal(high))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("45 triệu đồng/người/năm", "người/năm"),
        ("45 triệu đồng / người", "người"),
        ("33.500.000đ/ha", "ha"),
        ("2 triệu đồng/m2", "m2"),
        ("3,5 triệu đồng mỗi người mỗi năm", "người/năm"),
        ("90 nghìn một cân", "cân"),
        ("từ 6-9 tỷ đồng/năm", "năm"),
        ("500.000 đồng/lao động/tháng", "lao động/tháng"),
        ("10 triệu đồng/đảng viên/năm", "đảng viên/năm"),
    ],
)
def test_what_it_is_per(text: str, per: str) -> None:
    """The divisor stays beside the amount."""
    money = parse_money(text)
    assert money is not None
    assert money.per == per


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.250",
        "05 đ/c",
        "5 đồng chí",
        "3 đồng hồ",
        "hai đô thị",
        "45%",
        "triệu tập",
        "vài triệu đồng",
        "hai ba triệu đồng",
        "9 tỷ đồng và 3 tỷ đồng",
        "9 đến 3 tỷ đồng",
        "5 USD đến 7 EUR",
        "đồng",
        "$",
        "giữa 5 triệu đồng",
        "a" * 500,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    """Counts, other words, what names no figure, and two amounts."""
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "amount"), [("2 trieu dong", 2_000_000), ("hai muoi mot trieu", 21_000_000), ("120.000d", 120_000)]
)
def test_text_without_marks(text: str, amount: int) -> None:
    """As typed on a keyboard without Vietnamese."""
    assert parse_money(text) == Money(Decimal(amount), "VND")


@given(st.integers(0, 10**13), st.sampled_from(["đồng", "đ", " VNĐ", "VND", " ₫"]))
def test_any_amount_of_dong_is_read_back(amount: int, currency: str) -> None:
    """Written with points, as the press does."""
    text = f"{format_number(Decimal(amount))} {currency}"
    assert parse_money(text) == Money(Decimal(amount), "VND")


@given(st.integers(0, 10**13))
def test_any_spelled_amount_is_read_back(amount: int) -> None:
    """In words, with the currency."""
    assert parse_money(f"{spell(amount)} đồng") == Money(Decimal(amount), "VND")


@given(st.integers(0, 10**11), st.integers(0, 99))
def test_any_dollars_and_cents_are_read_back(dollars: int, cents: int) -> None:
    """Two decimals are cents."""
    amount = Decimal(dollars) + Decimal(cents) / 100
    assert parse_money(f"{format_number(amount)} USD") == Money(amount, "USD")


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from([("nghìn", 3), ("triệu", 6), ("tỷ", 9)]))
def test_any_range_is_read_back(low: int, more: int, scale: tuple[str, int]) -> None:
    """Both ends in the scale of the upper one."""
    word, power = scale
    text = f"từ {format_number(Decimal(low))} đến {format_number(Decimal(low + more))} {word} đồng"
    assert parse_money(text) == Money(Decimal(low).scaleb(power), "VND", "eq", Decimal(low + more).scaleb(power))
