"""Plain text: its title, its lines, its author."""

import pytest

from civic_etl.parse import parse_text

BODY = "Năm 2020, thu ngân sách đạt 5 tỷ đồng.\n\nTỷ lệ hộ nghèo còn 2%. /."


def author(ending: str) -> str | None:
    return parse_text(f"Phường tổng kết năm 2020\n\n{BODY}{ending}".encode(), url="notes.txt").author


def test_title_and_lines() -> None:
    article = parse_text(f"Phường tổng kết năm 2020\n\n{BODY}".encode(), url="notes.txt")
    assert (article.title, article.text) == ("Phường tổng kết năm 2020", BODY)


@pytest.mark.parametrize("ending", ["\n\n     Trần Thị Thu Hà", "\n\nTác giả: Trần Thị Thu Hà\n"])
def test_the_name_at_the_end_is_the_authors(ending: str) -> None:
    assert author(ending) == "Trần Thị Thu Hà"


@pytest.mark.parametrize(
    "ending", ["", "\nTrần Thị Thu Hà", "\n\nHội nghị kết thúc tốt đẹp", "\n\nPhường 5", "\n\nHết."]
)
def test_what_is_no_signature(ending: str) -> None:
    assert author(ending) is None
