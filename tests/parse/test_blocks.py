"""What of an article's body is text, and in which lines."""

import pytest

from civic_etl.parse import Article, parse_page

from .pages_of import PROSE, TITLE, epi, page_of

FIRST = "Năm 2020, thu ngân sách trên địa bàn phường đạt 8 tỷ đồng."
LAST = "Năm 2021, phường phấn đấu thu ngân sách 9 tỷ đồng."


def read(body: str, **more: str) -> Article:
    """The article with that body between two paragraphs."""
    return parse_page(page_of(epi(f"<p>{FIRST}</p>{body}<p>{LAST}</p>", **more)), family="epi")


def between(body: str) -> str:
    """What of the body is in the text."""
    text = read(body).text
    assert text.startswith(FIRST) and text.endswith(LAST)
    return text.removeprefix(FIRST).removesuffix(LAST).strip("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Về kinh tế</h2><p>Đạt kế hoạch.</p>", "Về kinh tế\n\nĐạt kế hoạch."),
        ("<ul><li>Thu 8 tỷ;</li><li><p>Chi 7 tỷ.</p></li></ul>", "- Thu 8 tỷ;\n- Chi 7 tỷ."),
        ("<ol start='3'><li>Thu 8 tỷ;</li><li>Chi 7 tỷ.</li></ol>", "3. Thu 8 tỷ;\n4. Chi 7 tỷ."),
        ("<ul><li>- Thu 8 tỷ;</li><li>+ Chi 7 tỷ.</li></ul>", "- Thu 8 tỷ;\n+ Chi 7 tỷ."),
        ("<ul><li>Thu:<ul><li>Thuế 2 tỷ</li></ul></li></ul>", "- Thu:\n- Thuế 2 tỷ"),
        ("<p>- Thu 8 tỷ;<br>- Chi 7 tỷ.</p>", "- Thu 8 tỷ;\n- Chi 7 tỷ."),
        ("Đoạn một.<br><br>Đoạn hai.<div>Đoạn ba.</div>", "Đoạn một.\n\nĐoạn hai.\n\nĐoạn ba."),
        ("<p>8<b>.642</b> triệu<span> đồng</span></p>", "8.642 triệu đồng"),
        ("<blockquote><p>“Kết quả này là cố gắng chung”.</p></blockquote>", "“Kết quả này là cố gắng chung”."),
        ("<p>Một.<!-- ghi chú --><script>x()</script><style>p{}</style></p>", "Một."),
        ("<p style='display:none'>ẩn</p><p>Hiện.</p>", "Hiện."),
    ],
)
def test_structure_is_kept(body: str, expected: str) -> None:
    assert between(body) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<tr><th>Chỉ tiêu</th><th>2020</th></tr><tr><td>Thu</td><td>8,6 tỷ</td></tr>",
            "Chỉ tiêu | 2020\nThu | 8,6 tỷ",
        ),
        ("<thead><tr><td></td><td>2020</td></tr></thead><tr><td>Thu</td><td>8</td></tr>", "- | 2020\nThu | 8"),
        (
            "<tr><td rowspan=2>Chỉ tiêu</td><td colspan=2>Năm 2020</td></tr><tr><td>KH</td><td>TH</td></tr>"
            "<tr><td>Thu</td><td>8</td><td>9</td></tr>",
            "Chỉ tiêu | Năm 2020 KH | Năm 2020 TH\nThu | 8 | 9",
        ),
        (
            "<tr><td>Chỉ tiêu</td><td>TH</td></tr><tr><td colspan=2>I. Kinh tế</td></tr>"
            "<tr><td>Thu</td><td>8</td></tr>",
            "Chỉ tiêu | TH\nI. Kinh tế\nThu | 8",
        ),
        (
            "<tr><td rowspan=2>Hộ</td><td>nghèo</td><td>8</td></tr><tr><td>cận nghèo</td><td>9</td></tr>",
            "Hộ | nghèo | 8\nHộ | cận nghèo | 9",
        ),
    ],
)
def test_tables_are_rows_with_every_cell_under_its_column(table: str, expected: str) -> None:
    assert between(f"<table>{table}</table>") == expected


