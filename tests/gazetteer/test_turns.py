"""The days on which places come to be read otherwise, and words that may be names at all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.finding.candidates import AHEAD
from civic_etl.gazetteer.finding.likely import may_name
from civic_etl.gazetteer.finding.turns import Turns

DAY = date(2024, 5, 6)
_TITLE = ["Nâng", "Cao", "Chất", "Lượng", "Đức", "Xuân", "Hồng", "Thái", "Huyện", "Xã", "Bắc", "Kạn", "Ea", "Kar"]
_WORDS = st.lists(st.sampled_from(_TITLE), min_size=1, max_size=4).map(" ".join)


def test_all_units_are_on_a_day_what_they_were_on_the_turn_before(gazetteer: Gazetteer) -> None:
    turns = Turns(gazetteer)
    for day in (date(2003, 1, 1), date(2008, 8, 1), date(2019, 12, 31), DAY, date(2025, 6, 30), date(2025, 7, 2)):
        turn = turns.before(day)
        assert turn <= day
        assert turns.before(turn) == turn
        for unit in gazetteer.units:
            assert unit.on(turn) == unit.on(day)
            assert (unit.valid_to <= turn) == (unit.valid_to <= day)
            assert (unit.valid_from <= turn + AHEAD) == (unit.valid_from <= day + AHEAD)


@pytest.mark.parametrize("words", ["Đức Xuân", "Thị trấn", "của Bắc Kạn", "TP Nào Đó", "Ea Kar"])
def test_words_that_may_name_a_unit(words: str, gazetteer: Gazetteer) -> None:
    assert may_name(gazetteer, words)


@pytest.mark.parametrize("words", ["Nâng Cao Hiệu Quả", "Sôi Nổi"])
def test_words_that_name_none(words: str, gazetteer: Gazetteer) -> None:
    assert not may_name(gazetteer, words)


@settings(max_examples=60, deadline=None)
@given(_WORDS, st.sampled_from(["xã", "huyện", "thành phố"]), st.sampled_from(["tỉnh Bắc Kạn", "tỉnh Đắk Lắk"]))
def test_no_place_is_passed_over(words: str, kind: str, site: str) -> None:
    gazetteer = Gazetteer.load()
    spans = gazetteer.find(f"{kind} {words}", DAY, words, site)
    known = any(span.status == "resolved" and span.end == len(kind) + 1 + len(words) for span in spans)
    assert may_name(gazetteer, words) or not known
