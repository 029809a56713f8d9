"""One canonical spelling per syllable, and offsets that stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese.fold import fold, fold_ascii, fold_same_length, nfc, tone_of

# text of the kind that pages hold, and any text at all
VIETNAMESE = st.text(alphabet="aáàảãạăâbcdđeêghiíkỉlmnoòôơpqrstuùúưvxyýỳ ĐÁÒỎỦÝ.,0123456789", max_size=60)
ANY = st.one_of(st.text(max_size=60), VIETNAMESE, VIETNAMESE.map(lambda text: unicodedata.normalize("NFD", text)))


@pytest.mark.parametrize(
    ("spellings", "canonical"),
    [
        (["hòa", "hoà", "HÒA", "Hoà", "ho\u0300a", "hoa\u0300"], "hòa"),
        (["thủy", "thuỷ"], "thủy"),
        (["khỏe", "khoẻ"], "khỏe"),
        (["tỷ", "tỉ", "TỶ"], "tỷ"),
        (["kỹ", "kĩ"], "kỹ"),
        (["quý", "quí", "qúy", "qúi"], "quý"),
        (["toàn", "tòan"], "toàn"),
        (["của", "cuả"], "của"),
        (["đức", "Ðức", "ÐỨC"], "đức"),
        (["quà"], "quà"),
        (["già"], "già"),
        (["kia"], "kia"),
        (["nghĩa"], "nghĩa"),
    ],
)
def test_spellings_of_a_syllable_become_one(spellings: list[str], canonical: str) -> None:
    """Composition, case, tone placement, i/y and look-alikes of đ."""
    assert {fold(spelling) for spelling in spellings} == {canonical}


def test_different_syllables_stay_apart() -> None:
    """Tones and marks tell words apart."""
    assert len({fold(word) for word in ("ma", "má", "mà", "mả", "mã", "mạ", "mă", "mâ", "da", "đa")}) == 10


def test_blanks_and_invisible_characters() -> None:
    """No-break spaces become spaces, zero-width characters go."""
    assert fold("9\u00a0tỷ\u200b đồng") == "9 tỷ đồng"
    assert fold_same_length("9\u00a0tỷ\u200b đồng") == "9 tỷ  đồng"


def test_ascii_keys() -> None:
    """For look-ups without marks."""
    assert fold_ascii("Phường Đức Xuân") == "phuong duc xuan"
    assert fold_ascii("Nghĩa Tá, Hoà Mục") == "nghia ta, hoa muc"


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded is canonical."""
    assert fold(fold(text)) == fold(text)
    assert fold_ascii(fold_ascii(text)) == fold_ascii(text)
    assert nfc(nfc(text)) == nfc(text)


@given(ANY)
def test_case_and_composition_do_not_matter(text: str) -> None:
    """NFD and NFC fold alike."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY)
def test_the_same_length_whatever_the_text(text: str) -> None:
    """Offsets of the folded text are offsets of the text."""
    assert len(fold_same_length(text)) == len(text)


@given(VIETNAMESE)
def test_both_folds_agree_on_composed_text(text: str) -> None:
    """So a lexicon folded one way is found in a text folded the other."""
    composed = nfc(text)
    assert fold_same_length(composed) == fold(composed)


def test_tones() -> None:
    """The six tones, and letters that bear none."""
    assert [tone_of(letter) for letter in "aàảãáạ"] == [("a", tone) for tone in range(6)]
    assert tone_of("b") is None
