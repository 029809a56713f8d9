"""The gold sets themselves: codes, units, categories, periods and places exist, and nothing is annotated twice."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from civic_etl.evaluate import read_gold
from civic_etl.extract.records import Document
from civic_etl.gazetteer import Gazetteer
from civic_etl.indicators import load_catalogue

HERE = Path(__file__).parent
SETS = sorted(path.parent for path in HERE.glob("*/docs.jsonl"))
CODES = set((HERE / "codes.txt").read_text(encoding="utf-8").split())
PERIOD = re.compile(
    r"\d{4}(?:-S[12]|-Q[1-4]|-M(?:0[1-9]|1[0-2])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:/P\d+[YMD])?)?"
)
# not in the table of units, which knows names of before 30 June 2025 only where they lasted until then
GONE_BEFORE = {
    "phường Yết Kiêu",
    "xã Thái Học",
    "xã An Lâm",
    "huyện Mù Cang Chải",
    "xã Lộc Hưng",
    "xã Hữu Bằng",
    "xã Phương Mỹ",
    "xã Trà Thọ",
    "xã Vĩnh Thạnh Trung",
    "phường Hai Bà Trưng",
    "xã Lộc An",
    "phường Minh Khai",
    "xã Liêm Chung",
    "xã Phú Phong",
    "huyện Đakrông",
    "xã Hồng Phúc",
    "xã A Vao",
    "xã Ba Nang",
    "xã Liên Giang",
    "xã Đông Xuân",
    "phường Hương An",
    "phường Hương Hồ",
    "xã Hưng Đông",
    "phường Quang Trung",
    "phường Phạm Hồng Thái",
    "phường Hòa Khê",
    "phường Tam Thuận",
    "xã Phượng Hoàng",
    "huyện Ninh Hòa",
    "thị trấn Ninh Hòa",
    "xã Quỳnh Long",
    "xã Tiến Thủy",
    "xã Tân Phú",
    "xã Điền Lộc",
    "xã Bồng Khê",
    "xã Lăng Can",
    "xã Ia Dreh",
    "xã Tịnh Kỳ",
    "thị trấn Vạn Hà",
    "xã Hải Thiện",
    "xã Minh Thành",
    "xã Đại Đồng",
    "huyện An Dương",
    "xã Hòa Hiệp Nam",
    "xã Thạch Lâm",
    "xã Thạch Tân",
    "xã Thạch Hương",
    "xã Tân Lâm Hương",
    "xã Quang Lang",
    "xã Buôn Choah",
    "thị trấn Hòa Thành",
    "phường Hải Châu I",
    "phường Tràng Minh",
    "phường Vĩnh Trung",
    "xã Huổi Lếnh",
    "xã Thanh Mai",
    "xã Đại Thắng",
    "xã Hồng Thái",
    "xã Hợp Thành",
    "xã Kim Phú",
    "xã Liêm Tuyền",
    "xã Long Thành Bắc",
    "xã Mỹ Hưng",
    "xã Nam Cường",
    "xã Nam Phúc",
    "xã Nam Trung",
    "xã Phượng Sơn",
    "xã Cẩm Bình",
    "xã Sơn Trường",
    "xã Tà Chải",
    "xã Thanh Lĩnh",
    "xã Thạch Môn",
    "xã Thạch Trung",
    "xã Thạch Đồng",
    "xã Tượng Sơn",
    "xã Đông Dư",
    "xã Đặng Cương",
    "xã Điện Minh",
    "xã Đỉnh Sơn",
    "xã Đồng Môn",
    "xã Đức Lợi",
    "phường Quán Trữ",
    "xã Quế Ninh",
    "xã Bình Định Nam",
    "xã Hắc Dịch",
    "xã Mộc Nam",
    "xã Phượng Cách",
}


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def documents(folder: Path) -> dict[str, Document]:
    return {document.doc_id: document for document in read_gold(folder).documents}


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_codes_units_and_categories_are_those_of_the_catalogue(folder: Path) -> None:
    catalogue = load_catalogue()
    assert set(catalogue.indicators) >= CODES
    for row in rows(folder):
        if row["indicator"] == "other":
            assert row["indicator_text"], row
            assert row["breakdown"] == {}, row
            continue
        assert row["indicator"] in CODES, row
        assert row["unit_measure"] in catalogue.units, row
        allowed = dict(catalogue.qualifiers) | catalogue.indicators[row["indicator"]].breakdowns
        for key, value in row["breakdown"].items():
            years = "YYYY" in allowed[key] and re.fullmatch(r"\d{4}", value)
            assert "any" in allowed[key] or value in allowed[key] or years, row
            assert value == value.lower(), row


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_units_fit_measures(folder: Path) -> None:
    catalogue = load_catalogue()
    shares = {"percent", "permille"}
    for row in rows(folder):
        indicator = catalogue.indicators.get(row["indicator"])
        measure, unit = row["measure"], row["unit_measure"]
        if measure in {"share", "plan_ratio", "prior_ratio", "change_pct"}:
            assert unit in shares, row
        elif measure == "multiple":
            assert unit == "times", row
        elif measure == "level":
            assert unit not in shares, row
        elif indicator is not None and indicator.unit_measure in shares | {"criterion"}:
            assert unit in {"percentage_point", "permille", "criterion"}, row


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_periods_numbers_and_spans_are_sound(folder: Path) -> None:
    for row in rows(folder):
        assert PERIOD.fullmatch(row["time_period"]), row
        assert 1970 <= int(row["time_period"][:4]) <= 2035, row
        assert re.search(r"\d|nửa|đôi|[a-zà-ỹ] (?:tỉ|triệu|nghìn|mươi|chục|trăm|phần)|^\S+ ", row["quote"]), row
        assert (row["numerator"] is None) == (row["denominator"] is None), row
        upper = row["obs_value_upper"]
        assert upper is None or abs(upper) > abs(row["obs_value"]), row


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_nothing_is_annotated_twice(folder: Path) -> None:
    seen = Counter(json.dumps({k: v for k, v in row.items() if k != "quote"}, sort_keys=True) for row in rows(folder))
    assert [row for row, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_places_were_in_force_when_the_article_was_written(folder: Path) -> None:
    gazetteer = Gazetteer.load()
    published = documents(folder)
    unknown = set()
    for row in rows(folder):
        day = published[row["doc_id"]].published or date(int(row["time_period"][:4]), 12, 1)
        units = gazetteer.matching(row["ref_area"])
        if not units or not (any(unit.on(day) for unit in units) or day >= date(2025, 7, 1)):
            unknown.add((row["doc_id"], row["ref_area"].split(", ")[0]))
    assert {place for _, place in unknown} <= GONE_BEFORE, sorted(unknown)


def test_the_sets_share_no_article() -> None:
    texts = [document.text for folder in SETS for document in documents(folder).values()]
    assert len(set(texts)) == len(texts)


def test_the_sets_cover_the_country_and_the_years() -> None:
    areas, years = set(), set()
    for folder in SETS:
        for document in documents(folder).values():
            areas.add((document.site_area or "").split(", ")[-1])
            years |= {document.published.year} if document.published else set()
    assert len({area for area in areas if area.startswith(("tỉnh", "thành phố"))}) >= 45
    assert years == set(range(2009, 2027))
