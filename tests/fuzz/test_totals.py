"""Slices are added up whole or not at all."""

from pathlib import Path

import pytest

from . import totals
from .totals import Totals, add_slice, go_on_from, held, table, totals_of

HERE = Path(__file__).parent
RECORD = HERE / "record.json"
TOLD = HERE.parents[1] / "docs" / "reliability.md"


def slice_of(target: str = "html", day: str = "2026-11-27", commit: str = "aaaaaaa", **numbers: object) -> Totals:
    """Ten seconds of fuzzing."""
    whole = {"seconds": 10.0, "executions": 1000, "branches": 70, "inputs": 5, "peak_mb": 150} | numbers
    return Totals(target, day, day, commits={commit: 10.0}, **whole)  # type: ignore[arg-type]


def test_slices_are_added_by_target(tmp_path):
    add_slice(tmp_path, slice_of(findings=["SlowError-a-1"], peak_mb=200))
    add_slice(tmp_path, slice_of("feed"))
    add_slice(tmp_path, slice_of(branches=60, inputs=9, findings=["SlowError-a-1", "crash-b"]))
    whole = add_slice(tmp_path, slice_of(day="2026-11-29", commit="bbbbbbb", branches=80, inputs=8))
    assert whole == Totals(
        target="html",
        begun="2026-11-27",
        ended="2026-11-29",
        seconds=30,
        executions=3000,
        branches=80,
        inputs=8,
        peak_mb=200,
        findings=["SlowError-a-1", "crash-b"],
        commits={"aaaaaaa": 20, "bbbbbbb": 10},
    )
    assert totals_of(tmp_path) == {"html": whole, "feed": slice_of("feed")}


def test_the_table_tells_commits_and_what_is_mended(tmp_path):
    folder = tmp_path / "findings" / "html"
    folder.mkdir(parents=True)
    for name in ("crash-b", "crash-b.txt"):
        (folder / name).write_text("")
    add_slice(tmp_path, slice_of("feed"))
    add_slice(tmp_path, slice_of(findings=["SlowError-a-1", "crash-b"]))
    add_slice(tmp_path, slice_of(day="2026-11-28", commit="bbbbbbb"))
    html, feed = table(tmp_path).splitlines()[2:4]
    assert html == (
        "| html | 2026-11-27 | 2026-11-28 | 20 | 2,000 | 70 | 5 | 150 | 2 | 1 | aaaaaaa (10 s), bbbbbbb (10 s) |"
    )
    assert feed.startswith("| feed |")
    assert (tmp_path / "table.md").read_text().startswith("\n".join(table(tmp_path).splitlines()[:4]))


def test_an_end_while_totals_are_written_leaves_the_earlier_ones(tmp_path, monkeypatch):
    before = add_slice(tmp_path, slice_of())

    def end(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(totals.os, "fsync", end)
        add_slice(tmp_path, slice_of())
    assert totals_of(tmp_path) == {"html": before}
    assert add_slice(tmp_path, slice_of()).seconds == 20


def test_a_lock_is_held_once(tmp_path):
    with held(tmp_path / "a") as first, held(tmp_path / "a", wait=False) as second:
        assert (first, second) == (True, False)
    with held(tmp_path / "a", wait=False) as third:
        assert third


def test_a_record_is_gone_on_from_once(tmp_path):
    recorded, here = tmp_path / "recorded", tmp_path / "here"
    for folder in (recorded, here):
        folder.mkdir()
    add_slice(recorded, slice_of())
    go_on_from(recorded / "rows.json", here)
    add_slice(here, slice_of(commit="bbbbbbb"))
    go_on_from(recorded / "rows.json", here)
    assert totals_of(here)["html"].commits == {"aaaaaaa": 10, "bbbbbbb": 10}


def test_no_record_is_no_run(tmp_path):
    (tmp_path / "torn.json").write_text('{"html": {"target": "html"')
    with pytest.raises(ValueError, match="delimiter"):
        go_on_from(tmp_path / "torn.json", tmp_path)
    assert totals_of(tmp_path) == {}


def test_the_documents_tell_what_is_recorded(tmp_path):
    go_on_from(RECORD, tmp_path)
    rows = [line for line in table(tmp_path).splitlines() if line.startswith("| ")]
    assert len(rows) > 9
    assert set(rows) <= set(TOLD.read_text(encoding="utf-8").splitlines())
