"""People named in their public offices."""

import pytest

from civic_etl.extract.records import Extraction

from .articles import offices, read

HUC_DONG = "xã Húc Động"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Dự có đồng chí Vi Thị Hoa, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện.",
            [
                ("Vi Thị Hoa", "Phó Bí thư Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Vi Thị Hoa", "Chủ tịch UBND huyện", "huyện Bình Liêu"),
            ],
            id="two offices after the name",
        ),
        pytest.param(
            "Ông Trần A Chíu – Phó Chủ tịch UBND xã Húc Động cho biết đường đã thông.",
            [("Trần A Chíu", "Phó Chủ tịch UBND xã", HUC_DONG)],
            id="a dash",
        ),
        pytest.param(
            "Đ/c Lô Văn Páo - Bí thư Đảng ủy xã Húc Động chủ trì.",
            [("Lô Văn Páo", "Bí thư Đảng ủy xã", HUC_DONG)],
            id="abbreviated honorific",
        ),
        pytest.param(
            "Chủ tịch UBND xã Húc Động Hoàng Thị Mai yêu cầu các thôn vào cuộc.",
            [("Hoàng Thị Mai", "Chủ tịch UBND xã", HUC_DONG)],
            id="office before the name, the unit between",
        ),
        pytest.param(
            "Dự có Trung tá, Phó Chỉ huy trưởng Ban CHQS huyện Nguyễn Đình Quý.",
            [("Nguyễn Đình Quý", "Phó Chỉ huy trưởng Ban Chỉ huy Quân sự huyện", "huyện Bình Liêu")],
            id="rank before the office",
        ),
        pytest.param(
            "Đại tá Phạm Quốc Bảo, Trưởng Công an huyện kết luận.",
            [("Phạm Quốc Bảo", "Trưởng Công an huyện", "huyện Bình Liêu")],
            id="rank before the name",
        ),
        pytest.param(
            "Dự có các đồng chí: Lê Văn Tám, Bí thư Huyện ủy; Ngô Thị Lành, Phó Chủ tịch HĐND huyện.",
            [
                ("Lê Văn Tám", "Bí thư Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Ngô Thị Lành", "Phó Chủ tịch HĐND huyện", "huyện Bình Liêu"),
            ],
            id="a list with semicolons",
        ),
        pytest.param(
            "Dự có đồng chí Đặng Minh Hà, Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Tỉnh ủy.",
            [
                ("Đặng Minh Hà", "Ủy viên Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Quảng Ninh"),
                ("Đặng Minh Hà", "Trưởng Ban Dân vận Tỉnh ủy", "Tỉnh ủy Quảng Ninh"),
            ],
            id="the committee belongs to both",
        ),
        pytest.param(
            "Đồng chí Bùi Văn Nam - Phó Bí thư, PCT. UBND xã Húc Động dự.",
            [
                ("Bùi Văn Nam", "Phó Bí thư Đảng ủy", HUC_DONG),
                ("Bùi Văn Nam", "Phó Chủ tịch UBND xã", HUC_DONG),
            ],
            id="the head alone takes the committee of its unit",
        ),
        pytest.param(
            "Bà Chu Thị Én, nguyên Chủ tịch Hội Liên hiệp Phụ nữ huyện kể lại.",
            [("Chu Thị Én", "nguyên Chủ tịch Hội LHPN huyện", "huyện Bình Liêu")],
            id="a former office and a short name",
        ),
        pytest.param(
            "Ông Tằng Dảu Sằn, Trưởng Phòng Văn hóa - Thể thao và Du lịch huyện nói.",
            [("Tằng Dảu Sằn", "Trưởng Phòng Văn hóa - Thể thao và Du lịch huyện", "huyện Bình Liêu")],
            id="an organisation of several words",
        ),
        pytest.param(
            "Kết quả, ông Vũ Văn Sáng, sinh năm 1980, được bầu giữ chức Chủ tịch UBND xã Húc Động.",
            [("Vũ Văn Sáng", "Chủ tịch UBND xã", HUC_DONG)],
            id="elected, far from the name",
        ),
        pytest.param(
            "Tổ trưởng Tổ công tác là bà Lưu Thị Tím, Bí thư Chi bộ thôn Nà Ếch, xã Húc Động.",
            [("Lưu Thị Tím", "Bí thư Chi bộ thôn Nà Ếch", HUC_DONG)],
            id="a part of the commune keeps its name",
        ),
        pytest.param(
            "Dự có các Phó Chủ tịch UBND huyện: Lý Văn Bình, Hoàng Thị Nguyệt và Đinh Công Sáu.",
            [
                ("Lý Văn Bình", "Phó Chủ tịch UBND huyện", "huyện Bình Liêu"),
                ("Hoàng Thị Nguyệt", "Phó Chủ tịch UBND huyện", "huyện Bình Liêu"),
                ("Đinh Công Sáu", "Phó Chủ tịch UBND huyện", "huyện Bình Liêu"),
            ],
            id="one office of a list of people",
        ),
        pytest.param(
            "Phó Chủ tịch UBND xã Húc Động - ông Nguyễn Thành Long nhắc nhở các hộ.",
            [("Nguyễn Thành Long", "Phó Chủ tịch UBND xã", HUC_DONG)],
            id="office, dash, name",
        ),
        pytest.param(
            "Đồng chí Phạm Hoàng Long, Phó Bí thư Đảng ủy xã Lục Hồn giữ chức Bí thư Đảng ủy xã Húc Động.",
            [
                ("Phạm Hoàng Long", "Phó Bí thư Đảng ủy xã", "xã Lục Hồn"),
                ("Phạm Hoàng Long", "Bí thư Đảng ủy xã", HUC_DONG),
            ],
            id="from one office into another",
        ),
        pytest.param(
            "Bí thư xã Húc Động Lý Thị Xuân và Phó Chủ tịch huyện Tô Đình Hiệu đối thoại với dân.",
            [
                ("Lý Thị Xuân", "Bí thư Đảng ủy xã", HUC_DONG),
                ("Tô Đình Hiệu", "Phó Chủ tịch UBND huyện", "huyện Bình Liêu"),
            ],
            id="the organisation that everybody leaves out",
        ),
        pytest.param(
            "HĐND miễn nhiệm chức vụ Phó Chủ tịch HĐND xã Húc Động, nhiệm kỳ 2016-2021 đối với ông Hà Văn Ngân.",
            [("Hà Văn Ngân", "Phó Chủ tịch HĐND xã", HUC_DONG)],
            id="a term of office between",
        ),
        pytest.param(
            "Bí thư Huyện ủy Hải Hà Trần Kim Yến thăm xã.",
            [("Trần Kim Yến", "Bí thư Huyện ủy", "Huyện ủy Hải Hà")],
            id="a committee with its own name, then the person",
        ),
        pytest.param(
            "Bí thư Huyện ủy Hải Hà - Trần Kim Yến tiếp đoàn.",
            [("Trần Kim Yến", "Bí thư Huyện ủy", "Huyện ủy Hải Hà")],
            id="an office, a dash, a bare name",
        ),
        pytest.param(
            "Dự có bà Lã Thị Sen, Huyện ủy viên, Bí thư, Chủ tịch UBND xã Húc Động.",
            [
                ("Lã Thị Sen", "Huyện ủy viên", "Huyện ủy Bình Liêu"),
                ("Lã Thị Sen", "Bí thư Đảng ủy", HUC_DONG),
                ("Lã Thị Sen", "Chủ tịch UBND xã", HUC_DONG),
            ],
            id="a member of the committee above is the secretary of its own",
        ),
        pytest.param(
            "Ông Hứa Văn Quảng, Tỉnh ủy viên, Bí thư Đảng ủy, Giám đốc Sở Tài chính dự.",
            [
                ("Hứa Văn Quảng", "Tỉnh ủy viên", "Tỉnh ủy Quảng Ninh"),
                ("Hứa Văn Quảng", "Bí thư Đảng ủy", "tỉnh Quảng Ninh"),
                ("Hứa Văn Quảng", "Giám đốc Sở Tài chính", "tỉnh Quảng Ninh"),
            ],
            id="the committee of a department",
        ),
        pytest.param(
            "Ông Hứa Quảng, Phó Trưởng Ban Dân tộc, HĐND huyện; ông Lê Tư, Bí thư Đảng ủy, thường trực xã Húc Động.",
            [
                ("Hứa Quảng", "Phó Trưởng Ban Dân tộc HĐND huyện", "huyện Bình Liêu"),
                ("Lê Tư", "Bí thư Đảng ủy", HUC_DONG),
            ],
            id="behind a comma a board's council, but no second body of a committee",
        ),
        pytest.param(
            "HĐND xã Húc Động bầu ông Tô Văn Lúa, Phó Bí thư Đảng ủy xã giữ chức Chủ tịch HĐND.",
            [
                ("Tô Văn Lúa", "Phó Bí thư Đảng ủy xã", HUC_DONG),
                ("Tô Văn Lúa", "Chủ tịch HĐND xã", HUC_DONG),
            ],
            id="an office of the unit named before",
        ),
        pytest.param(
            "Xã Húc Động miễn nhiệm Phó Chủ tịch UBND xã đối với ông Lã Văn Bè và bà Chu Thị Lụa; ông Vi Sĩ Bê vắng.",
            [
                ("Lã Văn Bè", "Phó Chủ tịch UBND xã", HUC_DONG),
                ("Chu Thị Lụa", "Phó Chủ tịch UBND xã", HUC_DONG),
            ],
            id="an office that concerns two people",
        ),
        pytest.param(
            "Ông Lã Văn Bè nghỉ hưu; miễn nhiệm chức danh Chủ tịch UBND xã Húc Động đối với bà Chu Thị Lụa.",
            [("Chu Thị Lụa", "Chủ tịch UBND xã", HUC_DONG)],
            id="an office that ends is nobody's who is named before it",
        ),
        pytest.param(
            "Ông Lã Văn Bè được tín nhiệm bầu Bí thư Đảng ủy xã Húc Động.",
            [("Lã Văn Bè", "Bí thư Đảng ủy xã", HUC_DONG)],
            id="elected without giữ chức",
        ),
        pytest.param(
            "Ông Lã Văn Bè, sinh năm 1970, Trưởng thôn Nà Ếch, xã Húc Động kể; ông Vi A, cùng Chủ tịch UBND xã đi.",
            [("Lã Văn Bè", "Trưởng thôn Nà Ếch", HUC_DONG)],
            id="an aside between name and office",
        ),
        pytest.param(
            "Về xã Húc Động có chị Lý Mỹ Linh, Phó Bí thư Huyện đoàn; anh Tằng A Dì, Bí thư Xã đoàn; "
            "bà Hà Vi, Phó Vụ trưởng Ban Dân vận TW.",
            [
                ("Lý Mỹ Linh", "Phó Bí thư Huyện đoàn", "huyện Bình Liêu"),
                ("Tằng A Dì", "Bí thư Xã đoàn", HUC_DONG),
                ("Hà Vi", "Phó Vụ trưởng Ban Dân vận TW", "Trung ương"),
            ],
            id="bodies that name their level",
        ),
        pytest.param(
            "Ông Tô A Bê - Phó Trưởng Ban Chỉ đạo Phòng, chống dịch Covid-19 xã Húc Động, Chủ tịch Hội (ảnh) dự.",
            [("Tô A Bê", "Phó Trưởng Ban Chỉ đạo Phòng, chống dịch Covid-19 xã", HUC_DONG)],
            id="a board named by what it is for; an association that nothing names",
        ),
        pytest.param(
            "Hội Cựu chiến binh xã Húc Động họp. Ông Tô A Bê ( Phó chủ tich Hội) chủ trì.",
            [("Tô A Bê", "Phó Chủ tịch Hội CCB xã", HUC_DONG)],
            id="the association named before; an office in brackets",
        ),
        pytest.param(
            "Ông Tô A Bê - Thường vụ Huyện ủy, Trưởng Ban Dân vận; ông Lê Tư – Trưởng ban tổ chức khai mạc giải.",
            [
                ("Tô A Bê", "Ủy viên Ban Thường vụ Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Tô A Bê", "Trưởng Ban Dân vận Huyện ủy", "Huyện ủy Bình Liêu"),
            ],
            id="a board of the Party is of the committee beside it; who runs a contest is of none",
        ),
        pytest.param(
            "Đảng ủy Quân sự tỉnh họp. Ông Tô A Bê, Bí thư Đảng ủy xã Húc Động, bà Lý Thị Xa, Bí thư Huyện đoàn Khai "
            "mạc; ông Lê Tư, Bí thư Đảng ủy, Chính ủy Quân khu 3 dự.",
            [
                ("Tô A Bê", "Bí thư Đảng ủy xã", HUC_DONG),
                ("Lý Thị Xa", "Bí thư Huyện đoàn", "huyện Bình Liêu"),
                ("Lê Tư", "Bí thư Đảng ủy", "Trung ương"),
                ("Lê Tư", "Chính ủy Quân khu 3", "Trung ương"),
            ],
            id="a committee is that of its own unit; one capital behind a body is no name",
        ),
        pytest.param(
            "Dự có đ/c Tô A Bê - PBTĐU - CTUBND xã Húc Động; các Phó Chủ tịch HĐND xã Lê Thị Tư, Vi A Lý.",
            [
                ("Tô A Bê", "Phó Bí thư Đảng ủy", HUC_DONG),
                ("Tô A Bê", "Chủ tịch UBND xã", HUC_DONG),
                ("Lê Thị Tư", "Phó Chủ tịch HĐND xã", HUC_DONG),
                ("Vi A Lý", "Phó Chủ tịch HĐND xã", HUC_DONG),
            ],
            id="abbreviations written together; the office of several without a colon",
        ),
        pytest.param(
            "Ông Tô A Bê, Giám đốc BQL rừng phòng hộ huyện; bà Lê Thị Tư, Chủ tịch HND xã Húc Động.",
            [
                ("Tô A Bê", "Giám đốc BQL rừng phòng hộ huyện", "huyện Bình Liêu"),
                ("Lê Thị Tư", "Chủ tịch Hội Nông dân xã", HUC_DONG),
            ],
            id="abbreviated bodies",
        ),
        pytest.param(
            "Ông Tô A Bê – Huyện ủy viên/ Bí thư xã/ Chủ tịch UBND xã Húc Động dự.",
            [
                ("Tô A Bê", "Huyện ủy viên", "Huyện ủy Bình Liêu"),
                ("Tô A Bê", "Bí thư Đảng ủy xã", HUC_DONG),
                ("Tô A Bê", "Chủ tịch UBND xã", HUC_DONG),
            ],
            id="slashes between offices; the secretary of a commune is of its own committee",
        ),
        pytest.param(
            "Các đồng chí A Pớt, Lê Tư và Vi Bê được bầu giữ chức Phó Bí thư Đảng ủy xã Húc Động.",
            [
                ("A Pớt", "Phó Bí thư Đảng ủy xã", HUC_DONG),
                ("Lê Tư", "Phó Bí thư Đảng ủy xã", HUC_DONG),
                ("Vi Bê", "Phó Bí thư Đảng ủy xã", HUC_DONG),
            ],
            id="several who come into one office",
        ),
        pytest.param(
            "Giới thiệu ông Lê Tư để HĐND huyện bầu giữ chức Chủ tịch UBND huyện; bà Vi Bê phụ trách xã cho đến khi "
            "kiện toàn nhân sự giữ chức Bí thư Huyện ủy; ông Hà A Lý thôi giữ chức Bí thư Đảng ủy xã Húc Động.",
            [("Hà A Lý", "Bí thư Đảng ủy xã", HUC_DONG)],
            id="put up for an office, or only in charge; one that ends was held",
        ),
        pytest.param(
            "Ông Lê Tư, Bí thư Đảng ủy khối Doanh nghiệp tỉnh; bà Vi Bê, Bí thư Đảng ủy các cơ quan Đảng tỉnh dự.",
            [
                ("Lê Tư", "Bí thư Đảng ủy Khối Doanh nghiệp tỉnh", "tỉnh Quảng Ninh"),
                ("Vi Bê", "Bí thư Đảng ủy các cơ quan Đảng tỉnh", "tỉnh Quảng Ninh"),
            ],
            id="committees of blocks",
        ),
        pytest.param(
            "Dự có các đồng chí: Lê Tư - Bí thư Đảng ủy xã Húc Động; Quảng Trọng Lành - Trưởng thôn Nà Ếch.",
            [("Lê Tư", "Bí thư Đảng ủy xã", HUC_DONG), ("Quảng Trọng Lành", "Trưởng thôn Nà Ếch", HUC_DONG)],
            id="a name of no known family, listed with its office",
        ),
        pytest.param(
            "Ông Lê Tư - BT.HU, CT.HĐND huyện; bà Vi Bê, Chủ tịch UB MTTQVN xã Húc Động; ông Hà A, Chánh án TAND huyện",
            [
                ("Lê Tư", "Bí thư Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Lê Tư", "Chủ tịch HĐND huyện", "huyện Bình Liêu"),
                ("Vi Bê", "Chủ tịch Ủy ban MTTQ Việt Nam xã", HUC_DONG),
                ("Hà A", "Chánh án TAND huyện", "huyện Bình Liêu"),
            ],
            id="more abbreviated bodies",
        ),
        pytest.param(
            "Ông Lê Tư, Ủy viên Ban Thường vụ (BTV) Huyện ủy; bà Vi Bê, Trưởng Ban đại diện Hội Người cao tuổi "
            "xã Húc Động.",
            [
                ("Lê Tư", "Ủy viên Ban Thường vụ Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Vi Bê", "Trưởng Ban đại diện Hội Người cao tuổi xã", HUC_DONG),
            ],
            id="an abbreviation in brackets within an office",
        ),
        pytest.param(
            "Thiếu tướng Hà Vi, Phó Tư lệnh, Tham mưu trưởng Quân khu 3; Thường trực Ban Bí thư Lý Văn Bê dự.",
            [
                ("Hà Vi", "Phó Tư lệnh Quân khu 3", "Trung ương"),
                ("Hà Vi", "Tham mưu trưởng Quân khu 3", "Trung ương"),
                ("Lý Văn Bê", "Thường trực Ban Bí thư", "Trung ương"),
            ],
            id="offices of the centre",
        ),
    ],
)
def test_ways_to_name_an_office(text: str, found: list[tuple[str, str, str]]) -> None:
    assert offices(text) == found


