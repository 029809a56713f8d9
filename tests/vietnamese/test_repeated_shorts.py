"""Short forms in brackets that only repeat the words before them."""

import pytest

from civic_etl.vietnamese.repeated_shorts import repeated_shorts


@pytest.mark.parametrize(
    ("text", "brackets"),
    [
        ("tiểu thủ công nghiệp (TTCN) và xây dựng (XD)", [" (TTCN)", " (XD)"]),
        ("Hội đồng nhân dân (HĐND), Ủy ban nhân dân (UBND) huyện", [" (HĐND)", " (UBND)"]),
        ("công nghiệp - xây dựng(CNXD)", ["(CNXD)"]),
        ("bảo hiểm y tế (NTM)", []),
        ("mới (NTM)", []),
        ("hội đồng (HDND)", []),
        ("(HTX)", []),
        ("5 hợp tác xã (3 HTX)", []),
    ],
)
def test_only_what_is_said_already(text: str, brackets: list[str]) -> None:
    assert [text[start:end] for start, end in repeated_shorts(text)] == brackets
