"""Which texts and addresses an entry is about."""

import unicodedata
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.removals import Removal, Removals
from civic_etl.removals.names import NameFinder
from civic_etl.sources.load import parse_source

NAME = "Nguyễn Văn Hoà"
TODAY = date(2026, 11, 1)


def listed(*urls: str, persons: tuple[str, ...] = (), **more: object) -> Removals:
    """A list of addresses and persons."""
    entries = [Removal(1, url, None, "x", TODAY) for url in urls]
    return Removals([*entries, *(Removal(1, None, name, "x", TODAY) for name in persons)], **more)  # type: ignore[arg-type]


IS = {
    "in a sentence": "Đồng chí Nguyễn Văn Hoà, Chủ tịch UBND xã",
    "tone on the other vowel": "ông Nguyễn Văn Hòa",
    "capitals": "NGUYỄN VĂN HOÀ",
    "no accents": "Nguyen Van Hoa",
    "some accents": "Nguyễn Van Hòa",
    "decomposed": unicodedata.normalize("NFD", "bà Nguyễn Văn Hoà."),
    "over a line": "Nguyễn\nVăn  Hoà",
    "hard blanks": "Nguyễn\u00a0Văn\u00a0Hoà",
    "slug": "https://x.vn/chu-tich-nguyen-van-hoa-123.html",
    "mail": "nguyenvanhoa@x.vn",
    "escaped": "Nguyễn%20Văn%20Hoà",
    "quoted": "“Nguyễn Văn Hoà”",
}
IS_NOT = {
    "longer given name": "Nguyễn Văn Hoàn",
    "another accent": "Nguyễn Vân Hòa",
    "another tone": "Nguyễn Văn Hoá",
    "part of a word": "xnguyen van hoa",
    "given name alone": "anh Hoà",
    "initials": "N.V.Hoà",
    "other order": "Hoà Nguyễn Văn",
}


@pytest.mark.parametrize("text", IS.values(), ids=IS)
def test_is_the_person(text: str) -> None:
    masked = listed(persons=(NAME,)).mask(text)
    assert masked != text and len(masked) == len(text)
    assert not listed(persons=(NAME,)).is_named(masked)
    assert listed(persons=(NAME,)).mask(masked) == masked


@pytest.mark.parametrize("text", IS_NOT.values(), ids=IS_NOT)
def test_is_not_the_person(text: str) -> None:
    assert listed(persons=(NAME,)).mask(text) == text


def test_names_with_apostrophes() -> None:
    found = listed(persons=("K'Rinh Bdap",))
    assert all(found.is_named(text) for text in ("K'Rinh Bdap", "K’Rinh Bdap", "KRinh Bdap", "k'rinh-bdap"))


SIEVE = "select regexp_matches(?, ?, 'i')"


@pytest.mark.parametrize("text", IS.values(), ids=IS)
def test_the_sieve_lets_through_all_that_is(text: str) -> None:
    assert duckdb.execute(SIEVE, [text, listed(persons=(NAME,)).sieve]).fetchone() == (True,)


LETTERS = st.text("nguyễvăhoàòaNGUYỄ đĐ\u0300\u0301\u0302 .-_%20\nx", max_size=40)


@given(LETTERS, LETTERS, st.sampled_from(list(IS.values())))
def test_masking_keeps_lengths_and_the_sieve_misses_nothing(before: str, after: str, name: str) -> None:
    found = listed(persons=(NAME,))
    text = before + name + after
    masked = found.mask(text)
    assert len(masked) == len(text) and found.mask(masked) == masked
    assert [*NameFinder(NAME).spans(masked)] == []
    if masked != text:
        assert duckdb.execute(SIEVE, [text, found.sieve]).fetchone() == (True,)


LISTED = "https://www.xaha.example.vn/tin/bai-1.html?id=7"


@pytest.mark.parametrize(
    "url",
    [
        LISTED,
        "http://xaha.example.vn/tin/bai-1.html?id=7",
        "https://XAHA.example.vn/tin/bai-1.html/?id=7#top",
        "https://xaha.example.vn/tin/bai-1.html?id=7&utm_source=zalo",
        "https://xaha.example.vn/tin/b%61i-1.html?id=7",
    ],
)
def test_an_address_is_known_in_any_spelling(url: str) -> None:
    assert listed(LISTED).covers(url)
    assert listed(LISTED).covers(None, "https://other.example.vn/", url)


@pytest.mark.parametrize(
    "url",
    [
        "https://xaha.example.vn/tin/bai-1.html",
        "https://xaha.example.vn/tin/bai-1.html?id=8",
        "https://xaha.example.vn/tin/",
        "https://xahb.example.vn/tin/bai-1.html?id=7",
        "rubbish",
        None,
    ],
)
def test_another_address_is_another(url: str | None) -> None:
    assert not listed(LISTED).covers(url)


def test_parameters_that_do_not_name_the_page_do_not_hide_it() -> None:
    """A browser's address has more in it than the one that tables know; the site's system says what counts."""
    text = "name: xaha\ntitle: Xã Hạ\nhosts: [xaha.example.vn]\nlevel: ward\nperiods: [{family: dnn}]\n"
    source = parse_source(text)
    url = "https://xaha.example.vn/tin/bai-1.html?from=home"
    assert listed(url, sources=[source]).covers("https://xaha.example.vn/tin/bai-1.html") or source.periods
    assert listed(url, sources=[source]).covers(url)


def test_an_address_that_spells_a_person_goes_with_the_person() -> None:
    found = listed(persons=(NAME,))
    assert found.covers("https://x.vn/tan-chu-tich-nguyen-van-hoa-12.html")
    assert found.covers("https://x.vn/Nguy%E1%BB%85n-V%C4%83n-Ho%C3%A0")
    assert not found.covers("https://x.vn/nguyen-van-hoan-12.html")


def test_a_listed_address_is_masked_where_texts_write_it_out() -> None:
    found = listed(LISTED)
    for text in (
        f"moved to {LISTED}",
        "xem xaha.example.vn/tin/bai-1.html?id=7, http://XAHA.example.vn/tin/bai-1.html?id=7",
    ):
        masked = found.mask(text)
        assert "bai-1" not in masked and len(masked) == len(text)
    assert found.mask("https://xaha.example.vn/tin/bai-1.html?id=70") == "https://xaha.example.vn/tin/bai-1.html?id=70"
