"""Sentences in the manner of communes, read with the words of the lexicon."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import read_cases
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

SITE = "xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình"
QUALIFIERS = {"averaging", "base", "plan"}


def sentences() -> list[Any]:
    data = read_cases(*(Path(__file__).parent / name for name in ("readings.yaml", "categories.yaml")))
    return [pytest.param(row["text"], row["read"], id=row["text"][:60]) for rows in data.values() for row in rows]


def spoken(code: str, breakdown: dict[str, str]) -> str:
    named = sorted(f"{key}={value}" for key, value in breakdown.items() if key not in QUALIFIERS)
    return f"{code}:{','.join(named)}" if named else code


def canonical(reading: str) -> str:
    code, _, pairs = reading.partition(":")
    return spoken(code, dict(pair.split("=") for pair in pairs.split(",")) if pairs else {})


@pytest.mark.parametrize(("text", "read"), sentences())
def test_figures_are_of_the_indicators_named(text: str, read: list[str]) -> None:
    found: dict[tuple[int, int], str] = {}
    for row in extract(Document("a", text, "", published=date(2021, 12, 28), site_area=SITE)).observations:
        found.setdefault((row.char_start, row.char_end), spoken(row.indicator, dict(row.breakdown)))
    assert [found[span] for span in sorted(found)] == [canonical(reading) for reading in read]


def test_the_season_of_a_title_is_of_no_trees() -> None:
    title = "Kết quả sản xuất vụ mùa năm 2021"
    text = "Sản lượng cao su đạt 910 tấn, sản lượng lúa đạt 3.120 tấn."
    rows = extract(Document("a", text, title, published=date(2021, 12, 28), site_area=SITE)).observations
    told = [spoken(row.indicator, dict(row.breakdown)) for row in rows]
    assert told == ["crop_output:crop=rubber", "crop_output:crop=rice,season=main"]
