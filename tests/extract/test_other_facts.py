"""The facts of an article that are no figures, together."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

from .articles import read

ARTICLE = (
    "Chiều ngày 14/01, phường Hưng Thành tổ chức tổng kết công tác năm 2020, triển khai nhiệm vụ năm 2021. "
    "Dự có đồng chí Lý Thị Hậu, Phó Bí thư Thành ủy, Chủ tịch UBND thành phố Tuyên Quang.\n\n"
    "Năm 2020, thu ngân sách vượt chỉ tiêu kế hoạch. "
    "Đảng bộ phường Hưng Thành đạt tiêu chuẩn “Trong sạch vững mạnh” tiêu biểu.\n\nBế Kim Dung"
)

_WORDS = (
    "ông", "bà", "đồng chí", "Nguyễn", "Văn", "Hồ", "Chí", "Minh", "Chủ tịch", "UBND", "xã", "Bí thư",
    "Đảng ủy", "Huyện ủy", ",", "-", "(", ")", ":", ";", ".", "\n", "ngày 12/3", "sáng", "tổ chức", "hội nghị",
    "kỳ họp", "HĐND", "đạt", "năm 2020", "Huân chương Lao động hạng Ba", "thu ngân sách", "vượt kế hoạch",
    "không còn", "hộ nghèo", "các", "12", "K'", "\u200b", "CHỦ TỊCH",
)  # fmt: skip


def test_an_article_yields_all_four_kinds() -> None:
    found = read(ARTICLE, published="2021-01-15", site="thành phố Tuyên Quang, tỉnh Tuyên Quang")
    assert [(o.person, o.office, o.unit) for o in found.offices] == [
        ("Lý Thị Hậu", "Phó Bí thư Thành ủy", "Thành ủy Tuyên Quang"),
        ("Lý Thị Hậu", "Chủ tịch UBND thành phố", "thành phố Tuyên Quang"),
    ]
    assert [(e.kind, e.event_date, e.place) for e in found.events] == [
        ("tổng kết", date(2021, 1, 14), "phường Hưng Thành")
    ]
    assert [(d.title, d.holder, d.year) for d in found.distinctions] == [
        ("Trong sạch vững mạnh tiêu biểu", "Đảng bộ phường Hưng Thành", 2020)
    ]
    assert [(o.indicator, o.outcome, o.time_period) for o in found.outcomes] == [("budget_revenue", "exceeded", "2020")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join))
def test_any_run_of_such_words_is_read_with_evidence_from_the_text(text: str) -> None:
    found = extract(Document("x", text, published=date(2021, 3, 20), site_area="huyện Bình Liêu, tỉnh Quảng Ninh"))
    for fact in (*found.offices, *found.events, *found.distinctions, *found.outcomes):
        assert 0 <= fact.char_start < fact.char_end <= len(text)
        assert fact.evidence in text
        assert text[fact.char_start : fact.char_end].strip()
