"""Gzip members are walked to the byte, however well they compress and whatever the block boundaries."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_etl.archive.members import cut_torn_tail, walk_members
from civic_etl.errors import ArchiveError

BODIES = st.builds(lambda unit, times: unit * times, st.binary(min_size=1, max_size=20), st.integers(1, 40_000))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BODIES, min_size=1, max_size=4))
def test_every_member_is_found(tmp_path: Path, bodies: list[bytes]) -> None:
    path = tmp_path / "a.gz"
    members = [gzip.compress(body) for body in bodies]
    path.write_bytes(b"".join(members))
    found = list(walk_members(path))
    assert [length for _, length in found] == [len(member) for member in members]
    assert [offset for offset, _ in found] == [sum(map(len, members[:n])) for n in range(len(members))]
    assert cut_torn_tail(path) == 0


def test_what_follows_a_member_that_compresses_well_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    first = gzip.compress(b"Disallow: /x\n" * 400_000)
    path.write_bytes(first + gzip.compress(b"second"))
    assert [offset for offset, _ in walk_members(path)] == [0, len(first)]
    assert [offset for offset, _ in walk_members(path, len(first))] == [len(first)]


@pytest.mark.parametrize("tail", [b"\x1f", b"\x1f\x8b\x08", b"rubbish", gzip.compress(b"x" * 999, mtime=0)[:-1]])
def test_a_torn_tail_is_named_and_cut(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "a.gz"
    whole = gzip.compress(b"x" * 300_000)
    path.write_bytes(whole + tail)
    with pytest.raises(ArchiveError) as caught:
        list(walk_members(path))
    assert caught.value.row == len(whole)
    assert cut_torn_tail(path) == len(tail) and path.read_bytes() == whole


def test_records_behind_a_damage_are_not_cut_off(tmp_path: Path) -> None:
    """Without its index a file is walked from its beginning: damage in the middle must not cost what follows."""
    members = [gzip.compress(b"WARC/1.1\r\n" + bytes([n]) * 4_000, mtime=0) for n in range(4)]
    path = tmp_path / "damaged.warc.gz"
    good = b"".join(members)
    spot = len(members[0]) + len(members[1]) // 2
    path.write_bytes(good[:spot] + b"\0\0\0\0\0\0" + good[spot + 6 :])
    damaged = path.read_bytes()
    with pytest.raises(ArchiveError, match="whole records behind it") as caught:
        cut_torn_tail(path)
    assert caught.value.row == len(members[0]) and path.read_bytes() == damaged
    path.write_bytes(damaged[: len(members[0]) + len(members[1])])
    assert cut_torn_tail(path) == len(members[1]) and path.read_bytes() == members[0]
