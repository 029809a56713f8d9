"""Meetings and occasions with their day and place."""

import pytest

from .articles import events, read

HUC_DONG = "xã Húc Động"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Chiều ngày 15/3, Đảng ủy xã Húc Động tổ chức hội nghị sơ kết công tác quý I.",
            ("sơ kết", "2021-03-15", HUC_DONG),
            id="the year is the publication's",
        ),
        pytest.param(
            "Ngày 28-12, xã Húc Động tổng kết công tác năm 2020.",
            ("tổng kết", "2020-12-28", HUC_DONG),
            id="a day that would lie ahead is of the year before",
        ),
        pytest.param(
            "Trong hai ngày 17 và 18/3, HĐND huyện Bình Liêu họp kỳ thứ 20.",
            ("kỳ họp HĐND", "2021-03-18", "huyện Bình Liêu"),
            id="the last of two days",
        ),
        pytest.param(
            "Từ ngày 10 đến 12/3/2021, Đảng bộ xã Húc Động tiến hành Đại hội lần thứ XX.",
            ("đại hội Đảng bộ", "2021-03-12", HUC_DONG),
            id="the last day of a span",
        ),
        pytest.param(
            "Sáng 19.3, UBND huyện Bình Liêu họp đánh giá tình hình kinh tế.",
            ("họp UBND", "2021-03-19", "huyện Bình Liêu"),
            id="a meeting of the committee",
        ),
        pytest.param(
            "Theo báo cáo tại phiên họp thường kỳ ngày 16/3 của UBND huyện, thu ngân sách đạt khá.",
            ("họp UBND", "2021-03-16", "huyện Bình Liêu"),
            id="the day behind the event",
        ),
        pytest.param(
            "Sáng nay, xã Húc Động long trọng tổ chức Lễ đón Bằng công nhận xã đạt chuẩn nông thôn mới.",
            ("lễ đón nhận", "2021-03-20", HUC_DONG),
            id="this morning",
        ),
        pytest.param(
            "Thực hiện Kế hoạch số 12 ngày 5/1/2021 của UBND huyện, ngày 18/3, xã Húc Động tổ chức diễn tập.",
            ("diễn tập", "2021-03-18", HUC_DONG),
            id="not the day of a document",
        ),
        pytest.param(
            "Nhân kỷ niệm 90 năm Ngày thành lập Đoàn (26/3/1931 - 26/3/2021), chiều 19/3, xã Húc Động tổ chức hội thi.",
            ("hội thi", "2021-03-19", HUC_DONG),
            id="not an anniversary",
        ),
        pytest.param(
            "Ngày 12/3, Tổ đại biểu HĐND huyện tiếp xúc cử tri xã Húc Động trước kỳ họp thứ 20.",
            ("tiếp xúc cử tri", "2021-03-12", HUC_DONG),
            id="the session is only spoken of",
        ),
        pytest.param(
            "Ngày 11/3, UBND huyện Bình Liêu khánh thành cầu Nà Ếch tại xã Húc Động.",
            ("lễ khánh thành", "2021-03-11", HUC_DONG),
            id="held where the work stands",
        ),
        pytest.param(
            "Sáng 11/3, dưới sự chỉ đạo của UBND huyện Bình Liêu, xã Húc Động ra quân dọn vệ sinh.",
            ("ra quân", "2021-03-11", HUC_DONG),
            id="not who directs it",
        ),
        pytest.param(
            "Đảng bộ xã Húc Động vừa tổ chức đại hội.", ("đại hội Đảng bộ", None, HUC_DONG), id="held, but not dated"
        ),
        pytest.param("Mới đây, UBND xã Húc Động tổ chức sơ kết quý I.", ("sơ kết", None, HUC_DONG), id="held of late"),
        pytest.param(
            "Ngày 11/3, ông Vi Sĩ Bê, Bí thư Huyện ủy Bình Liêu đến thăm các gia đình ở xã Húc Động.",
            ("thăm hỏi", "2021-03-11", HUC_DONG),
            id="where somebody came to",
        ),
        pytest.param(
            "Đại hội Đảng bộ xã Húc Động, huyện Bình Liêu lần thứ XX, nhiệm kỳ 2020-2025 diễn ra ngày 11/3.",
            ("đại hội Đảng bộ", "2021-03-11", HUC_DONG),
            id="the day far behind, with the word that it took place",
        ),
        pytest.param(
            "Lãnh đạo huyện Bình Liêu vừa đến kiểm tra công tác chống rét tại xã Húc Động.",
            ("kiểm tra", None, HUC_DONG),
            id="a visit of late",
        ),
        pytest.param(
            "UBND xã Húc Động vừa khánh thành cầu Nà Ếch.", ("lễ khánh thành", None, HUC_DONG), id="just opened"
        ),
        pytest.param(
            "Sáng 11/3, cùng với các địa phương trong toàn tỉnh, xã Húc Động tổ chức Lễ giao nhận quân.",
            ("lễ giao nhận quân", "2021-03-11", HUC_DONG),
            id="not all the others",
        ),
        pytest.param(
            "Chào mừng Đại hội XIII của Đảng, ngày 4/2/2021 xã Húc Động tổ chức Lễ trao huy hiệu 40 năm tuổi Đảng.",
            ("lễ trao Huy hiệu Đảng", "2021-02-04", HUC_DONG),
            id="not the congress of the whole Party",
        ),
        pytest.param(
            "Chiều ngày 11/3 tại Hội trường xã. Đảng bộ xã Húc Động tổ chức hội nghị sơ kết quý I.",
            ("sơ kết", "2021-03-11", HUC_DONG),
            id="the day cut off by a full stop",
        ),
        pytest.param(
            "Tại Hội trường huyện ủy Bình Liêu, sáng 11/3, tại trụ sở huyện Bình Liêu, xã Húc Động tổ chức hội nghị.",
            ("hội nghị", "2021-03-11", HUC_DONG),
            id="not whose hall it is",
        ),
        pytest.param(
            "Ngày 10; 11 tháng 3 năm 2021, tại kỳ họp thứ 5 HĐND huyện Bình Liêu, đoàn chủ tịch kỳ họp điều hành.",
            ("kỳ họp HĐND", "2021-03-11", "huyện Bình Liêu"),
            id="days with a semicolon; who presides holds no office",
        ),
        pytest.param(
            "11/3, UBND huyện Bình Liêu tổ chức bàn giao 2 phòng học.",
            ("lễ bàn giao", "2021-03-11", "huyện Bình Liêu"),
            id="a bare day that opens the line",
        ),
        pytest.param(
            "Chiều 11/3, tiếp tục chương trình kỳ họp thứ 5, HĐND xã Húc Động nghe các báo cáo.",
            ("kỳ họp HĐND", "2021-03-11", HUC_DONG),
            id="a session that goes on",
        ),
        pytest.param(
            "Tại buổi làm việc với Đảng ủy xã Húc Động, huyện Bình Liêu vào chiều 11/3, Bí thư Huyện ủy nhắc nhở.",
            ("làm việc", "2021-03-11", HUC_DONG),
            id="a visit before its day",
        ),
        pytest.param(
            "Huyện đoàn Bình Liêu vừa phối hợp với nhà tài trợ tổ chức lễ khởi công nhà văn hóa xã Húc Động.",
            ("lễ khởi công", None, HUC_DONG),
            id="just held with others",
        ),
        pytest.param(
            "Chiều 11/3 tại hội trường UBND xã, BCH Đảng bộ xã Húc Động họp đánh giá quý I.",
            ("hội nghị", "2021-03-11", HUC_DONG),
            id="not the committee whose hall it is",
        ),
        pytest.param(
            "Sáng 11/3, tại xã Húc Động, huyện Bình Liêu tổ chức lễ phát động trồng rừng.",
            ("lễ phát động", "2021-03-11", "huyện Bình Liêu"),
            id="the unit behind a place that holds it there",
        ),
        pytest.param(
            "Sáng 11/3, Đảng bộ xã Húc Động tổ chức hội nghị học tập nghị quyết; phát động phong trào ủng hộ.",
            ("hội nghị", "2021-03-11", HUC_DONG),
            id="the occasion of the first clause",
        ),
        pytest.param(
            "Ngày 11/3, Bí thư Tỉnh ủy đã về dự Ngày hội hiến máu tại xã Húc Động.",
            ("hiến máu tình nguyện", "2021-03-11", HUC_DONG),
            id="what somebody came to is held",
        ),
        pytest.param(
            "Trong 2 ngày 10 và 11/3, HĐND xã Húc Động họp kỳ thứ 9. Tại phiên họp ngày 10/3, UBND xã báo cáo.",
            ("kỳ họp HĐND", "2021-03-11", HUC_DONG),
            id="a sitting is no event of its own",
        ),
        pytest.param(
            "Ngày 11/3, Ban vận động Hiến máu tình nguyện xã Húc Động mở hội nghị triển khai kế hoạch, tổ chức lễ hội.",
            ("hội nghị", "2021-03-11", HUC_DONG),
            id="a meeting about other occasions",
        ),
        pytest.param(
            "Ngày 11/3, tại Trung tâm hội nghị, xã Húc Động, huyện Bình Liêu, Huyện đoàn Bình Liêu tổ chức hội thi.",
            ("hội thi", "2021-03-11", "huyện Bình Liêu"),
            id="who holds it in a room elsewhere",
        ),
        pytest.param(
            "Chiều 11/3, Phó Thủ tướng Chính phủ chủ trì cuộc họp với xã Húc Động về mưa lũ.",
            ("hội nghị", "2021-03-11", HUC_DONG),
            id="an office does not make it a meeting of the government",
        ),
        pytest.param(
            "Chiều 11/3, Ban Dân tộc HĐND huyện Bình Liêu họp thẩm tra nội dung của phiên họp, kỳ họp thứ 16 của HĐND.",
            ("hội nghị", "2021-03-11", "huyện Bình Liêu"),
            id="a meeting that examines what goes to a session",
        ),
        pytest.param(
            "Sáng 11/3, Chi bộ thôn Nà Ếch, xã Húc Động tổ chức Đại hội.",
            ("đại hội chi bộ", "2021-03-11", HUC_DONG),
            id="a cell's congress",
        ),
    ],
)
def test_an_announcement(text: str, found: tuple[str, str | None, str]) -> None:
    assert events(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Xã sẽ tổ chức đại hội vào ngày 25/3.", id="planned"),
        pytest.param("Xã thực hiện Nghị quyết Đại hội Đảng bộ huyện ngày 10/3.", id="a resolution"),
        pytest.param("Trận lũ ngày 12/3 làm sập 3 ngôi nhà.", id="no meeting"),
        pytest.param("Trước đó, ngày 10/3, xã tổ chức hội nghị hiệp thương.", id="background"),
        pytest.param("Từ ngày 01/01/2020, xã Húc Động được thành lập.", id="a founding"),
        pytest.param("Cuộc bầu cử ngày 32/13 là lỗi.", id="no day of the calendar"),
    ],
)
def test_no_event(text: str) -> None:
    assert events(text) == []


