"""Since when something fails is read from what was written at the end of each run."""

from datetime import timedelta
from typing import Any

from civic_etl.pipeline.journal import (
    RunNote,
    check_failing_since,
    failing_since,
    keep_note,
    note_of,
    read_journal,
)
from civic_etl.settings import Settings

from .conftest import START, a_good_report, a_report


def note(day: int, error: str = "", kind: str = "nightly", **more: Any) -> RunNote:
    """How the run of a day ended."""
    moment = START + timedelta(days=day)
    return RunNote(f"{kind}-{day}", kind, moment, moment, error=error, **more)


def test_what_is_kept_comes_back(settings: Settings) -> None:
    kept = note_of(a_report(), "disk full")
    keep_note(settings, kept)
    keep_note(settings, note_of(a_good_report(day=1)))
    first, second = read_journal(settings)
    assert first == kept and not first.ok and second.ok
    assert (first.failed_sources, first.failed_checks, first.observations) == (("xa-thuong",), ("sums",), 17)
    assert (second.failed_sources, second.failed_checks) == ((), ())


def test_a_torn_line_is_passed_over(settings: Settings) -> None:
    keep_note(settings, note(0))
    path = settings.state_dir / "runs.jsonl"
    path.write_bytes(path.read_bytes() + path.read_bytes()[:40] + b"\n\xff\xfe\n[]\n")
    keep_note(settings, note(1))
    assert [found.run_id for found in read_journal(settings)] == ["nightly-0", "nightly-1"]


def test_it_does_not_grow_for_ever(settings: Settings) -> None:
    path = settings.state_dir / "runs.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(note(day).line() for day in range(800)), encoding="utf-8")
    keep_note(settings, note(800))
    kept = read_journal(settings)
    assert len(kept) == 400 and kept[-1].run_id == "nightly-800"


def test_failing_since_is_the_first_of_the_row_that_still_lasts() -> None:
    notes = [note(0, "x"), note(1), note(2, "y"), note(3, kind="release"), note(4, "z")]
    first = failing_since(notes, "nightly")
    assert first is not None and first.run_id == "nightly-2"
    assert failing_since([*notes, note(5)], "nightly") is None
    assert failing_since(notes, "release") is None and failing_since([], "nightly") is None


def test_a_run_that_never_came_to_its_checks_does_not_end_the_row() -> None:
    checked = {"release": "r", "failed_checks": ("sums",)}
    notes = [
        note(0, release="r"),
        note(1, "sums failed", **checked),
        note(2, "no disk"),
        note(3, "sums failed", **checked),
    ]
    first = check_failing_since(notes, "sums")
    assert first is not None and first.run_id == "nightly-1"
    assert check_failing_since([*notes, note(4, release="r")], "sums") is None
