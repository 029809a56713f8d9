"""What texts tell of one person, one work or one day is no fact of a place; what they tell of the place is."""

import pytest

from .articles import read

FARMER = """\
Về bản Nà Làng hỏi anh Lục Văn Páo, ai cũng biết vườn cam của anh.
Năm 2010, khi xã có chủ trương cải tạo vườn tạp, anh vay 60 triệu đồng trồng 1,6 ha cam và đào 2 ao thả cá.
Nay vườn có 900 gốc cam, mỗi năm thu 12 tấn quả, tạo việc làm cho 4 lao động.
Toàn xã hiện có 52 ha cam, tỷ lệ hộ nghèo còn 4,5%. Từ cây cam, 17 hộ đã thoát nghèo.
"""
BRIDGE = """\
Sáng 18/3, UBND huyện khởi công cầu Nà Phặt với 3 nhịp, dài 84m, tổng mức đầu tư 41 tỷ đồng, dự phòng 10%.
Nhà thầu huy động 25 công nhân, hoàn thành sau 300 ngày.
Từ đầu năm đến nay, toàn huyện giải ngân 120 tỷ đồng vốn đầu tư công, đạt 38% kế hoạch.
"""
MEDALS = """\
Trong 21 đảng viên được trao dịp này có 2 đồng chí nhận Huy hiệu 70 năm; 19 đồng chí nhận Huy hiệu 40 năm tuổi Đảng.
Cụ Tằng (sinh năm 1936, Chi bộ 7) được tặng tiền thưởng bằng 6 lần mức lương cơ sở.
Đảng bộ xã hiện có 14 chi bộ với 412 đảng viên.
"""
FINES = """\
Mức hai: phạt 6 - 8 triệu đồng, tước giấy phép 20 tháng. Lãi suất chậm nộp là 0,05%/ngày.
Từ đầu năm đến nay, công an huyện xử phạt 132 trường hợp.
"""
COMMUNE = """\
Huyện có 1.398 hộ với 7.214 khẩu; hộ nghèo 436 hộ, tỷ lệ 31,2%. Đàn trâu, bò 1.120 con.
Toàn huyện đã bê tông hóa 7,4 km đường; 96% số hộ sử dụng điện; 3/3 trường đạt chuẩn quốc gia.
"""
COMMUNE_FACTS = ["1.398 hộ", "7.214 khẩu", "436 hộ", "31,2%", "1.120 con", "7,4 km", "96%", "3/3 trường", "3/3 trường"]


def told(text: str, title: str) -> list[str]:
    return [observation.quote for observation in read(text, title=title).observations]


@pytest.mark.parametrize(
    ("title", "text", "facts"),
    [
        ("Từ vườn tạp, anh Páo thu bạc tỷ", FARMER, ["52 ha", "4,5%", "17 hộ"]),
        ("Chàng trai Tày làm giàu từ cây cam", FARMER, ["52 ha", "4,5%", "17 hộ"]),
        # neither concrete nor a commune called Tông is an accident, and a bridge has no figures of so many indicators
        ("Đường bê tông phủ khắp thôn, bản", COMMUNE, COMMUNE_FACTS),
        ("Giới thiệu chung xã Đạ Tông", COMMUNE, COMMUNE_FACTS),
        ("Khánh thành cầu Nà Phặt", COMMUNE, COMMUNE_FACTS),
        ("Khởi công cầu Nà Phặt", BRIDGE, ["120 tỷ đồng", "38%"]),
        ("Xã Húc Động trao tặng Huy hiệu Đảng", MEDALS, ["14 chi bộ", "412 đảng viên"]),
        ("Mức phạt nồng độ cồn", FINES, ["132 trường hợp"]),
    ],
)
def test_a_story_gives_only_what_it_tells_of_the_place(title: str, text: str, facts: list[str]) -> None:
    assert told(text, title) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Thu nhập của cả hai xã Lục Hồn, Hoành Mô tăng 12%.", ["12%"]),
        ("Huyện có 2 xã Lục Hồn và Hoành Mô đạt chuẩn nông thôn mới.", ["2 xã"]),
        ("Sáng 18/3, hơn 90 cử tri đã nghe báo cáo kết quả kỳ họp.", []),
        ("Dự đại hội cấp xã có 128 đảng viên, thay mặt 310 đảng viên của 12 chi bộ.", ["310 đảng viên", "12 chi bộ"]),
        ("Khoảng 21 giờ ngày 17/3, xe máy va chạm với xe tải khiến 2 người tử vong.", []),
        ("Từ đầu năm, toàn huyện có 9 vụ tai nạn giao thông, làm 4 người chết.", ["9 vụ tai nạn", "4 người"]),
        ("Lãnh đạo huyện thăm, hỗ trợ gia đình người bị nạn 5 triệu đồng.", []),
    ],
)
def test_what_happened_on_one_day_is_no_fact(text: str, facts: list[str]) -> None:
    assert told(text, "") == facts


