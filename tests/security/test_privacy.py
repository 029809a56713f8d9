"""Only officials are kept by name: whom an article merely tells of is in no field that tables are made of."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document
from civic_etl.removals.names import NameFinder

SITE = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
# Fields that hold a stretch of the article as it stands, as evidence; they are the article's text and no more.
PROSE = {"evidence", "quote", "detail", "text", "indicator_text"}
PRIVATE = {
    "helped": "Năm 2020, gia đình bà {} ở tổ 5 được hỗ trợ 50 triệu đồng xây nhà đại đoàn kết.",
    "honoured": "Bà {} được Chủ tịch nước phong tặng danh hiệu Bà mẹ Việt Nam anh hùng năm 2019.",
    "farmer": "Ông {}, hộ nông dân sản xuất giỏi, thu nhập 300 triệu đồng/năm.",
    "fined": "Công an phường xử phạt {} 5 triệu đồng vì vi phạm hành chính trong năm 2021.",
    "pupil": "Em {}, học sinh lớp 9A, đạt giải nhất cấp tỉnh năm học 2020-2021.",
    "resident": "Nhân dân tổ 3, đại diện là anh {}, hiến 200 m2 đất làm đường năm 2021.",
    "family": "Hộ gia đình {} thoát nghèo năm 2020, được công nhận gia đình văn hóa tiêu biểu.",
    "patient": "Bệnh nhân {} được điều trị tại Trạm Y tế phường từ ngày 12/3/2021.",
}
NAME = "Hoàng Thị Mến"
OFFICIAL = "Đồng chí Hoàng Thị Mến, Chủ tịch UBND phường Đức Xuân, dự hội nghị tổng kết năm 2020."


def said_of(text: str) -> list[tuple[str, str, Any]]:
    """Every field that names the person, in every record but what is prose: kind of record, field, value."""
    document = Document(doc_id="1", text=text, title="", url="", published=date(2021, 1, 22), site_area=SITE)
    found = extract(document)
    records = (*found.observations, *found.offices, *found.events, *found.distinctions, *found.outcomes)
    finder = NameFinder(NAME)
    return [
        (type(record).__name__, name, value)
        for record in (*records, *found.unresolved)
        for name, value in asdict(record).items()
        if name not in PROSE and any(True for _ in finder.spans(str(value)))
    ]


@pytest.mark.parametrize("kind", PRIVATE)
def test_a_private_person_is_in_no_table_of_persons(kind: str) -> None:
    assert said_of(PRIVATE[kind].format(NAME)) == []


def test_an_official_is_kept_with_the_office() -> None:
    assert [(record, field) for record, field, _ in said_of(OFFICIAL)] == [("OfficeMention", "person")]
