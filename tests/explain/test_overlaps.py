"""Spans that overlap one are the same as a look at all of them finds."""

from hypothesis import given
from hypothesis import strategies as st

from civic_etl.explain.overlaps import Overlaps

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPAN, max_size=20), SPAN)
def test_overlaps_are_those_of_a_look_at_all(spans: list[tuple[int, int]], one: tuple[int, int]) -> None:
    found = list(Overlaps(spans, lambda span: span).of(*one))
    assert found == sorted(span for span in spans if span[0] < one[1] and one[0] < span[1])
