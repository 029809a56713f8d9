"""Shapes that are only looked for near digits have one."""

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from civic_etl.extract.lexicon import read_data

DIGITED = [entry for entry in read_data("no_figures.yaml") if not entry.get("undigited")]


def needs_digit(items: Any) -> bool:
    """Whether whatever matches has a digit in it."""
    return any(_has_digit(code, value) for code, value in items)


def _has_digit(code: Any, value: Any) -> bool:
    if code is codes.LITERAL:
        return chr(value).isdigit()
    if code is codes.IN:
        return all(_is_digit(inner, each) for inner, each in value)
    if code is codes.BRANCH:
        return all(needs_digit(each) for each in value[1])
    if code is codes.SUBPATTERN:
        return needs_digit(value[3])
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return value[0] > 0 and needs_digit(value[2])
    return False


def _is_digit(code: Any, value: Any) -> bool:
    if code is codes.RANGE:
        return all(chr(each).isdigit() for each in value)
    return (code, value) == (codes.CATEGORY, codes.CATEGORY_DIGIT) or (code is codes.LITERAL and chr(value).isdigit())


@pytest.mark.parametrize("entry", DIGITED, ids=[entry["name"] for entry in DIGITED])
def test_a_shape_that_needs_no_digit_says_so(entry: dict[str, Any]) -> None:
    assert needs_digit(parser.parse(entry["pattern"]))


@pytest.mark.parametrize("pattern", [r"\d|một", r"(?:\d vụ)?", r"(?=\d)vụ", "[1a]"])
def test_what_may_do_without_a_digit(pattern: str) -> None:
    assert not needs_digit(parser.parse(re.compile(pattern).pattern))
