"""Logging to stderr and to a file that turns over, as text for people or as one JSON object a line."""

import fcntl
import json
import logging
import os
import re
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from civic_etl.errors import SettingsError
from civic_etl.settings import Settings

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def harmless(line: str) -> str:
    """A line for a terminal or a log: what would move the cursor or begin another line is shown as �."""
    return _CONTROLS.sub("\ufffd", line)


class JsonFormatter(logging.Formatter):
    """One JSON object a record: time (UTC), level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """One line a record, whatever a page put into its message; a traceback follows on lines of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is the base class's
        """The message with control characters shown as �, so that it can forge no line and move no cursor."""
        return harmless(super().formatMessage(record))


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever stderr is at the moment, so that a progress display can stand in front of it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> object:
        """The present stderr."""
        return sys.stderr


class TurningFile(RotatingFileHandler):
    """A log file that turns over at a size, also where several processes write it: only one of them renames it."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - the name is the base class's
        """Whether this line would make the file too long; a file that another process renamed is opened anew first."""
        if self.stream is not None and not self._is_mine():
            self._reopen()
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802 - the name is the base class's
        """Rename the files, unless another process just did."""
        with Path(f"{self.baseFilename}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._is_mine():
                super().doRollover()
            else:
                self._reopen()

    def _is_mine(self) -> bool:
        try:
            there, mine = Path(self.baseFilename).stat(), os.fstat(self.stream.fileno())
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)

    def _reopen(self) -> None:
        self.stream.close()
        self.stream = self._open()


RUN_LINES = logging.getLogger("civic_etl.lines")
"""What progress displays say goes here as well: to the log file, and not a second time to stderr."""


def set_up_logging(settings: Settings) -> None:
    """Send the log of civic_etl to stderr, and to the log file if the settings name one; may be called again.

    Raises SettingsError where the log file cannot be written.
    """
    logger = logging.getLogger("civic_etl")
    logger.setLevel(settings.log_level)
    logger.propagate = False
    for handler in list(logger.handlers):
        if isinstance(handler, _Stderr | TurningFile):
            logger.removeHandler(handler)
            handler.close()
    RUN_LINES.handlers.clear()
    RUN_LINES.propagate = False
    form = JsonFormatter() if settings.log_format == "json" else TextFormatter("%(asctime)s %(levelname)s %(message)s")
    handlers: list[logging.Handler] = [_Stderr()]
    if settings.log_file is not None:
        handlers.append(_file(settings.log_file, settings))
        RUN_LINES.addHandler(handlers[-1])
    for handler in handlers:
        handler.setFormatter(form)
        logger.addHandler(handler)


def _file(path: Path, settings: Settings) -> TurningFile:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return TurningFile(
            path, maxBytes=settings.log_file_bytes, backupCount=settings.log_files_kept, encoding="utf-8"
        )
    except OSError as error:
        raise SettingsError(
            f"the log file cannot be written: {error.strerror}", file=str(path), field="log_file"
        ) from error
