"""Tables whose bars stand on lines of their own, or at the ends of lines with one cell each."""

from datetime import date

import pytest

from civic_etl.extract.lone_bars import without_lone_bars
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

SITE = "tỉnh Phú Thọ"
HEAD = ["STT", "Chỉ tiêu", "Năm 2018", "Năm 2019"]
ROWS = [
    ["1", "Số hộ", "2.510", "2.520"],
    ["2", "Số hộ nghèo", "247", "118"],
    ["3", "Tỷ lệ hộ nghèo (%)", "9,8", "4,7"],
]
READ = [
    ("households", "2510 household", "2018"),
    ("households", "2520 household", "2019"),
    ("poor_households", "247 household", "2018"),
    ("poor_households", "118 household", "2019"),
    ("poor_household_rate", "9.8 percent", "2018"),
    ("poor_household_rate", "4.7 percent", "2019"),
]


def read(text: str) -> list[tuple[str, str, str]]:
    document = Document("a", text, "Kết quả giảm nghèo", "", date(2020, 3, 1), SITE)
    return [
        (row.indicator, f"{row.obs_value} {row.unit_measure}", row.time_period)
        for row in extract(document).observations
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n|\n".join(cell for row in (HEAD, *ROWS) for cell in row) + "\n|\n", id="bars between lines"),
        pytest.param("\n".join(f"{cell} |" for row in (HEAD, *ROWS) for cell in row), id="bars at the ends"),
        pytest.param("|\n" + "\n|\n|\n".join("\n|\n".join(row) for row in (HEAD, *ROWS)) + "\n|", id="two a row"),
    ],
)
def test_cells_are_put_together_again(text: str) -> None:
    assert read(text) == READ
    assert len(without_lone_bars(text)) == len(text)


def test_rows_with_bars_of_their_own_are_left_alone() -> None:
    text = "\n".join("| " + " | ".join(row) + " |" for row in (HEAD, *ROWS))
    assert without_lone_bars(text) == text
    assert read(text) == READ
