"""A Prefect server that does not answer is named, with a code of its own; nothing else is taken for it."""

import socket

import httpx
import pytest

from civic_etl.cli.exits import PREFECT_LOST, guarded


def silent_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def code_of(address: str) -> int:
    """What a command leaves with that asks there."""

    def ask() -> None:
        try:
            httpx.get(address, timeout=5, trust_env=False)
        except httpx.ConnectError as error:
            raise ValueError("wrapped") from error

    return guarded(ask, debug=lambda: False)


def test_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    api = f"http://127.0.0.1:{silent_port()}/prefect/api"
    monkeypatch.setenv("PREFECT_API_URL", api)
    assert code_of(f"{api}/flow_runs/1") == PREFECT_LOST
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "error: Prefect's server does not answer" in said and api in said
    assert code_of(f"http://127.0.0.1:{silent_port()}/prefect/api/flow_runs/1") == 1


def test_the_small_server_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert code_of(f"http://127.0.0.1:{silent_port()}/api/flow_runs/1") == PREFECT_LOST
    assert code_of(f"http://127.0.0.1:{silent_port()}/tin-tuc/1") == 1


def test_the_small_server_does_not_come_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is named, so that whoever reads it knows what to move away."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", "/data/state/prefect")

    def start() -> None:
        raise RuntimeError("Timed out while attempting to connect to ephemeral Prefect API server.")

    assert guarded(start, debug=lambda: False) == PREFECT_LOST
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/data/state/prefect" in said
