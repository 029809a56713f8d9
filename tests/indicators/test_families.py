"""Templates of wordings."""

import pytest

from civic_etl.errors import CatalogueError
from civic_etl.indicators.families import expand
from civic_etl.indicators.lexicon import DECOY, load_lexicon


def test_every_choice_is_spelt_out() -> None:
    words = {"part": ["thôn", "bản"], "got": ["đạt", "giữ vững"]}
    phrases = list(expand("<part> <got> văn hóa", words, "families.yaml"))
    assert phrases == ["thôn đạt văn hóa", "thôn giữ vững văn hóa", "bản đạt văn hóa", "bản giữ vững văn hóa"]


def test_an_empty_word_leaves_its_slot_out() -> None:
    assert list(expand("đạt <title> văn hóa", {"title": ["chuẩn", ""]}, "f")) == ["đạt chuẩn văn hóa", "đạt văn hóa"]


def test_a_template_without_slots_is_itself() -> None:
    assert list(expand("chi bộ , đảng bộ", {}, "f")) == ["chi bộ , đảng bộ"]


def test_a_slot_without_words_is_told_with_its_file() -> None:
    with pytest.raises(CatalogueError, match="part") as caught:
        list(expand("<part> văn hóa", {}, "families.yaml"))
    assert "families.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("thôn , bản có nhà văn hóa", ("culture_house_rate",)),
        ("cơ quan , trường học giữ vững danh hiệu văn hóa", ("cultural_agencies",)),
        ("xã , phường đạt chuẩn quốc gia về y tế", ("health_standard_communes",)),
        ("thôn , bản đạt tiêu chuẩn an toàn về an ninh trật tự", ("security_standard_rate", DECOY)),
        ("đăng ký xây dựng gia đình văn hóa", (DECOY,)),
        ("quỹ hỗ trợ nông dân", (DECOY,)),
    ],
)
def test_families_of_the_package(phrase: str, codes: tuple[str, ...]) -> None:
    assert load_lexicon().phrases[phrase] == codes


def test_a_longer_phrase_is_read_behind_the_head_of_its_noun() -> None:
    phrases = load_lexicon().phrases
    assert phrases["số hộ khá , giàu"] == phrases["hộ khá , giàu"]
    assert phrases["số hộ"] == ("households",)