def test_the_title_says_what_the_meeting_was() -> None:
    text = "Sáng 16/3, Đảng ủy xã Húc Động mở hội nghị, đánh giá ba tháng đầu năm."
    assert events(text, title="Xã Húc Động sơ kết quý I") == [("sơ kết", "2021-03-16", HUC_DONG)]


def test_communes_that_meet_one_after_another() -> None:
    text = (
        "Trong các ngày 16 và 17-3, HĐND các xã Húc Động, Đồng Tâm và Lục Hồn (huyện Bình Liêu) lần lượt "
        "tiến hành kỳ họp thứ 18."
    )
    assert events(text, site="tỉnh Quảng Ninh") == [
        ("kỳ họp HĐND", "2021-03-16", "xã Húc Động"),
        ("kỳ họp HĐND", "2021-03-17", "xã Đồng Tâm"),
        ("kỳ họp HĐND", "2021-03-17", "xã Lục Hồn"),
    ]


def test_communes_with_their_districts_in_brackets() -> None:
    text = "Ngày 16-3, 3 xã Húc Động (Bình Liêu), Quảng Minh và Đường Hoa (Hải Hà) tổ chức ngày hội hiến máu."
    found = events(text, site="tỉnh Quảng Ninh")
    assert [place for _, _, place in found] == ["xã Húc Động", "xã Quảng Minh", "xã Đường Hoa"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sáng 8/3, xã Húc Động tổng kết phong trào thi đua năm 2012, đề ra nhiệm vụ năm 2013.", "2013-03-08"),
        ("Sáng 31/12, xã Húc Động tổng kết năm 2012, triển khai nhiệm vụ năm 2013.", "2012-12-31"),
        ("Ngày 28-12, xã Húc Động tổng kết công tác Hội; triển khai nhiệm vụ năm 2018.", "2017-12-28"),
        ("Ngày 14/2, Đảng bộ xã Húc Động tổ chức Đại hội lần thứ V, nhiệm kỳ 2015-2020.", "2015-02-14"),
        ("Ngày 19/6, xã Húc Động mở lễ hội mùa vàng năm 2014. Năm 2013 có 3 thôn.", "2014-06-19"),
        ("Ngày 26/4, Đảng bộ xã Húc Động sơ kết giữa nhiệm kỳ, nhiệm kỳ 2020-2025.", "2023-04-26"),
        ("Ngày 11.7, HĐND xã Húc Động họp kỳ thứ 5, bàn nhiệm vụ 6 tháng cuối năm 2017.", "2017-07-11"),
    ],
)
def test_the_year_that_an_undated_text_gives_away(text: str, found: str) -> None:
    assert [day for _, day, _ in events(text, published=None)] == [found]


