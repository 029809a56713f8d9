"""Which unit a page is of by the host of its address."""

from datetime import date

import pytest

from civic_etl.extract.host_area import area_of_host
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document


@pytest.mark.parametrize(
    ("url", "day", "area"),
    [
        ("https://baohatinh.vn/tin/1", date(2020, 5, 5), "tỉnh Hà Tĩnh"),
        ("https://nghean24h.vn/a-b.html", None, "tỉnh Nghệ An"),
        ("https://kontumtv.vn/", date(2020, 1, 1), "tỉnh Kon Tum"),
        ("https://kontumtv.vn/", date(2026, 1, 1), None),
        ("https://huengaynay.vn/", date(2018, 1, 1), "tỉnh Thừa Thiên Huế"),
        ("https://huengaynay.vn/", date(2026, 1, 1), "thành phố Huế"),
        ("https://thanhba.phutho.gov.vn/x", date(2022, 1, 1), "huyện Thanh Ba, tỉnh Phú Thọ"),
        ("https://xaphonghai.laocai.gov.vn", date(2026, 1, 1), "xã Phong Hải, tỉnh Lào Cai"),
        ("https://baomoi.com/x", date(2020, 1, 1), None),
        ("https://[", date(2020, 1, 1), None),
        ("", None, None),
    ],
)
def test_a_host_is_named_after_its_unit(url: str, day: date | None, area: str | None) -> None:
    assert area_of_host(url, day) == area


def test_a_page_without_a_site_takes_that_of_its_host() -> None:
    text = "Năm 2021, toàn tỉnh trồng 3.000 ha rừng."
    rows = extract(Document("a", text, url="https://baonghean.vn/x", published=date(2021, 12, 1))).observations
    assert [row.ref_area.name for row in rows] == ["tỉnh Nghệ An"]
