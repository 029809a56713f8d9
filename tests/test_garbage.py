"""Looking for garbage goes on where it had been going on, whatever became of the work."""

import gc
import sys

import pytest

from civic_etl.cli import main
from civic_etl.garbage import uncollected


def test_nothing_is_looked_for_until_the_end() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()


def test_who_had_it_off_has_it_off_still() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_command_looks_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    monkeypatch.setattr(sys, "argv", ["civic-etl", "--version"])
    try:
        with pytest.raises(SystemExit):
            main()
        assert gc.get_threshold()[0] > 700
    finally:
        gc.set_threshold(*before)
