"""What the global options set. They become environment variables, so that worker processes see them too."""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from civic_etl.cli.logs import set_up_logging
from civic_etl.errors import SettingsError
from civic_etl.settings import Settings, get_settings


@dataclass(slots=True)
class State:
    """Global options of this process."""

    debug: bool = False


STATE = State()


def override(*, home: Path | None = None, config: Path | None = None, debug: bool = False) -> None:
    """Apply global options. Raises SettingsError where the settings file named does not exist."""
    STATE.debug = debug
    if config is not None:
        if not config.is_file():
            raise SettingsError("the settings file does not exist", file=str(config))
        os.environ["CIVIC_ETL_CONFIG"] = str(config.resolve())
    if home is not None:
        os.environ["CIVIC_ETL_HOME"] = str(home)
    if debug:
        os.environ["CIVIC_ETL_LOG_LEVEL"] = "DEBUG"
    get_settings.cache_clear()


def settings() -> Settings:
    """The settings in force, with logging set up as they ask. Raises SettingsError."""
    found = get_settings()
    set_up_logging(found)
    logging.captureWarnings(True)
    return found


def is_terminal() -> bool:
    """Whether a person watches stderr."""
    return sys.stderr.isatty()