def test_a_table_that_only_frames_is_read_as_prose() -> None:
    assert (
        between("<table><tr><td><p>Đoạn một dài hơn.</p><p>Đoạn hai.</p></td></tr></table>")
        == "Đoạn một dài hơn.\n\nĐoạn hai."
    )


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
        "<table class='picture'><tr><td><img src='a.jpg'></td></tr><tr><td class='caption'><p>{}</p></td></tr></table>",
        "<table align='center'><tr><td><img src='a.jpg'></td></tr><tr><td>{}</td></tr></table>",
        "<p style='text-align:center'><img src='a.jpg'></p><p style='text-align:center'><em>{}</em></p>",
        "<p align='center'><img src='a.jpg'><br><i>{}</i></p>",
        "<div><img src='a.jpg'></div><div style='text-align: center;'>{}</div>",
        "<p><img src='a.jpg'></p><p class='imgdesc'>{}</p>",
    ],
)
def test_captions_are_not_in_the_text(picture: str) -> None:
    caption = "Quang cảnh hội nghị tổng kết năm 2020 của 14 tổ dân phố."
    article = read(picture.format(caption))
    assert article.captions == (caption,) and caption not in article.text


def test_a_centred_paragraph_far_from_a_picture_is_text() -> None:
    assert between("<p style='text-align:center'>CÁC CHỈ TIÊU CHỦ YẾU NĂM 2021</p>") == "CÁC CHỈ TIÊU CHỦ YẾU NĂM 2021"


@pytest.mark.parametrize(
    "furniture",
    [
        "<p><a href='/x-post1.html'>Khánh thành tuyến đường liên thôn do người dân hiến đất</a></p>",
        "<p>&gt;&gt; <a href='/x-post1.html'>Khánh thành tuyến đường liên thôn</a></p>",
        "<p>Xem thêm: <a href='/x-post1.html'>Khánh thành tuyến đường liên thôn</a></p>",
        "<div class='article-relate'><h3>Tin liên quan</h3><p>Bài khác</p></div>",
        "<p>Tin liên quan</p>",
        "<p>Lượt xem: 1.204</p>",
        "<p>.</p>",
    ],
)
def test_furniture_is_not_in_the_text(furniture: str) -> None:
    assert between(furniture) == ""


def test_an_attachment_stays_and_a_link_in_a_sentence_too() -> None:
    kept = (
        "<p><a href='/bc.pdf'>Báo cáo kinh tế - xã hội (tệp PDF)</a></p>"
        "<p>Theo <a href='/nq'>Nghị quyết số 12</a>, thu đạt 8 tỷ.</p>"
    )
    assert between(kept) == "Báo cáo kinh tế - xã hội (tệp PDF)\n\nTheo Nghị quyết số 12, thu đạt 8 tỷ."


@pytest.mark.parametrize(
    ("signature", "author"),
    [
        ("<p style='text-align:right'><strong>Thu Hằng</strong></p>", "Thu Hằng"),
        ("<p align='right'><b>Bài, ảnh: Quang Huy</b></p>", "Quang Huy"),
        ("<p style='text-align:right'>M.L</p>", "M.L"),
        ("<p><strong>THU HẰNG - QUANG HUY</strong></p>", "THU HẰNG - QUANG HUY"),
        ("<p style='text-align:right'><em>Theo TTXVN</em></p>", None),
        ("<p style='text-align:right'>Nguồn: Cổng thông tin tỉnh</p>", None),
    ],
)
def test_the_signature_is_the_author_and_not_text(signature: str, author: str | None) -> None:
    article = parse_page(page_of(epi(PROSE + signature)), family="epi")
    assert article.author == author and article.text.endswith("15 đảng viên mới trở lên.")


def test_a_closing_sentence_is_no_signature() -> None:
    article = parse_page(page_of(epi(PROSE + "<p><strong>Hội nghị thành công tốt đẹp./.</strong></p>")), family="epi")
    assert article.text.endswith("Hội nghị thành công tốt đẹp./.")


def test_the_lead_belongs_to_the_text_once() -> None:
    lead = "Năm 2020, phường hoàn thành 18/18 chỉ tiêu, thu ngân sách vượt 13% kế hoạch."
    for body in (PROSE, f"<p><b>{lead}</b></p>{PROSE}", f"<img src='a.jpg'><p>{lead}</p>{PROSE}"):
        article = parse_page(page_of(epi(body, lead=lead)), family="epi")
        assert article.lead == lead and article.text.count(lead) == 1 and article.text.startswith(lead)


def test_a_title_repeated_in_the_body_is_left_out() -> None:
    article = parse_page(page_of(epi(f"<h2>{TITLE.upper()}</h2>{PROSE}")), family="epi")
    assert article.text.startswith("Năm 2020, thu ngân sách")
