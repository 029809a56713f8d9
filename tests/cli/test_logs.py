"""The log file: it turns over, also under several writers; no page forges a line, no secret is in it."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from civic_etl.cli.logs import RUN_LINES, set_up_logging
from civic_etl.cli.show import LineListener
from civic_etl.errors import SettingsError
from civic_etl.settings import Settings

from .conftest import Cli

LOG = logging.getLogger("civic_etl.test")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings with a log file; logging is put back afterwards."""
    yield Settings(home=tmp_path, log_file=tmp_path / "logs" / "run.log", _env_file=None)  # type: ignore[call-arg]
    set_up_logging(Settings(home=tmp_path, _env_file=None))  # type: ignore[call-arg]


def written(settings: Settings) -> str:
    """The log file's text."""
    assert settings.log_file is not None
    return settings.log_file.read_text(encoding="utf-8")


def test_log_and_progress_are_in_the_file_once(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(settings)
    set_up_logging(settings)
    LOG.warning("thu ngân sách")
    LineListener().say("load: 3 new")
    text = written(settings)
    assert text.count("thu ngân sách") == 1 and text.count("load: 3 new") == 1
    told = capsys.readouterr().err
    assert told.count("load: 3 new") == 1 and told.count("thu ngân sách") == 1


def test_a_page_forges_no_line_and_moves_no_cursor(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(settings)
    forged = "title\n2026-01-01 00:00:00 ERROR forged\x1b[2J\r\u202e"
    LOG.warning("%s", forged)
    LineListener().say(forged)
    for text in (written(settings), capsys.readouterr().err):
        assert len(text.splitlines()) == 2 and "\x1b" not in text and "\r" not in text and "\u202e" not in text


def test_a_traceback_keeps_its_lines(settings: Settings) -> None:
    set_up_logging(settings)
    try:
        raise ValueError("x")
    except ValueError:
        LOG.exception("failed")
    assert "\nTraceback" in written(settings) and written(settings).rstrip().endswith("ValueError: x")


def test_json_is_one_object_a_line(settings: Settings) -> None:
    set_up_logging(settings.model_copy(update={"log_format": "json"}))
    LOG.warning("a\nb")
    RUN_LINES.info("c")
    assert [json.loads(line)["message"] for line in written(settings).splitlines()] == ["a\nb", "c"]


def test_it_turns_over_and_old_ones_go(settings: Settings) -> None:
    assert settings.log_file is not None
    set_up_logging(settings.model_copy(update={"log_file_bytes": 2_000, "log_files_kept": 2}))
    for number in range(200):
        LOG.warning("line %d of many", number)
    files = sorted(path.name for path in settings.log_file.parent.iterdir())
    assert files == ["run.log", "run.log.1", "run.log.2", "run.log.lock"]
    assert all(path.stat().st_size <= 2_000 for path in settings.log_file.parent.iterdir())
    assert "line 199 of many" in written(settings)


WRITER = """
import logging, sys
from pathlib import Path
from civic_etl.cli.logs import set_up_logging
from civic_etl.settings import Settings
set_up_logging(Settings(log_file=Path(sys.argv[1]), log_file_bytes=4_000, log_files_kept=500, _env_file=None))
log = logging.getLogger("civic_etl.test")
for number in range(300):
    log.warning("%s %d.", sys.argv[2], number)
"""


def test_two_processes_lose_no_line(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(log), name], stderr=subprocess.DEVNULL) for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    lines = [line for path in tmp_path.glob("run.log*") for line in path.read_text(encoding="utf-8").splitlines()]
    said = {line.split("WARNING ")[1] for line in lines}
    assert said == {f"{name} {number}." for name in "ab" for number in range(300)} and len(lines) == 600


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    settings = Settings(log_file=tmp_path / "file" / "run.log", _env_file=None)  # type: ignore[call-arg]
    with pytest.raises(SettingsError, match="log file"):
        set_up_logging(settings)


def test_secrets_are_not_shown(started_cli: Cli) -> None:
    shown = started_cli("settings", CIVIC_ETL_ALERT_WEBHOOK="https://hooks.example.vn/T0KEN")
    assert shown.returncode == 0 and "T0KEN" not in shown.stdout + shown.stderr and "alert_webhook" in shown.stdout
    wrong = started_cli("settings", CIVIC_ETL_ALERT_WEBHOOK="https://hooks.example.vn/T0KEN", CIVIC_ETL_WORKERS="x")
    assert wrong.returncode == 2 and "T0KEN" not in wrong.stderr
    assert "T0KEN" not in repr(Settings(alert_webhook=SecretStr("T0KEN"), _env_file=None))  # type: ignore[call-arg]
