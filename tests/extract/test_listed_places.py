"""Figures that are of each place of a list."""

from .articles import read


def _places(text: str) -> list[tuple[str, str]]:
    """The figures of a text, each with the name of its place."""
    return [(row.quote, row.ref_area.name) for row in read(text, published="2022-11-22").observations]


def test_a_mean_behind_several_places_is_of_each() -> None:
    """What people earn is not summed up over two provinces."""
    assert _places("Thu nhập bình quân đầu người ở Điện Biên 43 triệu đồng; Trà Vinh và Thanh Hóa 56 triệu đồng.") == [
        ("43 triệu đồng", "tỉnh Điện Biên"),
        ("56 triệu đồng", "tỉnh Trà Vinh"),
        ("56 triệu đồng", "tỉnh Thanh Hóa"),
    ]


def test_what_each_unit_of_two_kinds_has_is_of_each_place() -> None:
    """ "mỗi tỉnh, thành" are the provinces and cities of the list."""
    text = "Các địa phương ghi nhận ca mắc Covid-19: Bắc Ninh 5 ca, Hà Nam và Hải Phòng mỗi tỉnh, thành có 1 ca."
    assert _places(text) == [
        ("5 ca", "tỉnh Bắc Ninh"),
        ("1 ca", "tỉnh Hà Nam"),
        ("1 ca", "thành phố Hải Phòng"),
    ]


def test_a_line_with_the_name_of_a_place_alone_opens_its_section() -> None:
    """Its second paragraph, which names no place, is of it, too; a list of names opens nothing."""
    section = "{}\n\nNăm 2021, {} đón {} lượt khách.\n\nThu ngân sách đạt {} tỷ đồng."
    text = "\n\n".join(
        section.format(*told) for told in [("Hà Nội", "Hà Nội", 900, 21), ("Hải Phòng", "nơi này", 800, 9)]
    )
    assert _places(f"TP. HCM\n\nThành phố đón 999 lượt khách.\n\n{text}")[1:] == [
        ("900 lượt khách", "thành phố Hà Nội"),
        ("21 tỷ đồng", "thành phố Hà Nội"),
        ("800 lượt khách", "thành phố Hải Phòng"),
        ("9 tỷ đồng", "thành phố Hải Phòng"),
    ]
    listed = "Hà Nội\nHải Phòng\nBắc Ninh\n\nNăm 2021, đón 900 lượt khách."
    assert _places(listed) == [("900 lượt khách", "huyện Bình Liêu, tỉnh Quảng Ninh")]


def test_the_ground_that_the_places_of_a_list_lie_on_is_none_of_them() -> None:
    """A score is of each of the communes told of, and not of the new one that they are in now."""
    text = "Trên địa bàn xã Đất Đỏ, các xã Long Tân, Láng Dài (cũ) đạt 17/19 tiêu chí nông thôn mới."
    found = read(text, title="Kỳ họp HĐND xã Đất Đỏ", published="2025-09-12", site=None).observations
    assert [row.ref_area.name.partition(",")[0] for row in found] == ["xã Long Tân", "xã Láng Dài"]
