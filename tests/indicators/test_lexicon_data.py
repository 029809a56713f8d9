"""The data files of the lexicon: well formed, without repetitions, and within the catalogue."""

from importlib.resources import files
from typing import Any

import pytest
import yaml

from civic_etl.extract.lexicon import unit_words
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import (
    DECOY,
    load_companions,
    load_lexicon,
    load_stocks,
    load_topics,
    load_variants,
)


def read(name: str, package: str = "civic_etl.indicators") -> Any:
    return yaml.safe_load((files(package) / "data" / name).read_text(encoding="utf-8"))


def repeated(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


def test_every_code_is_of_the_catalogue() -> None:
    codes = set(load_catalogue().indicators) | {DECOY}
    lexicon = load_lexicon()
    used = {code for row in lexicon.phrases.values() for code in row} | {row.code for row in lexicon.patterns}
    used |= set(lexicon.rate_of) | set(lexicon.rate_of.values()) | load_stocks().codes
    for companion in load_companions():
        used |= {companion.code} | companion.after
    for topic in load_topics():
        used |= set(topic.codes) | {code for code, _ in topic.codes.values()}
    variants = load_variants()
    for name in ("switch", "plan_rate", "change_of_rate", "of_a_fraction", "share_rate"):
        used |= set(variants[name])
    assert used <= codes, used - codes


def test_breakdowns_of_topics_are_of_the_catalogue() -> None:
    indicators = load_catalogue().indicators
    for topic in load_topics():
        for code, breakdown in topic.codes.values():
            for key, value in breakdown.items():
                assert value in indicators[code].breakdowns[key]


def test_units_of_patterns_and_companions_are_known() -> None:
    known = {indicator.unit_measure for indicator in load_catalogue().indicators.values()} | {"unit", "", "m", "road"}
    known |= {unit for _, unit in _units()}
    rows = [(row.code, row.units) for row in load_lexicon().patterns]
    rows += [(row.code, row.units) for row in load_companions()]
    for code, units in rows:
        assert units <= known, (code, units - known)


def _units() -> list[tuple[str, str]]:
    data = yaml.safe_load((files("civic_etl.extract") / "data" / "units.yaml").read_text(encoding="utf-8"))
    return [(phrase, str(row["unit"])) for row in data for phrase in row["phrases"]]


def test_patterns_name_a_unit_and_words() -> None:
    for row in read("patterns.yaml"):
        # a decoy without units only keeps the words of its lists from being read as shorter ones
        assert (row["units"] or row["code"] == DECOY) and all(row["all"]), row["code"]
        for group in row["all"]:
            both = set(group) & set(row.get("not", ()))
            assert not both, (row["code"], both)


@pytest.mark.parametrize(
    ("package", "name"),
    [
        (package, file.name)
        for package in ("civic_etl.indicators", "civic_etl.extract", "civic_etl.gazetteer")
        for file in sorted((files(package) / "data").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    ],
)
def test_no_list_says_a_word_twice(package: str, name: str) -> None:
    twice: list[tuple[str, list[str]]] = []

    def walk(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, f"{path}/{key}")
        elif isinstance(node, list):
            words = [str(item) for item in node if not isinstance(item, (dict, list))]
            if repeated(words):
                twice.append((path, repeated(words)))
            for index, item in enumerate(node):
                walk(item, f"{path}/{index}")

    walk(read(name, package), name)
    assert not twice


def test_a_decoy_stands_alone() -> None:
    for word, codes in load_lexicon().phrases.items():
        if codes[:1] == (DECOY,):
            assert codes == (DECOY,), word


def test_bare_words_of_counting_are_no_decoys() -> None:
    table = unit_words()
    for word, codes in load_lexicon().phrases.items():
        if DECOY in codes:
            parts = word.split()
            found = table.longest_at(parts, 0, len(parts))
            assert found is None or found[0] < len(parts), word


def test_no_phrase_was_cut_at_a_comma_between_quotes() -> None:
    phrases = read("phrases.yaml")
    assert not [phrase for row in phrases.values() for phrase in row if '"' in str(phrase)]