@pytest.mark.parametrize(
    ("person", "text"),
    [
        ("Y Blư Kbuôr", "Ông Y Blư Kbuôr, Chủ tịch UBND xã Húc Động nói."),
        ("H'Lan Niê", "Bà H' Lan Niê, Chủ tịch UBND xã Húc Động nói."),
        ("K'Brui", "Ông K'Brui, Chủ tịch UBND xã Húc Động nói."),
        ("H'Lan Niê", "Bà H'Lan Niê, Chủ tịch UBND xã Húc Động nói."),
        ("Điểu K'Rang", "Chủ tịch UBND xã Húc Động Điểu K'Rang nói."),
        ("Rơ Châm Thiu", "Đồng chí Rơ Châm Thiu - Chủ tịch UBND xã Húc Động nói."),
        ("Nguyễn Quốc Hưng", "Ông NGUYỄN QUỐC HƯNG, Chủ tịch UBND xã Húc Động nói."),
        ("Đỗ Thế Trung", "Đồng chí Đỗ thế Trung - Chủ tịch UBND xã Húc Động nói."),
        ("Nguyễn Phạm Hải Âu", "Ông Nguyễn  Phạm Hải Âu – Chủ tịch UBND xã Húc Động nói."),
    ],
)
def test_names_of_all_peoples(person: str, text: str) -> None:
    assert offices(text) == [(person, "Chủ tịch UBND xã", HUC_DONG)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ông Nguyễn Văn Tư, thôn Nà Ếch, xã Húc Động nuôi 20 con bò.", id="a private person"),
        pytest.param("Học tập đạo đức Chủ tịch Hồ Chí Minh, xã làm 3 km đường.", id="a person of history"),
        pytest.param("Chủ tịch UBND xã đi kiểm tra. Đường Nguyễn Trãi, Chủ tịch UBND xã đã cho sửa.", id="a street"),
        pytest.param("Ông Lê Hữu Phúc, Giám đốc Công ty TNHH Hoa Hồi tặng quà.", id="a firm"),
        pytest.param("Bà Trần Thị Ba, Giám đốc Hợp tác xã Miến dong kể.", id="a cooperative"),
        pytest.param("Mọi thắc mắc xin hỏi ông Hà Văn Bốn, công chức Văn phòng.", id="a clerk"),
        pytest.param("Xã đã bầu Chủ tịch UBND xã và Phó Bí thư Đảng ủy xã.", id="an office without a person"),
        pytest.param("Xã vui Tết.\n\nTin, ảnh: Nguyễn Văn Hải - Chủ tịch Hội Nông dân xã", id="a credit line"),
        pytest.param("Xã vui Tết.\n\nĐặng Tuyết Nhung", id="an author's name"),
        pytest.param("", id="nothing"),
    ],
)
def test_nobody_in_office(text: str) -> None:
    assert offices(text) == []


