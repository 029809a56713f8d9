"""Texts of other kinds than reports hold few facts of a place, and those that they hold are found."""

import pytest

from .articles import read

TARIFF = """\
Từ ngày 01/3, Tổ quản lý chợ Cây Bàng áp dụng mức thu dịch vụ sử dụng diện tích bán hàng theo Quyết định số 71/QĐ-UBND.
- Lô mặt tiền: 95.000 đồng/m2/tháng; lô phía trong: 60.000 đồng/m2/tháng
- Hàng tươi sống bán sàn: 7.000 đồng/ngày, quầy dưới 3m2 giảm 20%
- Giữ xe đạp 1.000 đồng/lượt, xe máy 3.000 đồng/lượt, ban đêm từ 18h đến 6h thu gấp 2 lần.
Hộ nào nộp chậm quá 10 ngày phải trả thêm 0,03% mỗi ngày. Thắc mắc xin liên hệ Tổ quản lý trong giờ hành chính.
"""
TRIP = """\
Từ bến xe, khách rẽ phải thêm 6 km đường đèo là tới thác Khe Vằn, con thác đổ 3 tầng cao chừng 100m, vũng tắm sâu 2m.
Vé vào cổng 20.000 đồng/người, gửi xe máy 5.000 đồng, thuê lều ngủ đêm 150.000 đồng/chiếc.
Nên đi từ 6 giờ sáng, mang giày bám, vì 500 bậc đá cuối rất trơn. Quán của bà Chíu có gà nướng 250.000 đồng/con.
"""
CRASH = """\
Khoảng 21h40 ngày 18/3, xe tải 5 tấn chạy hướng Tiên Yên - Móng Cái tông vào đuôi xe khách 16 chỗ đang đỗ.
Cú va chạm khiến tài xế N.V.K. (SN 1990) chết tại chỗ, xe khách bị đẩy đi hơn 15 m, hai hành khách bị thương.
Công an đã phong tỏa hiện trường, kiểm tra nồng độ cồn của hai lái xe; đoạn đường này rộng 7m, không có đèn.
"""
CONTEST = """\
Chiều 19/3, hội thi kéo co, đẩy gậy mừng ngày thành lập Đoàn khép lại sau 2 giờ tranh tài giữa 12 đội.
Mỗi đội có 8 vận động viên, hạng cân dưới 60kg, thi đấu ở 4 nội dung trên sân dài 30m.
Đội thôn Khe Bốc thắng 2 - 0 trong trận chung kết và nhận giải Nhất 1.500.000 đồng; giải Nhì trị giá 1 triệu đồng.
"""


def told(text: str, title: str) -> list[str]:
    return [observation.quote for observation in read(text, title=title).observations]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Thông báo mức thu tại chợ Cây Bàng", TARIFF),
        ("Một ngày khám phá thác Khe Vằn", TRIP),
        ("Xe tải tông xe khách trong đêm", CRASH),
        ("Sôi nổi hội thi kéo co", CONTEST),
    ],
)
def test_other_texts_than_reports_tell_hardly_a_fact(title: str, text: str) -> None:
    assert len(told(text, title)) <= 2


def test_what_is_only_mentioned_stays_visible() -> None:
    reasons = [each.reason for each in read(TARIFF, title="Thông báo mức thu tại chợ Cây Bàng").unresolved]
    assert reasons.count("story") >= 5


def test_facts_of_a_place_are_found_among_other_things() -> None:
    fact = "Đến nay, toàn xã có 412 hộ, tỷ lệ hộ nghèo còn 6,3%, giảm 2,1% so với năm trước.\n"
    found = told(CONTEST + fact, "Sôi nổi hội thi kéo co")
    assert {"412 hộ", "6,3%", "2,1%"} <= set(found)


def test_a_report_keeps_what_no_code_counts() -> None:
    text = (
        "Trong năm 2020, Hội Nông dân xã đã tổ chức 14 buổi tuyên truyền cho 860 lượt hội viên, ra mắt 5 câu lạc bộ "
        "nông dân với pháp luật, duy trì 22 tổ hợp tác. Hội kết nạp được 47 hội viên, đạt 117% kế hoạch, vận động hội "
        "viên đóng góp 960 ngày công làm đường, phối hợp mở 3 lớp dạy nghề."
    )
    found = told(text, "Hội Nông dân xã tổng kết công tác năm 2020")
    assert len(found) >= 7


def test_a_firm_s_products_are_not_the_place_s() -> None:
    text = "Công ty TNHH Hồi Ba Chẽ có 3 sản phẩm OCOP. Toàn huyện hiện có 29 sản phẩm OCOP."
    assert told(text, "") == ["29 sản phẩm"]


def test_one_accident_is_no_figure_of_the_place() -> None:
    text = (
        "Công an điều tra vụ tai nạn giao thông khiến 2 người chết, 1 người bị thương. "
        "Từ đầu năm đến nay, trên địa bàn huyện xảy ra 14 vụ tai nạn giao thông làm 8 người chết."
    )
    assert told(text, "") == ["14 vụ tai nạn", "8 người"]


def test_medals_of_a_ceremony_are_awards_and_those_of_all_times_are_not() -> None:
    text = (
        "Ngày 19/3, Đảng ủy trao Huy hiệu Đảng cho các đảng viên cao tuổi. "
        "Có 3 đồng chí nhận Huy hiệu 50 năm tuổi Đảng. Đến nay, toàn Đảng bộ có 217 đảng viên được nhận Huy hiệu Đảng."
    )
    assert told(text, "") == ["217 đảng viên"]


@pytest.mark.parametrize(
    "text",
    [
        "Phí vệ sinh giảm 25% đối với hộ cận nghèo.",
        "Cổng chợ mở lúc 15:45.",
        "Hồ sơ kèm ảnh 3x4.",
        "Đoạn từ Km 84+200 chỉ cho chạy 40km/h.",
        "Sữa ủ trong 25 - 40 ngày.",
    ],
)
def test_terms_of_a_rule_are_no_figures(text: str) -> None:
    assert told(text, "") == []


def test_a_fall_is_none_of_a_fee() -> None:
    assert told("Năm 2020, tỷ lệ hộ nghèo giảm 2,5% so với cùng kỳ.", "") == ["2,5%"]
