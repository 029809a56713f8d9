"""Saved pages of every family are read as their golden files say."""

from collections import Counter
from dataclasses import replace

import pytest

from civic_etl.errors import ParseError
from civic_etl.parse import parse_page
from civic_etl.sources import FAMILIES

from .golden import Golden, fields, goldens

ALL = goldens()


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: golden.name)
def test_page_gives_the_golden_article(golden: Golden) -> None:
    found = fields(golden.parsed())
    assert {name: found[name] for name in golden.expected} == golden.expected
    assert found["quality"] == "family"


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: golden.name)
def test_family_is_known_without_being_declared(golden: Golden) -> None:
    assert parse_page(golden.page) == replace(golden.parsed())


def test_every_family_has_three_pages() -> None:
    counted = Counter(golden.family for golden in ALL)
    assert {family: counted[family] >= 3 for family in FAMILIES if family != "generic"} == dict.fromkeys(
        set(FAMILIES) - {"generic"}, True
    )


def test_reading_again_gives_the_same() -> None:
    golden = ALL[0]
    assert golden.parsed() == golden.parsed()


@pytest.mark.parametrize("golden", ALL[::5], ids=lambda golden: golden.name)
def test_a_page_cut_anywhere_is_an_article_or_a_refusal(golden: Golden) -> None:
    body = golden.page.body
    for share in range(1, 20):
        page = replace(golden.page, body=body[: len(body) * share // 20])
        try:
            article = parse_page(page, family=golden.family)
        except ParseError as error:
            assert error.message and error.url == page.url
            continue
        assert article.text
        if article.published is not None:
            assert article.published.isoformat() == golden.expected["published"], "cut, but never another date"
