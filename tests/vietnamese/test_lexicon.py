"""The word lists: complete, folded, and without contradictions."""

from importlib.resources import files

import pytest

from civic_etl.vietnamese.fold import fold
from civic_etl.vietnamese.lexicon import read_data

NAMES = ["numbers.yaml", "dates.yaml", "currencies.yaml", "money.yaml"]


def words(node: object) -> list[str]:
    """All strings of a data file, keys and values."""
    if isinstance(node, dict):
        return [word for key, value in node.items() for word in [*words(key), *words(value)]]
    if isinstance(node, list):
        return [word for value in node for word in words(value)]
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize("name", NAMES)
def test_words_are_folded(name: str) -> None:
    """Patterns are matched against folded text: a word that is not folded would never be found."""
    structural = {"VND", "USD", "K", "M", "G"}
    listed = [word for word in words(read_data(name)) if not (word.isascii() and word.isupper())]
    assert [word for word in listed if word not in structural and fold(word) != word] == []


def test_a_currency_word_names_one_currency() -> None:
    """No word or sign belongs to two currencies."""
    rows = read_data("currencies.yaml")
    for key in ("words", "before"):
        listed = [word for row in rows.values() for word in row[key]]
        assert len(listed) == len(set(listed))
    assert all(len(code) == 3 and code.isupper() for code in rows)


def test_every_data_file_is_read() -> None:
    """What ships is well-formed."""
    for entry in (files("civic_etl.vietnamese") / "data").iterdir():
        assert read_data(entry.name)
