"""Phrases of a table: found from their first word, from their last, and over a whole line."""

from hypothesis import given
from hypothesis import strategies as st

from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.tokens import TokenLine

PHRASES = ["thu", "thu ngân sách", "ngân sách", "ngân sách xã", "xã", "chi thu", "chi thu ngân"]
TABLE = PhraseTable((phrase, phrase) for phrase in PHRASES)
lines = st.lists(st.sampled_from(["thu", "ngân", "sách", "xã", "chi", ","]), max_size=12).map(
    lambda words: TokenLine(" ".join(words))
)


@given(lines, st.integers(0, 12), st.integers(0, 12))
def test_phrases_that_end_at_a_token_are_those_that_fill_the_words_before_it(
    line: TokenLine, stop: int, first: int
) -> None:
    stop = min(stop, len(line.words))
    spans = [(start, " ".join(line.words[start:stop])) for start in range(first, stop)]
    assert TABLE.ending_at(line.words, stop, first) == [span for span in spans if span[1] in PHRASES]


@given(lines)
def test_a_whole_line_is_read_like_a_part_of_it(line: TokenLine) -> None:
    whole = list(TABLE.find(line))
    assert whole == list(TABLE.find(line, 0, len(line.words)))
    taken = [index for hit in whole for index in range(hit.first, hit.last + 1)]
    assert taken == sorted(set(taken))
    assert all(" ".join(line.words[hit.first : hit.last + 1]) == hit.payload for hit in whole)
    alone = {index for index, word in enumerate(line.words) if word in PHRASES}
    assert alone <= set(taken)
