"""Documents about real communes, written by hand: two provinces, a conflict, an estimate, a merger, hostile text."""

from datetime import UTC, date, datetime
from typing import Any

from civic_etl.extract.records import RefArea
from civic_etl.warehouse.items import LoadItem, SourceInfo
from warehouse.makers import Draft

BAC_KAN = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
SOURCES = [
    SourceInfo("backan", "Thành phố Bắc Kạn", area=BAC_KAN, cadence_days=30),
    SourceInfo("silent", "Chưa đọc", area="tỉnh Hà Giang", cadence_days=30),
]
RATE = {"measure": "share", "unit_measure": "percent"}
HOUSEHOLD = {"unit_measure": "household"}

DUC_XUAN = RefArea(f"phường Đức Xuân, {BAC_KAN}", "3-01840-20040831", "01840", "resolved")
DUC_XUAN_TODAY = RefArea("phường Đức Xuân, tỉnh Thái Nguyên", "3-01840-20250701", "01840", "resolved")
SONG_CAU = RefArea(f"phường Sông Cầu, {BAC_KAN}", "3-01843-20040831", "01843", "resolved")
TUYEN_QUANG = "thành phố Tuyên Quang, tỉnh Tuyên Quang"
NONG_TIEN = RefArea(f"phường Nông Tiến, {TUYEN_QUANG}", "3-02212-20040831", "02212", "resolved")
BAC_KAN_PROVINCE = RefArea("tỉnh Bắc Kạn", "1-06-20040831", "06", "resolved")

HOSTILE_TITLE = '<img src=x onerror="document.title=1"> & "phường"'
HOSTILE_URL = "javascript:document.title=2"
HOSTILE_SENTENCE = "😀 <script>document.title=3</script> Thu ngân sách 9.900.000.000 đồng </blockquote>."


def silent() -> list[LoadItem]:
    """An article without any number."""
    return [_draft("https://backan.example/none", date(2022, 1, 20)).item()]


def documents() -> list[LoadItem]:
    """What two sites said of five years."""
    items = [_year(year) for year in range(2019, 2023)]
    merged = _draft(
        "https://thainguyen.example/2025", date(2026, 1, 12), site_area="tỉnh Thái Nguyên", source="thainguyen"
    )
    merged.says("households", "4200", "2025", DUC_XUAN_TODAY, **HOUSEHOLD)
    half = _draft("https://backan.example/half", date(2023, 7, 10))
    half.says("budget_revenue", "5100000000", "2023-S1")
    return [*items, merged.item(), half.item(), hostile(), _province()]


def _year(year: int) -> LoadItem:
    """A review of one year: results of it, a target for the next."""
    draft = _draft(f"https://backan.example/{year}", date(year + 1, 1, 15))
    step = year - 2019
    for area, households in ((DUC_XUAN, 1000), (SONG_CAU, 900), (NONG_TIEN, 700)):
        draft.says("households", str(households + 10 * step), str(year), area, **HOUSEHOLD)
    for area, rate in ((DUC_XUAN, "0.07"), (SONG_CAU, "0.5"), (NONG_TIEN, "1.25")):
        draft.says("poor_household_rate", rate, str(year), area, **RATE)
    draft.says("budget_revenue", str(9_000_000_000 + step * 130_000_000), str(year), value_kind=_kind(year))
    draft.says("budget_revenue", str(9_200_000_000 + step * 130_000_000), str(year + 1), value_kind="target")
    return draft.item()


def _kind(year: int) -> str:
    return "estimate" if year == 2020 else "actual"


def hostile() -> LoadItem:
    """A second source that contradicts the first on 2022, on a page that means harm."""
    draft = _draft(HOSTILE_URL, date(2022, 12, 30), title=HOSTILE_TITLE, source="bao", site_area=None)
    draft.text = "Mở đầu 😀.\n"
    start = len(draft.text)
    number = HOSTILE_SENTENCE.index("9.900")
    draft.says(
        "budget_revenue",
        "9900000000",
        "2022",
        char_start=start + number,
        char_end=start + number + len("9.900.000.000 đồng"),
        quote="9.900.000.000 đồng",
        evidence_start=start,
        evidence_end=start + len(HOSTILE_SENTENCE),
        evidence=HOSTILE_SENTENCE,
    )
    draft.text = draft.text[:start] + HOSTILE_SENTENCE + "\n"
    return draft.item()


def _province() -> LoadItem:
    draft = _draft("https://backan.example/tinh", date(2022, 1, 20))
    draft.says("poor_household_rate", "18.5", "2021", BAC_KAN_PROVINCE, **RATE)
    return draft.item()


def _draft(url: str, published: date, **other: Any) -> Draft:
    known: dict[str, Any] = {"site_area": BAC_KAN, "source": "backan"}
    seen = datetime(published.year, published.month, published.day, 20, tzinfo=UTC)
    return Draft(url, published, fetched_at=seen, **(known | other))
