"""Logging to stderr, as text for people or as one JSON object a line."""

import json
import logging
import sys
from datetime import UTC, datetime

from civic_etl.settings import Settings


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


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever stderr is at the moment, so that a progress display can stand in front of it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> object:
        """The present stderr."""
        return sys.stderr


def set_up_logging(settings: Settings) -> None:
    """Send the log of civic_etl to stderr at the level and in the form of the settings; may be called again."""
    logger = logging.getLogger("civic_etl")
    logger.setLevel(settings.log_level)
    logger.propagate = False
    for handler in list(logger.handlers):
        if isinstance(handler, _Stderr):
            logger.removeHandler(handler)
    handler = _Stderr()
    as_json = settings.log_format == "json"
    handler.setFormatter(JsonFormatter() if as_json else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