def test_a_name_after_an_office_and_a_unit_that_looks_like_a_name() -> None:
    text = "Phó Chủ tịch UBND huyện Danh Hoàng Vũ lưu ý các xã."
    assert offices(text, site="huyện Hồng Dân, tỉnh Bạc Liêu", published="2020-07-02") == [
        ("Danh Hoàng Vũ", "Phó Chủ tịch UBND huyện", "huyện Hồng Dân")
    ]


def test_two_wards_of_one_name_are_told_apart_by_their_cities() -> None:
    text = (
        "Phường Quang Trung (TP Thái Bình) đón đoàn phường Quang Trung, thành phố Hà Giang do đồng chí Nguyễn Đình An, "
        "Bí thư Đảng ủy phường dẫn đầu. Đồng chí Hoàng Thị Nga, Chủ tịch UBND phường Quang Trung (Thái Bình) chào mừng."
    )
    found = offices(text, site="thành phố Thái Bình, tỉnh Thái Bình", published="2017-04-24")
    assert [unit for _, _, unit in found] == [
        "phường Quang Trung, thành phố Hà Giang",
        "phường Quang Trung, thành phố Thái Bình",
    ]


def test_a_district_called_by_a_number_keeps_its_type() -> None:
    text = "Ông Trần Văn Hoàng, Bí thư Quận ủy quận 4 dự."
    found = offices(text, site="quận 4, thành phố Hồ Chí Minh", published="2020-08-01")
    assert found == [("Trần Văn Hoàng", "Bí thư Quận ủy", "Quận ủy quận 4")]