def test_communes_that_a_board_has_hold_an_exercise() -> None:
    text = "Ngày 12/3, Ban Chỉ đạo diễn tập huyện Bình Liêu đã chỉ đạo 2 xã Húc Động và Lục Hồn tổ chức diễn tập."
    assert [place for _, _, place in events(text, site="tỉnh Quảng Ninh")] == ["xã Húc Động", "xã Lục Hồn"]


def test_a_caption_above_does_not_make_the_day_one_of_a_document() -> None:
    text = "Đại biểu thông qua chương trình\n\nSáng 11/3, xã Húc Động tổ chức hội thi."
    assert events(text) == [("hội thi", "2021-03-11", HUC_DONG)]


def test_congresses_held_on_one_day() -> None:
    text = "Sáng 4/3, Đảng bộ xã Húc Động (Bình Liêu) và Đảng bộ xã Đường Hoa (Hải Hà) đồng loạt khai mạc Đại hội."
    assert [place for _, _, place in events(text, site="tỉnh Quảng Ninh")] == ["xã Húc Động", "xã Đường Hoa"]


def test_communes_listed_below_with_their_days() -> None:
    text = (
        "Từ 15 đến 17-3, HĐND các xã của huyện Bình Liêu đồng loạt họp kỳ chuyên đề.\n\n"
        "- Xã Húc Động (15-3): Hộ nghèo còn 7,4%.\n\n- Xã Lục Hồn (17-3): Hộ nghèo còn 9,1%."
    )
    assert events(text, site="tỉnh Quảng Ninh") == [
        ("kỳ họp HĐND", "2021-03-15", "xã Húc Động"),
        ("kỳ họp HĐND", "2021-03-17", "xã Lục Hồn"),
    ]


