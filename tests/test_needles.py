"""What a pattern tells of its matches holds for each of them, and spares no search that finds something."""

import re

import pytest

from civic_etl.needles import signs
from civic_etl.pattern import Pattern

PATTERNS = [
    r"\bgấp (đôi|ba)\b(?! lần)",
    r"(?<!tổng )số (?:nhà )?\d+",
    r"(?:hơn |gần )?nửa(?= số)",
    r"(?P<kind>xã|phường)(?: cũ){0,2}, (?:và|với)+ [Tt]ỉnh",
    r"(?m)^\s*(\(\d\))|điện\ thoại",
    r"a{2,3}b|cd*",
]
TEXT = (
    "gấp đôi, gấp ba lần, số 5, tổng số 6, số nhà 7; gần nửa số hộ, xã cũ cũ, và tỉnh, phường, với Tỉnh\n"
    "(1) điện thoại aaab aab c cdd gấp gấp ba"
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_same_matches(pattern: str) -> None:
    found = Pattern(pattern)
    assert [match.span() for match in found.all_in(TEXT)] == [match.span() for match in re.finditer(pattern, TEXT)]
    assert found.is_in(TEXT)
    assert not found.is_in("")
    for start, end in ((0, 20), (10, 70), (50, len(TEXT))):
        inside = list(found.finditer(TEXT, start, end))
        assert [match.span() for match in found.all_within(TEXT, start, end)] == [match.span() for match in inside]
        first = found.first_in(TEXT, start, end)
        assert (first and first.span()) == (inside[0].span() if inside else None)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_signs_hold(pattern: str) -> None:
    known = signs(pattern)
    for match in re.finditer(pattern, TEXT):
        assert not known.heads or match[0].startswith(known.heads)
        assert not known.needles or any(needle in match[0] for needle in known.needles)


@pytest.mark.parametrize(
    ("pattern", "heads", "needles"),
    [
        (r"\bgấp (?:đôi|ba)\b", ("gấp ba", "gấp đôi"), ("gấp ba", "gấp đôi")),
        (r"(?<!tổng )số (?:nhà )?\d+", ("số ",), ("số ",)),
        (r"\d+ chỉ tiêu", (), (" chỉ tiêu",)),
        (r"(?:kế hoạch|kế hoạch năm) \d", ("kế hoạch ",), ("kế hoạch ",)),
        (r"[^,]+ của \w+", (), (" của ",)),
    ],
)
def test_signs(pattern: str, heads: tuple[str, ...], needles: tuple[str, ...]) -> None:
    known = signs(pattern)
    assert (known.heads, known.needles) == (heads, needles)


@pytest.mark.parametrize(
    "pattern", [r"(?i)chỉ tiêu", r"\d+", r"(?P<a>x)?y?(?(a)chỉ|tiêu)", r"(?:a )?", r"(?=chỉ tiêu)"]
)
def test_nothing_sure(pattern: str) -> None:
    assert signs(pattern).heads == signs(pattern).needles == ()