def test_an_organisation_named_in_full_before_completes_a_bare_one() -> None:
    text = (
        "Phòng giao dịch Ngân hàng Chính sách xã hội huyện Bình Liêu cho vay 20 tỷ đồng. "
        "Bà Lục Thị Thu, Giám đốc Phòng giao dịch cho biết nợ xấu thấp."
    )
    assert offices(text) == [("Lục Thị Thu", "Giám đốc Phòng giao dịch Ngân hàng CSXH huyện", "huyện Bình Liêu")]


def test_the_signer_of_a_resolution() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN XÃ HÚC ĐỘNG\nHúc Động, ngày 20 tháng 12 năm 2020\n\n"
        "Điều 1. Thông qua kế hoạch năm 2021.\n\nCHỦ TỊCH\nLỷ A Sáng\n"
    )
    assert offices(text, published="2020-12-21") == [("Lỷ A Sáng", "Chủ tịch HĐND xã", HUC_DONG)]


def test_who_signs_in_the_place_of_another() -> None:
    text = (
        "ỦY BAN NHÂN DÂN XÃ HÚC ĐỘNG\nThông báo lịch tiêm phòng đàn bò.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLỷ A Sáng\n"
    )
    assert offices(text) == [("Lỷ A Sáng", "Phó Chủ tịch UBND xã", HUC_DONG)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Bà được Bí thư Đảng ủy phường Hồ Thị Lành đến thăm.",
            ("Hồ Thị Lành", "Bí thư Đảng ủy phường"),
            id="a family name that is also a ward",
        ),
        pytest.param(
            "Bà Ngô Thị Lành từng giữ chức Phó Chánh Văn phòng Tỉnh ủy; nay giữ chức Bí thư Đảng ủy xã Húc Động.",
            ("Ngô Thị Lành", "Bí thư Đảng ủy xã"),
            id="an office of the past and that of today",
        ),
        pytest.param(
            "Đại úy Vi Văn Tài, Đội phó Đội CSGT Công an huyện nhắc nhở.",
            ("Vi Văn Tài", "Đội phó Đội CSGT Công an huyện"),
            id="the police of the roads",
        ),
        pytest.param(
            "Trung tá Vi Văn Tài, Phó Trưởng phòng Cảnh sát PCCC và CNCH Công an tỉnh Quảng Ninh dự.",
            ("Vi Văn Tài", "Phó Trưởng Phòng Cảnh sát PCCC và CNCH Công an tỉnh"),
            id="a department of two abbreviations",
        ),
        pytest.param(
            "Dự có Phó Chủ nhiệm Ủy ban Dân tộc Chính phủ Ngô Đình Lành, Phó Chủ tịch UBND tỉnh Vi Văn Tài.",
            ("Ngô Đình Lành", "Phó Chủ nhiệm Ủy ban Dân tộc Chính phủ"),
            id="of the government",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Phó BT đảng uỷ- Chủ tịch UBND xã Húc Động dự.",
            ("Vi Văn Tài", "Phó Bí thư Đảng ủy"),
            id="abbreviated in part",
        ),
        pytest.param(
            "Dự có ông giáp Văn Tài, Huyện ủy viên.",
            ("Giáp Văn Tài", "Huyện ủy viên"),
            id="a family name written small",
        ),
        pytest.param(
            "Chủ tịch UBND Quảng Ninh, ông Vi Văn Tài chủ trì.",
            ("Vi Văn Tài", "Chủ tịch UBND tỉnh"),
            id="a unit by its bare name, no person",
        ),
        pytest.param(
            "Giám đốc Sở Y tế Quảng Ninh Vi Văn Tài cho biết.",
            ("Vi Văn Tài", "Giám đốc Sở Y tế"),
            id="a unit by its bare name before a person's",
        ),
        pytest.param(
            "Điều động bà Ngô Thị Lành đến nhận công tác tại Sở Tư pháp và bổ nhiệm giữ chức Phó Giám đốc.",
            ("Ngô Thị Lành", "Phó Giám đốc Sở Tư pháp"),
            id="an office where somebody is sent",
        ),
        pytest.param(
            "Bổ nhiệm ông Vi Văn Tài giữ chức vụ Phó Chánh Thanh tra tỉnh.",
            ("Vi Văn Tài", "Phó Chánh Thanh tra tỉnh"),
            id="an inspector of the province",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Phó Giám đốc Sở KH-CN tỉnh dự.",
            ("Vi Văn Tài", "Phó Giám đốc Sở KH-CN tỉnh"),
            id="letters as the page has them",
        ),
        pytest.param(
            "Ảnh: Phó Chủ tịch UBND huyện Ngô Thị Lành phát biểu.",
            ("Ngô Thị Lành", "Phó Chủ tịch UBND huyện"),
            id="who is seen in a picture",
        ),
        pytest.param(
            "Bà Ngô Thị Lành, Phó Bí thư TT Đảng ủy xã, dự họp.",
            ("Ngô Thị Lành", "Phó Bí thư TT Đảng ủy xã"),
            id="one word cut short, as written",
        ),
        pytest.param(
            "Bà Ngô Thị Lành, PBT TT ĐU, Chủ tịch UBND xã Húc Động dự.",
            ("Ngô Thị Lành", "Phó Bí thư Thường trực Đảng ủy"),
            id="letters that are no town",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Chánh Văn phòng Điều phối chương trình mục tiêu quốc gia xây dựng NTM tỉnh dự.",
            ("Vi Văn Tài", "Chánh Văn phòng Điều phối chương trình mục tiêu quốc gia xây dựng NTM tỉnh"),
            id="a body named at length",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Phó Tổng cục trưởng Tổng cục Thống kê.",
            ("Vi Văn Tài", "Phó Tổng cục trưởng Tổng cục Thống kê"),
            id="a general department",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Giám đốc Ngân hàng CSXH chi nhánh tỉnh dự.",
            ("Vi Văn Tài", "Giám đốc Ngân hàng CSXH chi nhánh tỉnh"),
            id="the branch of a public bank",
        ),
        pytest.param(
            "Đại tá Vi Văn Tài, Chính ủy BCH BĐBP tỉnh dự.",
            ("Vi Văn Tài", "Chính ủy Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
            id="letters of a command",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Chánh VP UBND tỉnh dự.",
            ("Vi Văn Tài", "Chánh Văn phòng UBND tỉnh"),
            id="letters of a head",
        ),
    ],
)
def test_who_it_is_and_of_what(text: str, found: tuple[str, str]) -> None:
    assert offices(text)[0][:2] == found