@pytest.mark.parametrize(
    "text",
    [
        "Cập nhật 12/03/2021-09:15:00 AM.",
        "Trận đấu kết thúc với tỷ số 2 – 0.",
        "Doanh thu bình quân 1 hợp tác xã tăng khá.",
        "Giống chủ lực là Nhị ưu 838 và Thái xuyên 111.",
        "Mạ được gieo từ 06 - 12/01, cấy xong trước Tết.",
        "Đoàn xã trồng hoa mừng ngày giải phóng quê hương 19/3.",
        "Xã chia làm 3 nhóm: hộ khá, hộ trung bình, hộ nghèo.",
        "Bạn còn 500/500 ký tự",
        "Không còn trường học 3 ca, tai nạn giảm cả ba mặt.",
        "Đón các cựu binh Trung đoàn 95 về thăm.",
        "Giải quyết đơn về đất ở tại thửa số 41, tờ bản đồ 9.",
    ],
)
def test_what_looks_like_a_figure_is_none(text: str) -> None:
    assert told(text, "") == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Trường miễn học phí cho 210 học sinh nghèo.", ["210 học sinh"]),
        ("Xã chi hỗ trợ theo Nghị quyết 68 cho 145 người.", ["145 người"]),
        ("Kết nạp 9 đảng viên, vượt chỉ tiêu nghị quyết đại hội; tổ chức 6 cuộc giám sát.", ["9 đảng viên", "6 cuộc"]),
        ("Mức thu học phí là 150.000 đồng một tháng, lãi suất 6,6%.", []),
        ("Công an xử lý nồng độ cồn 45 trường hợp.", ["45 trường hợp"]),
    ],
)
def test_a_rule_sets_sums_and_not_how_many_it_was_applied_to(text: str, facts: list[str]) -> None:
    assert told(text, "") == facts


LOAN = """\
Hộ được vay không quá mức tối đa (hiện là 40 triệu đồng/hộ), trả trong 60 tháng, phí 0,5%/tháng.
Hộ nghèo được giảm 30%.
Đến nay, toàn huyện có 420 hộ vay vốn.
"""


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        ("Hướng dẫn vay vốn hộ mới thoát nghèo", ["420 hộ"]),
        ("Thông báo mức vay năm 2021", ["420 hộ"]),
        ("Những điều cần biết khi vay vốn", ["420 hộ"]),
    ],
)
def test_a_notice_gives_only_what_it_tells_of_the_place(title: str, facts: list[str]) -> None:
    assert told(LOAN, title) == facts


CRASH = """\
Chiều 18/3, xe tải lao xuống vực, vệt phanh trên mặt đường dài hơn 30 m.
Lãnh đạo xã tới thăm 3 hộ bị ảnh hưởng, trao mỗi hộ 1 triệu đồng.
Từ đầu năm đến nay, trên địa bàn huyện xảy ra 7 vụ tai nạn giao thông, làm 5 người chết.
"""


def test_one_accident_gives_only_what_it_tells_of_all() -> None:
    assert told(CRASH, "Xe tải lao xuống vực ở Bình Liêu") == ["7 vụ tai nạn", "5 người"]
    assert "3 hộ" in told(CRASH, "Tình hình tai nạn giao thông quý I")


def test_what_the_police_did_besides_one_arrest_is_told_of_the_place() -> None:
    text = (
        "Công an bắt quả tang N.V.H. tàng trữ 2 gói ma túy.\nTừ tháng 1, công an huyện liên tiếp bắt giữ 6 vụ phạm tội."
    )
    assert told(text, "Bắt đối tượng tàng trữ ma túy") == ["6 vụ"]


