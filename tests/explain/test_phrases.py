"""Phrases outside the catalogue are grouped by how often they come."""

from dataclasses import replace
from datetime import date

from civic_etl.explain.phrases import group_phrases, nearest_code
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Observation


def other(text: str, doc_id: str = "one", unit: str = "unit") -> Observation:
    """An observation outside the catalogue, made from a real one."""
    document = Document(doc_id, "Năm 2020, xã Hồng Thái có 1.250 hộ.", "", "", date(2021, 1, 5))
    found = extract(document).observations[0]
    return replace(found, indicator="other", indicator_text=text, unit_measure=unit)


def test_the_most_frequent_comes_first_and_spellings_are_one() -> None:
    rows = [other("viên gạch"), other("lồng bè"), other("Lồng  bè", "two"), other("lồng bè", unit="m2")]
    groups = group_phrases(rows)
    assert [(g.phrase, g.unit_measure, g.n, g.documents) for g in groups] == [
        ("lồng bè", "unit", 2, 2),
        ("lồng bè", "m2", 1, 1),
        ("viên gạch", "unit", 1, 1),
    ]
    assert groups[0].example.startswith("Năm 2020")


def test_what_the_catalogue_knows_is_left_out() -> None:
    known = replace(other("hộ"), indicator="households")
    assert group_phrases([known]) == []


def test_a_phrase_near_a_known_name_says_so() -> None:
    assert nearest_code("tỷ lệ các hộ nghèo") == "poor_household_rate"
    assert nearest_code("lồng bè nuôi cá") == ""
    assert nearest_code("") == ""
