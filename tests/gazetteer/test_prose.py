"""Finding places in prose: every case of `cases.yaml`, and what must hold whatever the text."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from civic_etl.gazetteer import Gazetteer

from .prose import Case, read_cases, written

CASES = read_cases()
_WORDS = (
    "phường Phường xã Xã TP. Bắc_Kạn Đức_Xuân Hồng_Thái huyện Na_Hang (cũ) ( ) , 12 thôn Tổ 8B các và toàn giao XÃ "
    "Chủ_tịch_UBND HỒNG_THÁI . Ea_H'leo tỉnh Thị địa_phương P. 01 Đắk ủy thành_phố ' - thuộc"
)
_PIECES = [*(word.replace("_", " ") for word in _WORDS.split()), "\n"]


def _sorted_marks(place: str) -> tuple[str, tuple[str, ...]]:
    head, _, marks = place.partition(" [")
    return head, tuple(sorted(marks.rstrip("]").split()))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.group}: {case.text[:60]}" for case in CASES])
def test_case(case: Case, gazetteer: Gazetteer) -> None:
    spans = gazetteer.find(case.text, case.day, case.near, case.site)
    assert [_sorted_marks(written(span)) for span in spans] == [_sorted_marks(place) for place in case.places]


def test_there_are_enough_cases_in_both_eras() -> None:
    assert len(CASES) >= 150
    assert sum(case.day >= date(2025, 7, 1) for case in CASES) >= 30
    assert sum(case.day < date(2025, 7, 1) for case in CASES) >= 100


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25), st.sampled_from([None, "NFC", "NFD"]), st.booleans())
@example(words=["Bắc Kạn", "P.", "Bắc Kạn", "P."], form=None, dated=True)
def test_spans_index_the_text_as_given(gazetteer: Gazetteer, words: list[str], form: str | None, dated: bool) -> None:
    text = " ".join(words)
    text = unicodedata.normalize(form, text) if form else text  # type: ignore[arg-type]
    spans = gazetteer.find(text, date(2020, 5, 5) if dated else None, site_area="huyện Na Hang, tỉnh Tuyên Quang")
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    for span in spans:
        assert text[span.start : span.end] == span.text
        assert span.text
        assert (span.unit is not None) or span.status != "resolved"
        assert span.reason
        if span.status == "resolved":
            assert span.unit in span.candidates
            assert span.full_name
    for one, other in pairwise(spans):
        assert one.end <= other.start


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(gazetteer: Gazetteer, text: str) -> None:
    for span in gazetteer.find(text, date(2026, 5, 5)):
        assert text[span.start : span.end] == span.text


def test_decomposed_and_composed_texts_give_the_same_places(gazetteer: Gazetteer) -> None:
    for case in CASES:
        composed = gazetteer.find(unicodedata.normalize("NFC", case.text), case.day, case.near, case.site)
        decomposed = gazetteer.find(unicodedata.normalize("NFD", case.text), case.day, case.near, case.site)
        assert [(s.full_name, s.status) for s in composed] == [(s.full_name, s.status) for s in decomposed]


def test_an_undated_text_is_read_as_of_its_sites_last_day(gazetteer: Gazetteer) -> None:
    (span,) = gazetteer.find("Phường An Khánh có 6 khu vực.", None, None, "quận Ninh Kiều, thành phố Cần Thơ")
    assert span.full_name == "phường An Khánh, quận Ninh Kiều, thành phố Cần Thơ"
    assert not span.former


def test_a_parent_only_locates_the_unit_before_it(gazetteer: Gazetteer) -> None:
    text = "Phường Đức Xuân, thành phố Bắc Kạn thu 9 tỷ; thành phố Bắc Kạn thu 90 tỷ."
    ward, city, again = gazetteer.find(text, date(2020, 1, 1))
    assert (ward.locates, city.locates, again.locates) == (False, True, False)


def test_the_title_speaks_for_the_text(gazetteer: Gazetteer) -> None:
    text, day = "Phường Quang Trung thu 9 tỷ đồng.", date(2017, 4, 24)
    (alone,) = gazetteer.find(text, day)
    (titled,) = gazetteer.find(text, day, near=["Phường Quang Trung (TP Thái Bình) tổng kết năm"])
    assert alone.status == "ambiguous"
    assert len(alone.candidates) > 5
    assert titled.full_name == "phường Quang Trung, thành phố Thái Bình, tỉnh Thái Bình"


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 7, 1), date(2026, 9, 20)])
def test_a_commune_named_with_its_parents_is_never_another(gazetteer: Gazetteer, day: date) -> None:
    communes = gazetteer.units_on(day, level=3)[::11]
    for commune in communes:
        found = gazetteer.find(f"Hội nghị tại {gazetteer.full_name(commune, day)}.", day)[0]
        assert found.unit in {commune, None}, found
        assert found.unit is not None or commune in found.candidates