def test_an_aim_that_must_be_reached_is_no_standard() -> None:
    text = (
        "Mục tiêu năm 2025 là thu nhập bình quân phải đạt 84 triệu đồng/người. "
        "Để đạt chuẩn, thu nhập phải đạt 48 triệu đồng/người."
    )
    assert told(text, "") == ["84 triệu đồng/người"]


def test_the_parts_of_a_total_line_by_line_are_told_of_the_place() -> None:
    """Bare nouns of a statistics page stand below what they are parts of."""
    text = (
        "1. Tổng số cơ sở y tế trên toàn tỉnh: 186, trong đó:\n\n- 18 bệnh viện\n\n- 01 bệnh viện da liễu\n\n"
        "- 141 trạm y tế xã phường\n\n2. Tổng số giường bệnh: 2.411, trong đó:\n\n- Bệnh viện: 1.843 giường\n\n"
        "- Trạm y tế: 568 giường\n\n3. Nhân lực ngành y: 2.925 người, trong đó:\n\n- Điều dưỡng: 800 người"
    )
    told = read(text, title="Y tế Sơn La", published="2023-09-01", site="tỉnh Sơn La").observations
    assert [int(row.obs_value) for row in told] == [186, 18, 1, 141, 2411, 1843, 568, 2925, 800]


def test_families_of_members_that_got_a_title_are_no_story() -> None:
    text = "Hội phấn đấu kết nạp mới 60 hội viên; gia đình hội viên đạt danh hiệu văn hóa 91%."
    assert told(text, "") == ["60 hội viên", "91%"]
    assert told("Gia đình hội viên Nguyễn Văn An nuôi 20 con bò, thu 300 triệu đồng.", "") == []


@pytest.mark.parametrize(
    ("speaker", "facts"),
    [
        ("cụ bà Lục Thị Mai, 78 tuổi, kể", ["17 nhà"]),
        ("chị Mai ở thôn Đông nói", ["17 nhà"]),
        ("ông Lục Văn Páo, 50 tuổi, Chủ tịch UBND xã cho biết", ["17 nhà", "2 tấn", "40 con"]),
        ("ông Páo nói", ["17 nhà", "2 tấn", "40 con"]),
    ],
)
def test_who_is_told_by_age_or_home_alone_speaks_for_no_place(speaker: str, facts: list[str]) -> None:
    assert (
        told(f"Toàn huyện có 17 nhà bị sập.\n“Nước lên nhanh, lúa ướt 2 tấn. Bò trôi 40 con rồi” - {speaker}.", "")
        == facts
    )


FLOOD = (
    "Lũ tại huyện Tuy Phước đã xuống, đường sá sạt lở, nước rút chậm, bà con nhiều nơi còn bị cô lập.\n"
    "Ông Lục Văn Páo, Phó Chủ tịch UBND huyện, cho biết huyện nhận được 35 tấn gạo và 4.200 thùng mì gói, "
    "đã đưa về xã Phước Hòa 6,5 tấn."
)


def test_food_that_was_got_and_handed_out_is_told_of_the_place() -> None:
    assert [quote.split()[0] for quote in told(FLOOD, "Huyện Tuy Phước gồng mình sau lũ")] == ["35", "4.200", "6,5"]


@pytest.mark.parametrize("told_by", ["năm 2023 huyện chỉ có 2 hồ sơ trễ hạn", "cả năm chỉ kết nạp 14 đảng viên"])
def test_how_few_a_place_has_is_told_of_it_whoever_says_so(told_by: str) -> None:
    assert told(f"Ông Dũng cho biết {told_by}.", "Huyện Tuy Phước cải cách hành chính") != []


FAMILY = """\
Gia đình chị Mến từng là hộ nghèo. Năm 2018, chị được vay 50 triệu đồng mua 2 con trâu.
Nay chị đã khá. Đến nay, gia đình có 5 con trâu, mỗi năm thu trên 70 triệu đồng, đã trả hết nợ ngân hàng. \
Toàn xã có 300 con trâu.
"""


def test_a_story_goes_on_with_the_family_that_it_tells_of() -> None:
    assert told(FAMILY, "Tín dụng chính sách ở Húc Động") == ["300 con"]
