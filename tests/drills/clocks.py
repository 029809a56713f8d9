"""A clock of this process that jumps: every `datetime.now` and `date.today` of civic-etl is moved, nothing else.

Prefect's, SQLite's and DuckDB's clocks, the times of files and the monotonic clock stay right. A jump is a number of
seconds in a file, which the drill writes while the night runs.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any


def wear(path: Path) -> None:
    """Let the rest of this process live by the clock that the file moves."""
    import civic_etl

    def moved() -> timedelta:
        return timedelta(seconds=float(path.read_text(encoding="ascii")))

    real = {"datetime": datetime, "date": date}
    fakes = {"datetime": _moment(moved), "date": _day(moved)}
    # A module that is imported later would bring the right time in.
    for found in walk_packages(civic_etl.__path__, "civic_etl."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    for name, module in list(sys.modules.items()):
        for word, fake in fakes.items():
            if name.startswith("civic_etl") and getattr(module, word, None) is real[word]:
                setattr(module, word, fake)


class _Like(type):
    """A class that passes for the one it replaces."""

    def __instancecheck__(cls, found: Any) -> bool:
        return isinstance(found, cls.__bases__[0])

    def __subclasscheck__(cls, found: type) -> bool:
        return issubclass(found, cls.__bases__[0])


def _moment(moved: Callable[[], timedelta]) -> type:
    class Moment(datetime, metaclass=_Like):
        def __new__(cls, *parts: Any, **more: Any) -> Any:  # type: ignore[misc]
            return datetime(*parts, **more)  # noqa: DTZ001

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + moved()

    return Moment


def _day(moved: Callable[[], timedelta]) -> type:
    class Day(date, metaclass=_Like):
        def __new__(cls, *parts: Any, **more: Any) -> Any:  # type: ignore[misc]
            return date(*parts, **more)

        @classmethod
        def today(cls) -> Any:
            return (datetime.now() + moved()).date()  # noqa: DTZ005

    return Day
