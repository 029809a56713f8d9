"""Where the phrases of several tables may begin is what each of them says by itself."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from civic_etl.extract.openings import Openings

WORDS = ["thu", "chi", "xã", "hộ", "nghèo"]
phrases = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple), min_size=1, max_size=5)


def trie(table: list[tuple[str, ...]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for phrase in table:
        node = root
        for word in phrase:
            node = node.setdefault(word, {})
        node[""] = {}
    return root


def opens(table: list[tuple[str, ...]], words: list[str], index: int) -> bool:
    return any(phrase == (words[index],) or phrase[:2] == tuple(words[index : index + 2]) for phrase in table)


@given(st.lists(phrases, min_size=1, max_size=4), st.lists(st.sampled_from([*WORDS, ","]), max_size=8))
def test_all_tables_in_one_pass(tables: list[list[tuple[str, ...]]], words: list[str]) -> None:
    openings = Openings()
    numbers = [openings.add(trie(table)) for table in tables]
    found = openings.of(words)
    assert [found[number] for number in numbers] == [
        [index for index in range(len(words)) if opens(table, words, index)] for table in tables
    ]