def test_a_department_of_the_police_is_of_the_province() -> None:
    assert offices("Tại huyện, Thượng tá Vi Văn Tài, Phó Trưởng Phòng CSGT cho biết.", title="Huyện Bình Liêu") == [
        ("Vi Văn Tài", "Phó Trưởng Phòng CSGT", "tỉnh Quảng Ninh")
    ]


def test_what_is_done_or_credited_behind_a_unit_is_no_part_of_its_name() -> None:
    title = "Xã Húc Động Thành lập chi bộ quân sự"
    assert offices("Ông Lỷ A Sáng, Phó Bí thư Đảng ủy xã dự.", title=title)[0][2] == HUC_DONG
    assert offices("Ông Lỷ A Sáng, Bí thư Đảng ủy xã Húc Động ẢNH: T.H")[0][2] == HUC_DONG


def test_an_office_cut_short_is_the_one_written_out() -> None:
    text = "Bà Ngô Thị Lành, Phó Bí thư TT Đảng ủy xã, dự họp. Phó Bí thư Thường trực Đảng ủy Ngô Thị Lành kết luận."
    assert [office for _, office, _ in offices(text)] == ["Phó Bí thư TT Đảng ủy xã"]


def test_each_office_once_with_its_first_sentence_and_offsets_into_the_text() -> None:
    text = "Mở đầu. Ông Vi Văn Tài, Chủ tịch UBND xã Húc Động nói. Ông Vi Văn Tài, Chủ tịch UBND xã Húc Động nói nữa."
    (mention,) = read(text).offices
    assert text[mention.char_start : mention.char_end] == "Vi Văn Tài, Chủ tịch UBND xã Húc Động"
    assert mention.evidence == "Ông Vi Văn Tài, Chủ tịch UBND xã Húc Động nói."


