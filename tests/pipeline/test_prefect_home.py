"""What Prefect finds in its environment: nothing is told to anybody, loopback is asked without a proxy."""

import os
from pathlib import Path

import pytest

from civic_etl.pipeline.prefect_home import settle
from civic_etl.settings import Settings


def test_no_telemetry_whatever_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "true")
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    monkeypatch.delenv("PREFECT_HOME", raising=False)
    settle(Settings(home=tmp_path))
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert {"intranet.example", "127.0.0.1", "localhost"} <= set(os.environ["NO_PROXY"].split(","))
    assert Path(os.environ["PREFECT_HOME"]).is_relative_to(tmp_path.resolve())
