"""What is kept of the package's own files is as it was made, and anything doubtful is made anew."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civic_etl import kept as module
from civic_etl.kept import kept

_MADE: dict[str, Any] = {"hộ": {"nghèo": {"": ("poor_households",)}}, "tỷ lệ": [1, 2.5, None, ("a", "b")]}


class _Maker:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> dict[str, Any]:
        self.calls += 1
        return _MADE


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Where things are kept: a folder of the test's own."""

    def at(name: str) -> Path:
        return tmp_path / "cache" / f"{name}.kept"

    monkeypatch.setattr(module, "_path", at)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return at


def test_the_second_process_makes_nothing(place: Callable[[str], Path]) -> None:
    make = _Maker()
    assert kept("x", make) == kept("x", make) == _MADE
    assert make.calls == 1
    assert [path.name for path in place("x").parent.iterdir()] == ["x.kept"], "nothing half written stays"


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, None])
def test_damage_counts_for_nothing(place: Callable[[str], Path], damage: bytes | None) -> None:
    make = _Maker()
    kept("x", make)
    whole = place("x").read_bytes()
    place("x").write_bytes(whole[:-3] + b"abc" if damage is None else damage)
    assert kept("x", make) == _MADE
    assert make.calls == 2
    assert place("x").read_bytes() == whole


def test_another_state_of_the_package_is_made_anew(
    place: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = _Maker()
    kept("x", make)
    monkeypatch.setattr(module, "_state", lambda: b"\1" * 32)
    kept("x", make)
    assert make.calls == 2


def test_where_nothing_can_be_written_it_is_made_each_time(place: Callable[[str], Path]) -> None:
    place("x").parent.write_text("a file where the folder should be")
    make = _Maker()
    assert kept("x", make) == kept("x", make) == _MADE
    assert make.calls == 2


def test_nothing_is_kept_where_python_keeps_nothing(
    place: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept("x", _Maker())
    assert not place("x").exists()


def test_the_state_tells_a_changed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    data = tmp_path / "data" / "phrases.yaml"
    data.parent.mkdir()
    states = []
    for text in ("a: [b]", "a: [b, c]"):
        data.write_text(text)
        module._state.cache_clear()
        states.append(module._state())
    module._state.cache_clear()
    assert states[0] != states[1]