def test_offsets_count_the_characters_as_stored_in_decomposed_text() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Ở xã. Ông Vi Văn Tài, Chủ tịch UBND xã Húc Động nói.")
    (mention,) = read(text).offices
    stored = text[mention.char_start : mention.char_end]
    assert unicodedata.normalize("NFC", stored) == "Vi Văn Tài, Chủ tịch UBND xã Húc Động"
    assert mention.person == "Vi Văn Tài"


def test_the_same_text_gives_the_same_facts() -> None:
    text = "Dự có các đồng chí: Lê Văn Tám, Bí thư Huyện ủy; Ngô Thị Lành, Phó Chủ tịch HĐND huyện. " * 3

    def facts(extraction: Extraction) -> tuple[object, ...]:
        return extraction.offices, extraction.events, extraction.distinctions, extraction.outcomes

    assert facts(read(text)) == facts(read(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Theo quyết định của Bộ Tư lệnh Quân khu 3, Thượng tá Vi Văn Tài nhận nhiệm vụ.",
            [],
            id="a command is no commander",
        ),
        pytest.param(
            "Thừa ủy quyền của Chủ tịch nước, đồng chí Vi Văn Tài - Bí thư Huyện ủy trao huân chương.",
            [("Vi Văn Tài", "Bí thư Huyện ủy", "Huyện ủy Bình Liêu")],
            id="for whom somebody acts",
        ),
        pytest.param(
            "Dự có Thượng tá Vi Văn Tài, Phó Chính ủy Ban Chỉ huy Phòng thủ khu vực 2 - Bình Liêu; bà Ngô Thị Lành.",
            [("Vi Văn Tài", "Phó Chính ủy Ban Chỉ huy Phòng thủ khu vực 2 - Bình Liêu", "huyện Bình Liêu")],
            id="a command of an area with its number and seat",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, TVTU, Trưởng Ban Tuyên giáo Tỉnh ủy, Trưởng Ban tổ chức Hội thi.",
            [
                ("Vi Văn Tài", "Ủy viên Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Quảng Ninh"),
                ("Vi Văn Tài", "Trưởng Ban Tuyên giáo Tỉnh ủy", "Tỉnh ủy Quảng Ninh"),
            ],
            id="an abbreviated member of the committee who runs a contest",
        ),
        pytest.param(
            "Bí thư Đảng ủy, Chủ tịch HĐND lâm thời xã Húc Động Lỷ A Sáng phát biểu.",
            [("Lỷ A Sáng", "Bí thư Đảng ủy", HUC_DONG), ("Lỷ A Sáng", "Chủ tịch HĐND lâm thời xã", HUC_DONG)],
            id="a council for the time being",
        ),
        pytest.param(
            "Hội nghị do Phòng Y tế huyện Bình Liêu và Phòng Nội vụ tổ chức. Ông Vi Văn Tài, Trưởng Phòng Nội vụ dự.",
            [("Vi Văn Tài", "Trưởng Phòng Nội vụ", "huyện Bình Liêu")],
            id="who holds a meeting is not called by it",
        ),
        pytest.param(
            "Dự có bà Vi Thị Hoa - Phó Bí thư huyện Đoàn, ông Lỷ A Sáng - Bí thư Huyện ủy.",
            [
                ("Vi Thị Hoa", "Phó Bí thư Huyện đoàn", "huyện Bình Liêu"),
                ("Lỷ A Sáng", "Bí thư Huyện ủy", "Huyện ủy Bình Liêu"),
            ],
            id="the youth union is no district",
        ),
        pytest.param(
            "Đồng chí Lỷ A Sáng – Phó Bí thư, Chủ tịch HDND xã Húc Động dự.",
            [("Lỷ A Sáng", "Phó Bí thư Đảng ủy", HUC_DONG), ("Lỷ A Sáng", "Chủ tịch HĐND xã", HUC_DONG)],
            id="the council without its Vietnamese letter",
        ),
    ],
)
def test_bodies_and_who_acts_for_them(text: str, found: list[tuple[str, str, str]]) -> None:
    assert offices(text) == found


