"""The names of categories that readers see."""

import json
from typing import Any

import pytest

from civic_etl.explorer.words import words
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.category_lexicon import NO_CATEGORY
from civic_etl.indicators.lexicon_data import read_lexicon_data


@pytest.fixture(scope="module")
def names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(words())["categories"]
    return found


def test_a_name_is_a_name_and_no_pattern_of_the_lexicon(names: dict[str, dict[str, str]]) -> None:
    odd = [
        (key, value, name)
        for key, values in names.items()
        for value, name in values.items()
        if value != NO_CATEGORY and (not name.strip() or set("<>") & set(name) or " ," in name or " ." in name)
    ]
    assert odd == []


def test_what_is_named_is_a_category_of_the_catalogue() -> None:
    known = {
        (key, value)
        for indicator in load_catalogue().indicators.values()
        for key, values in indicator.breakdowns.items()
        for value in values
    }
    given: dict[str, Any] = read_lexicon_data("breakdowns.yaml")["names"]
    assert {(key, str(value)) for key, values in given.items() for value in values} <= known


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("crop", "rice", "lúa"),
        ("sector", "services", "dịch vụ"),
        ("dose", "1", "mũi 1"),
        ("season", "winter_spring", "đông xuân"),
    ],
)
def test_names_are_those_that_people_use(names: dict[str, dict[str, str]], key: str, value: str, name: str) -> None:
    assert names[key][value] == name
