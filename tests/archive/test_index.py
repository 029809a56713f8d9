"""The index is sorted in one step, however its lines came to stand as they do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.archive.cdxj import sort_index


@settings(max_examples=100, deadline=None)
@given(
    years=st.lists(st.text("abđ ,)", max_size=4)),
    night=st.lists(st.text("abđ ,)", max_size=4)),
    torn=st.text("ab", max_size=3),
)
def test_every_line_is_kept_in_its_place_and_a_torn_one_left_out(
    tmp_path_factory: pytest.TempPathFactory, years: list[str], night: list[str], torn: str
) -> None:
    path = tmp_path_factory.mktemp("index") / "index.cdxj"
    lines = [f"{line}\n" for line in [*sorted(years), *night]]
    path.write_bytes("".join([*lines, torn]).encode())
    sort_index(path)
    assert path.read_bytes().decode() == "".join(sorted(lines))


def test_a_missing_index_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="index"):
        sort_index(tmp_path / "index.cdxj")
    assert not list(tmp_path.iterdir())