def test_a_shared_body_shares_its_unit() -> None:
    text = (
        "Sáng 12/3, Bộ CHQS tỉnh Quảng Ninh họp. Theo Quân khu 3, Đại tá Trần A Chíu, Phó Chỉ huy trưởng, "
        "Tham mưu trưởng Bộ CHQS tỉnh nhận nhiệm vụ."
    )
    assert offices(text, site=None) == [
        ("Trần A Chíu", "Phó Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh", "tỉnh Quảng Ninh"),
        ("Trần A Chíu", "Tham mưu trưởng Bộ Chỉ huy Quân sự tỉnh", "tỉnh Quảng Ninh"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Dự có Đ/c: Vi Văn Tài: UVTV, PCT UBND xã Húc Động; Đ/c Ngô Thị Lành: PCT.HĐND xã Húc Động.",
            [
                ("Vi Văn Tài", "Ủy viên Ban Thường vụ Đảng ủy", HUC_DONG),
                ("Vi Văn Tài", "Phó Chủ tịch UBND xã", HUC_DONG),
                ("Ngô Thị Lành", "Phó Chủ tịch HĐND xã", HUC_DONG),
            ],
            id="a colon behind the name",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, PBT.TT Đảng ủy, phụ trách Đảng bộ, CT.HĐND xã Húc Động.",
            [
                ("Vi Văn Tài", "Phó Bí thư Thường trực Đảng ủy", HUC_DONG),
                ("Vi Văn Tài", "Chủ tịch HĐND xã", HUC_DONG),
            ],
            id="what somebody is in charge of stands between the offices",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Phó Ban Pháp chế HĐND huyện; Chủ tịch UBND xã Húc Động; các trưởng thôn.",
            [("Vi Văn Tài", "Phó Trưởng Ban Pháp chế HĐND huyện", "huyện Bình Liêu")],
            id="who is not named behind a semicolon",
        ),
        pytest.param(
            "Dự có Đại tá Vi Văn Tài - Phó Chính ủy Quân khu 3; Phó Bí thư Huyện ủy, Chủ tịch UBND huyện - Lỷ A Sáng.",
            [
                ("Vi Văn Tài", "Phó Chính ủy Quân khu 3", "Trung ương"),
                ("Lỷ A Sáng", "Phó Bí thư Huyện ủy", "Huyện ủy Bình Liêu"),
                ("Lỷ A Sáng", "Chủ tịch UBND huyện", "huyện Bình Liêu"),
            ],
            id="offices behind a semicolon and before a name",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài Bí thư Đảng ủy xã Húc Động bà Ngô Thị Lành Chủ tịch UBND xã Húc Động.",
            [("Vi Văn Tài", "Bí thư Đảng ủy xã", HUC_DONG), ("Ngô Thị Lành", "Chủ tịch UBND xã", HUC_DONG)],
            id="names and offices without a mark",
        ),
        pytest.param(
            "Dự có chị Vi Thị Hoa - Bí thư Tỉnh đoàn Lạng Sơn; anh Lỷ A Sáng - Bí thư Tỉnh đoàn Quảng Ninh.",
            [
                ("Vi Thị Hoa", "Bí thư Tỉnh đoàn", "tỉnh Lạng Sơn"),
                ("Lỷ A Sáng", "Bí thư Tỉnh đoàn", "tỉnh Quảng Ninh"),
            ],
            id="youth unions named after their provinces",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Giám đốc Sở VHTT&DL; bà Ngô Thị Lành, Chánh Văn phòng Điều phối nông thôn mới tỉnh.",
            [
                ("Vi Văn Tài", "Giám đốc Sở VHTT&DL", "tỉnh Quảng Ninh"),
                ("Ngô Thị Lành", "Chánh Văn phòng Điều phối nông thôn mới tỉnh", "tỉnh Quảng Ninh"),
            ],
            id="abbreviated departments",
        ),
        pytest.param(
            "Các đồng chí Vi Thị Hoa và Ngô Thị Lành giữ chức vụ Phó Chủ tịch Hội LHPN xã Húc Động.",
            [
                ("Vi Thị Hoa", "Phó Chủ tịch Hội LHPN xã", HUC_DONG),
                ("Ngô Thị Lành", "Phó Chủ tịch Hội LHPN xã", HUC_DONG),
            ],
            id="two who come into one office",
        ),
        pytest.param(
            "Dự có bà Vi Thị Hoa – Phó Chủ tịch UBND xã Kiêm Chủ tịch Hội CCB xã Húc Động.",
            [("Vi Thị Hoa", "Phó Chủ tịch UBND xã", HUC_DONG), ("Vi Thị Hoa", "Chủ tịch Hội CCB xã", HUC_DONG)],
            id="a second office begins with a capital",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Phó Chủ nhiệm Ủy ban Đối ngoại của Quốc hội; ông Lỷ A Sáng, Phó Trưởng Đoàn chuyên "
            "trách Đoàn ĐBQH tỉnh.",
            [
                ("Vi Văn Tài", "Phó Chủ nhiệm Ủy ban Đối ngoại của Quốc hội", "Trung ương"),
                ("Lỷ A Sáng", "Phó Trưởng Đoàn ĐBQH chuyên trách tỉnh", "tỉnh Quảng Ninh"),
            ],
            id="of the National Assembly",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Phó Giám đốc Chi nhánh NHCSXH tỉnh; ông Lỷ A Sáng, Giám đốc NHNN Chi nhánh tỉnh.",
            [
                ("Vi Văn Tài", "Phó Giám đốc Chi nhánh Ngân hàng CSXH tỉnh", "tỉnh Quảng Ninh"),
                ("Lỷ A Sáng", "Giám đốc NHNN Chi nhánh tỉnh", "tỉnh Quảng Ninh"),
            ],
            id="branches of public banks",
        ),
        pytest.param(
            "Dự có ông Vi Văn Tài, Giám đốc Chi nhánh Công ty Than; ông Lỷ A Sáng, Giám đốc Chi nhánh Viettel tỉnh.",
            [],
            id="branches of firms",
        ),
        pytest.param(
            "Ông Vi Văn Tài, Chi cục phó phụ trách Chi cục Kiểm lâm tỉnh, và bà Ngô Thị Lành, Chủ tịch Công đoàn "
            "Viên chức tỉnh, cùng dự.",
            [
                ("Vi Văn Tài", "Chi cục phó Chi cục Kiểm lâm tỉnh", "tỉnh Quảng Ninh"),
                ("Ngô Thị Lành", "Chủ tịch Công đoàn Viên chức tỉnh", "tỉnh Quảng Ninh"),
            ],
            id="acting heads and trade unions",
        ),
        pytest.param(
            "Đồng chí Vi Thị Hoa - Trưởng phòng Giáo dục và Đào tạo báo cáo kết quả năm học.",
            [("Vi Thị Hoa", "Trưởng Phòng Giáo dục và Đào tạo", "huyện Bình Liêu")],
            id="a verb that begins like a newspaper",
        ),
        pytest.param(
            "Dự có đồng chí Vi Thị Hoa – Bí thư Đảng ủy, Chủ tịch HĐND xã Húc Động; đồng chí Lỷ A Sáng – Phó Bí thư "
            "Thường trực; đồng chí Ngô Văn Páo – Phó Bí thư câu lạc bộ.",
            [
                ("Vi Thị Hoa", "Bí thư Đảng ủy", HUC_DONG),
                ("Vi Thị Hoa", "Chủ tịch HĐND xã", HUC_DONG),
                ("Lỷ A Sáng", "Phó Bí thư Thường trực Đảng ủy", HUC_DONG),
            ],
            id="a bare deputy of the secretary named before",
        ),
        pytest.param(
            "Xã Húc Động họp. Dự có đồng chí Vi Thị Hoa, PBT – TTĐU xã; đồng chí Lỷ A Sáng, Phó Bí thư, Trưởng Khối "
            "vận Đảng ủy.",
            [
                ("Vi Thị Hoa", "Phó Bí thư Thường trực Đảng ủy", HUC_DONG),
                ("Lỷ A Sáng", "Phó Bí thư Đảng ủy", HUC_DONG),
                ("Lỷ A Sáng", "Trưởng Khối Dân vận Đảng ủy", HUC_DONG),
            ],
            id="the committee of the office beside",
        ),
        pytest.param(
            "Hội cựu Thanh niên xung phong (TNXP) huyện họp. Ông Vi Văn Tài, Chủ tịch Hội cựu TNXP tỉnh Lạng Sơn, dự.",
            [("Vi Văn Tài", "Chủ tịch Hội cựu TNXP tỉnh", "tỉnh Lạng Sơn")],
            id="an abbreviated association is not the one of the text",
        ),
    ],
)
def test_lists_of_names_and_offices(text: str, found: list[tuple[str, str, str]]) -> None:
    assert offices(text) == found
