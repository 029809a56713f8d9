"""What a figure outside the catalogue is called: the words by which a maintainer finds what the catalogue lacks."""

import pytest

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document


def phrases(text: str) -> list[str]:
    """The phrases of the figures without a code."""
    found = extract(Document("a", text, site_area="huyện Tam Nông, tỉnh Phú Thọ"))
    return [each.indicator_text for each in found.observations if each.indicator == "other"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nouns that only count what is named before
        ("Huyện có đàn hươu 1.240 con.", ["đàn hươu"]),
        ("Sản xuất chổi đót 310 nghìn chiếc.", ["sản xuất chổi đót"]),
        (
            "Công an huyện xử phạt đua xe trái phép 27 trường hợp.",
            ["trường hợp công an huyện xử phạt đua xe trái phép"],
        ),
        # a noun of its own says it with what is told of it
        ("Huyện đã cấp 415 giấy phép khai thác cát.", ["giấy phép khai thác cát"]),
        # ... up to what is given beside, and with the title that it has
        ("Xã giúp 32 hộ khó khăn và trao gần 90 suất quà.", ["hộ khó khăn"]),
        ("Xã có 14 hộ đạt danh hiệu nông dân giỏi.", ["hộ danh hiệu nông dân giỏi"]),
        ("Xã quản lý 26 đối tượng dương tính với ma túy.", ["đối tượng dương tính"]),
        # what was done stands before a bare noun
        ("Huyện đã xây mới 18 cổng chào. Nạo vét 24 ao.", ["cổng chào", "ao nạo vét"]),
        # days and places are left out
        ("Đến ngày 30/6/2019, huyện Tam Nông đã lát 46 km vỉa hè.", ["lát vỉa hè"]),
        # items of a list, behind a colon
        ("Các làng nghề hiện có: - Nghề đan cói: 214 lò. - Nghề gốm: 36 lò.", ["lò nghề đan cói", "lò nghề gốm"]),
        # ratios and changes go on from what they are of
        ("Sản lượng mật ong 86 tấn, đạt 91% kế hoạch, tăng 4%.", ["sản lượng mật ong"] * 3),
        # heads that do not say of what
        ("Sản lượng nấm rơm 12 tấn, trị giá 640 triệu đồng.", ["trị giá nấm rơm"]),
        ("Hội trao 40 bồn nước cho hội viên với tổng trị giá 80 triệu đồng.", ["bồn nước", "tổng trị giá bồn nước"]),
        # words that only look like those that say nothing, and two nouns that are told as one
        ("Dư nợ: cho vay học sinh, sinh viên 90 tỷ đồng.", ["cho vay học sinh sinh viên"]),
        ("Tỷ lệ phủ sóng 5G đạt 96%.", ["tỷ lệ phủ sóng 5g"]),
        ("Hội có 9 cơ sở hội, 75 chi hội.", ["cơ sở hội", "chi hội"]),
        # what the sentence opens with, where the clause only tells when; what a line before it was of
        ("Năm 2022, nghề rèn khởi sắc, cả năm đạt 41 tỷ đồng.", ["nghề rèn khởi sắc"]),
        ("Nghề rèn: 14 tỷ đồng. Chiếm 7,5%.", ["nghề rèn"] * 2),
        # words that only look like the edge of a phrase
        ("Giá trị gia tăng bình quân đạt 82 triệu đồng/lò.", ["giá trị gia tăng lò"]),
        ("Có thêm 6 phường không còn lò gạch.", ["phường không còn lò gạch"]),
        # a part that no category is of has words of its own
        (
            "Giá trị sản xuất công nghiệp tăng 4%; trong đó khai khoáng giảm 7%, cung cấp nước tăng 9%.",
            ["khai khoáng", "cung cấp nước"],
        ),
        # shares of what stands behind them
        (
            "Xã đẩy mạnh chuyển đổi số với 75% cán bộ, công chức được bồi dưỡng kỹ năng.",
            ["cán bộ công chức được bồi dưỡng kỹ năng"],
        ),
        ("Đến nay có 72% cửa hàng niêm yết giá.", ["cửa hàng niêm yết giá"]),
        ("Đến nay 90% các thôn, tổ dân phố đều có loa.", ["thôn tổ dân phố đều có loa"]),
        ("Phấn đấu 80% cửa hàng niêm yết giá.", ["cửa hàng niêm yết giá"]),
        # no word of two syllables is parted
        ("Giải phóng mặt bằng đạt 91% so với kế hoạch.", ["giải phóng mặt bằng"]),
        ("Xã có 14 trang trại, 31 gia trại.", ["trang trại", "gia trại"]),
    ],
)
def test_phrases(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


def test_a_long_line_of_figures() -> None:
    """Each phrase is looked for around its own figure only."""
    found = phrases("Huyện có " + ", ".join(f"{n} lò gạch" for n in range(2, 400)) + ".")
    assert len(found) > 380
    assert set(found) == {"lò gạch"}
