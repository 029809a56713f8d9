"""A small file with a sum in it is what was written, or it is none."""

import json

import pytest

from civic_etl.whole_files import from_summed, summed

ROW = {"run_id": "nightly-1", "release": "2026.11.28-1", "fetched": 17, "checks": ["một", "hai"], "error": ""}


def test_it_comes_back() -> None:
    assert from_summed(summed(ROW)) == from_summed(summed(ROW, indent=2)) == ROW


def test_every_flipped_bit_is_told_or_harmless() -> None:
    data = summed(ROW).encode()
    for at in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        try:
            read = from_summed(flipped.decode())
        except ValueError:
            continue
        # the name of the sum itself: a member that nobody knows
        assert read == ROW or set(read) - set(ROW), read


def test_an_older_one_without_a_sum_is_read() -> None:
    assert from_summed(json.dumps(ROW)) == ROW
    with pytest.raises(ValueError, match="not a JSON object"):
        from_summed("[]")