def test_a_resolution_is_of_the_session_in_its_heading_on_the_day_of_its_dateline() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN XÃ HÚC ĐỘNG, KHÓA XX, KỲ HỌP THỨ 9\nSố: 12/NQ-HĐND. Húc Động, ngày 12 tháng 3 năm 2021\n\n"
        "Điều 1. Thông qua kế hoạch."
    )
    assert events(text, title="Nghị quyết của HĐND xã Húc Động") == [("kỳ họp HĐND", "2021-03-12", HUC_DONG)]


def test_an_event_carries_the_area_and_the_sentence() -> None:
    text = "Mở đầu. Chiều 15/3, xã Húc Động tổ chức hội nghị sơ kết. Hết."
    (event,) = read(text).events
    assert event.ref_area.name == "xã Húc Động, huyện Bình Liêu, tỉnh Quảng Ninh"
    assert event.ref_area.status == "resolved"
    assert event.evidence == "Chiều 15/3, xã Húc Động tổ chức hội nghị sơ kết."
    assert text[event.char_start : event.char_end].startswith("Chiều 15/3")


def test_without_a_publication_date_a_day_needs_its_year() -> None:
    assert events("Tối 16/11/2019, xã Húc Động tổ chức Ngày hội Đại đoàn kết toàn dân tộc.", published=None) == [
        ("ngày hội đại đoàn kết", "2019-11-16", HUC_DONG)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Ngày 12 – 3, UBND huyện Bình Liêu tổ chức phiên họp thường kỳ.",
            [("họp UBND", "2021-03-12", "huyện Bình Liêu")],
            id="a long dash in the day",
        ),
        pytest.param(
            "Xã Húc Động tổ chức tổng kết công tác tuyển chọn, gọi công dân nhập ngũ vào sáng ngày 12/3.",
            [("tổng kết", "2021-03-12", HUC_DONG)],
            id="the day far behind the occasion",
        ),
        pytest.param(
            "Thực hiện Kế hoạch số 05-KH/HND, ngày 01/3/2021 của Hội Nông dân huyện về triển khai nhiệm vụ. "
            "Ngày 10/3, xã Húc Động tổ chức hội nghị.",
            [("hội nghị", "2021-03-10", HUC_DONG)],
            id="the day of a document behind its number and a comma",
        ),
        pytest.param(
            "Hưởng ứng ngày toàn dân ra quân làm thủy lợi (12/3), xã Húc Động tổ chức lễ phát động sáng 12/3.",
            [("lễ phát động", "2021-03-12", HUC_DONG)],
            id="a day that is answered to",
        ),
        pytest.param(
            "Chiều 19/3, xã Húc Động tổ chức hội nghị đối thoại. Hội nghị đối thoại được tổ chức hôm nay rất bổ ích.",
            [("đối thoại", "2021-03-19", HUC_DONG)],
            id="told of again by the day of the article",
        ),
        pytest.param(
            "HĐND xã Húc Động (Bình Liêu) đã tổ chức kỳ họp thứ 4. Năm qua xã trồng 20 ha quế.",
            [("kỳ họp HĐND", None, HUC_DONG)],
            id="an article that opens with a session without a day",
        ),
        pytest.param(
            "Năm qua xã trồng 20 ha quế. HĐND xã Húc Động đã tổ chức kỳ họp thứ 4.",
            [],
            id="a session without a day told of later",
        ),
        pytest.param(
            "Trong hai ngày 9 và 10/3, đại biểu HĐND xã Húc Động đã thực hiện tiếp xúc cử tri.",
            [("tiếp xúc cử tri", "2021-03-10", HUC_DONG)],
            id="carried out",
        ),
        pytest.param(
            "Sáng 12/3, phường Phú Cường tổ chức Ngày hội “Xuân ấm no”.",
            [("ngày hội", "2021-03-12", "phường Phú Cường")],
            id="a feast of any kind",
        ),
        pytest.param(
            "Sáng nay 19/3, Ủy ban MTTQ huyện Bình Liêu bàn giao 5 nhà cho hộ nghèo.",
            [("lễ bàn giao", "2021-03-19", "huyện Bình Liêu")],
            id="houses handed over",
        ),
        pytest.param(
            "Chiều 12/3, Thường trực HĐND huyện Bình Liêu phối hợp với UBND huyện và các phòng tổ chức phiên họp.",
            [("hội nghị", "2021-03-12", "huyện Bình Liêu")],
            id="a meeting that the government only helps to hold",
        ),
        pytest.param(
            "Ngày 11/3, tại Nhà văn hóa xã Húc Động Hội Nông dân xã tổ chức Đại hội.",
            [("đại hội", "2021-03-11", HUC_DONG)],
            id="a body right behind the place",
        ),
        pytest.param(
            "Ông Vi Văn Tài phát biểu tại kỳ họp thứ 10, HĐND huyện Bình Liêu ngày 9/3.",
            [("kỳ họp HĐND", "2021-03-09", "huyện Bình Liêu")],
            id="a session, its council and its day",
        ),
    ],
)
def test_occasions_and_their_days(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert events(text) == found


def test_who_leads_a_meeting_tells_its_place() -> None:
    text = (
        "Ngày 12/3, đồng chí Lê Văn Tám, Bí thư Tỉnh ủy, chủ trì cuộc họp của Thường trực Tỉnh ủy để nghe báo cáo về "
        "tuyến đường nối huyện Bình Liêu - huyện Tiên Yên."
    )
    assert events(text, site="tỉnh Quảng Ninh", title="Họp Thường trực") == [
        ("hội nghị", "2021-03-12", "tỉnh Quảng Ninh")
    ]


def test_a_guest_does_not_tell_the_place() -> None:
    text = "Ngày 12/3, ông Lê Văn Tám, Ủy viên Ban Tổ chức Tỉnh ủy dự và chỉ đạo Đại hội Đảng bộ xã Húc Động."
    assert events(text, site="tỉnh Quảng Ninh") == [("đại hội Đảng bộ", "2021-03-12", HUC_DONG)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Sáng ngày 12/3/2021, nhân kỷ niệm 80 năm ngày truyền thống. UBND xã Húc Động tổ chức lễ mừng thọ.",
            [("lễ mừng thọ", "2021-03-12", HUC_DONG)],
            id="the day and its reason cut off by a full stop",
        ),
        pytest.param(
            "Kỳ họp thứ 10 HĐND xã Húc Động đã thông qua các nghị quyết và bế mạc kỳ họp vào sáng ngày 11/3.",
            [("kỳ họp HĐND", "2021-03-11", HUC_DONG)],
            id="documents passed before the day",
        ),
        pytest.param(
            "Đến ngày 11/3, Hội Nông dân xã Húc Động đã nhận 40 hồ sơ do các thôn bàn giao.",
            [],
            id="papers handed over",
        ),
        pytest.param(
            "Sáng 11/3, Huyện đoàn tổ chức ngày hội hiến máu tại thị trấn Bình Liêu, UBND xã Húc Động.",
            [("hiến máu tình nguyện", "2021-03-11", "huyện Bình Liêu")],
            id="the youth union of the district",
        ),
        pytest.param(
            "Chiều 11/3, ông Lê Văn Tám đã đến hiện trường kiểm tra, chỉ đạo chống lũ trên địa bàn xã Húc Động.",
            [("kiểm tra", "2021-03-11", HUC_DONG)],
            id="sees for himself and directs",
        ),
        pytest.param(
            "Tiếp tục chương trình tiếp xúc cử tri sau Kỳ họp thứ 4, HĐND tỉnh, sáng 11/3, các đại biểu đã tiếp xúc cử "
            "tri xã Húc Động.",
            [("tiếp xúc cử tri", "2021-03-11", HUC_DONG)],
            id="what leads up to the day",
        ),
    ],
)
def test_days_and_hosts(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert events(text, title="") == found


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        pytest.param(
            "Xã Húc Động gặp mặt",
            "Sáng 11/3, Ban Chấp hành Đảng bộ xã Húc Động, huyện Đại Từ tổ chức buổi gặp mặt người cao tuổi.",
            [("gặp mặt", "2021-03-11", HUC_DONG)],
            id="a name that ends as a word does behind which an occasion is only spoken of",
        ),
        pytest.param(
            "Kinh tế khởi sắc",
            "Con số này được nêu sáng 11/3, khi kỳ họp thứ 6, HĐND huyện Bình Liêu khai mạc.",
            [("kỳ họp HĐND", "2021-03-11", "huyện Bình Liêu")],
            id="a number is no document",
        ),
        pytest.param(
            "",
            "Việc này được HĐND huyện Bình Liêu bàn tại kỳ họp lần thứ 6, họp ngày 11/3.",
            [("kỳ họp HĐND", "2021-03-11", "huyện Bình Liêu")],
            id="met, as is said once more",
        ),
        pytest.param(
            "Hội nghị triển khai ngày hội đại đoàn kết",
            "Sáng 11/3, MTTQ xã Húc Động tổ chức hội nghị triển khai các văn bản về ngày hội đại đoàn kết.",
            [("hội nghị", "2021-03-11", HUC_DONG)],
            id="a meeting about an occasion to come, in the title too",
        ),
        pytest.param(
            "Xã Húc Động trao Huy hiệu Đảng",
            "Sáng 11/3, Đảng ủy xã Húc Động gặp mặt kỷ niệm ngày thành lập Đảng và trao Huy hiệu Đảng đợt 3/2.",
            [("lễ trao Huy hiệu Đảng", "2021-03-11", HUC_DONG)],
            id="of several, what the title is about",
        ),
        pytest.param(
            "Xã Húc Động mừng ngày thành lập, đón bằng công nhận",
            "Sáng 11/3, xã Húc Động tổ chức lễ kỷ niệm 30 năm thành lập, đón bằng công nhận nông thôn mới.",
            [("lễ kỷ niệm", "2021-03-11", HUC_DONG)],
            id="of several, what was held",
        ),
        pytest.param(
            "",
            "Ngày 11/3, HĐND huyện Bình Liêu ban hành nghị quyết, giao các xã thực hiện, các Ban giám sát.",
            [],
            id="a duty is no visit",
        ),
        pytest.param("", "Đến ngày 11/3, huyện Bình Liêu khởi công được 46 căn nhà.", [], id="counted up to a day"),
        pytest.param(
            "",
            "Sáng 11/3, UBND huyện Bình Liêu khai mạc giải bóng đá. Giải diễn ra đến hết ngày 14/3.",
            [("hội thao", "2021-03-14", "huyện Bình Liêu")],
            id="the last day told behind",
        ),
        pytest.param(
            "",
            "Đảng ủy xã Húc Động vừa họp sơ kết quý I (sáng 11/3, có 40 đảng viên dự).",
            [("sơ kết", "2021-03-11", HUC_DONG)],
            id="the day in brackets at the end",
        ),
        pytest.param(
            "HĐND xã Húc Động tổ chức kỳ họp giữa năm",
            "Dự kỳ họp giữa năm của HĐND xã Húc Động có bà Vi Thị Hoa. Xã có 9 thôn.",
            [("kỳ họp HĐND", None, HUC_DONG)],
            id="who came, on a day that nothing tells",
        ),
        pytest.param(
            "",
            "Sáng 11/3, Đảng bộ xã Húc Động, huyện Bình Liêu và Đảng bộ xã Đường Hoa, huyện Hải Hà cùng tiến hành đại "
            "hội.",
            [("đại hội Đảng bộ", "2021-03-11", HUC_DONG), ("đại hội Đảng bộ", "2021-03-11", "xã Đường Hoa")],
            id="two that meet together, each with its district",
        ),
        pytest.param(
            "",
            "Ngày 11/3, Hội Chữ thập đỏ huyện tổ chức khám bệnh, cấp thuốc và tặng quà tại xã Húc Động.",
            [("khám bệnh, cấp thuốc miễn phí", "2021-03-11", HUC_DONG)],
            id="a day of free treatment",
        ),
        pytest.param(
            "Xã Húc Động khai mạc giải bóng chuyền",
            "Ban tổ chức giải đã khai mạc vào lúc 8 giờ ngày 11/3. Dự có lãnh đạo xã.",
            [("hội thao", "2021-03-11", HUC_DONG)],
            id="dated, but named by the title alone",
        ),
        pytest.param(
            "Xã Húc Động giao lưu bóng chuyền",
            "Đến dự giải đấu có bà Vi Thị Hoa. Kết quả hội diễn được công bố sau.",
            [("hội thao", None, HUC_DONG)],
            id="who came to what the title alone names",
        ),
        pytest.param(
            "Thông qua 25 nghị quyết",
            "Tại kỳ họp thứ 18, HĐND tỉnh Quảng Ninh thông qua 25 nghị quyết.",
            [("kỳ họp HĐND", None, "tỉnh Quảng Ninh")],
            id="said at a session without a day",
        ),
        pytest.param(
            "",
            "Sau hai tháng khởi công, ngày 11/3 huyện Bình Liêu tổ chức lễ khánh thành trường học xã Húc Động.",
            [("lễ khánh thành", "2021-03-11", HUC_DONG)],
            id="what came before it",
        ),
        pytest.param(
            "",
            "Chiều 11/3, Bí thư Tỉnh ủy cùng đoàn công tác làm việc với Ban Thường vụ Huyện ủy Bình Liêu.",
            [("làm việc", "2021-03-11", "huyện Bình Liêu")],
            id="a party at work",
        ),
        pytest.param(
            "",
            "Trong 2 ngày: 10 và 11-3, huyện Bình Liêu đi thăm và tặng quà người có công.",
            [("thăm hỏi", "2021-03-11", "huyện Bình Liêu")],
            id="days behind a colon",
        ),
        pytest.param(
            "",
            "Chiều 10/3, Đại hội Đảng bộ xã Húc Động họp trù bị. Sáng 11/3, Đại hội Đảng bộ xã Húc Động khai mạc.",
            [("đại hội Đảng bộ", "2021-03-11", HUC_DONG)],
            id="told day after day",
        ),
    ],
)
def test_what_an_article_is_about(title: str, text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert events(text, title=title, site="tỉnh Quảng Ninh") == found


def test_a_session_that_the_title_only_plans_is_not_the_meeting() -> None:
    text = "Sáng 2/3, hội nghị liên tịch thống nhất nội dung kỳ họp thứ 9, HĐND huyện Bình Liêu đã được tổ chức."
    title = "Kỳ họp thứ 9, HĐND huyện dự kiến diễn ra vào tháng 7"
    assert events(text, title=title) == [("hội nghị", "2021-03-02", "huyện Bình Liêu")]


def test_a_city_of_the_first_rank_is_itself_what_its_site_calls_the_city() -> None:
    text = "Sáng 14/3, Ban Thường vụ Thành ủy tổ chức hội nghị. Ông Lê Văn Tám, Bí thư Thành ủy chủ trì."
    found = events(text, title="Hội nghị của Đảng bộ thành phố", site="thành phố Hải Phòng", published="2025-03-14")
    assert found == [("hội nghị", "2025-03-14", "thành phố Hải Phòng")]
