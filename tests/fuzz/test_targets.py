"""Every target of the fuzzer on its seeds, whole and damaged: the quick part of `make fuzz`.

Hypothesis' own deadline is on the wall, where a busy machine spends any time, so there is none; what has no end is
ended by its time on the processor.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .limit import with_an_end
from .seeds import dictionary, seeds
from .targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_are_read(target: str) -> None:
    for seed in (b"", *seeds(target)):
        with with_an_end():
            TARGETS[target].read(seed[: TARGETS[target].longest])


def damaged(target: str) -> st.SearchStrategy[bytes]:
    """A seed with a piece taken out, put in or written over, up to three times."""
    found, words = seeds(target), dictionary(target)
    piece = st.one_of(
        st.binary(max_size=6),
        st.sampled_from(words),
        st.sampled_from(words).map(lambda word: word * 20),
        st.sampled_from([b"nan", b"inf", b"-1", b"9" * 30, b"1e999", b"9999-12-31", b"0001-01-01", b"[", b"{" * 3000]),
    )
    change = st.tuples(st.floats(0, 1), st.integers(0, 12), piece)
    return st.builds(mend, st.sampled_from(found), st.lists(change, min_size=1, max_size=3))


def mend(seed: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Each change is where (a share of the length), how many bytes go, and what comes instead."""
    for share, gone, piece in changes:
        at = round(share * len(seed))
        seed = seed[:at] + piece + seed[at + gone :]
    return seed


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_seeds_are_read(target: str, data: st.DataObject) -> None:
    seed = data.draw(damaged(target))[: TARGETS[target].longest]
    with with_an_end():
        TARGETS[target].read(seed)
