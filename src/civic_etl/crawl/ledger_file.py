"""Open the crawl ledger's file: to read it alone, or to write it beside other processes."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from civic_etl.crawl.ledger_seal import ADVICE, require_as_sealed
from civic_etl.crawl.migrate import migrate
from civic_etl.errors import FetchError
from civic_etl.sqlite_damage import KIND, speaks_of_damage

_PATIENCE_SECONDS = 30.0
_POLL_SECONDS = 0.02


class LedgerConnection(sqlite3.Connection):
    """A connection whose errors are ours once it knows its `path`: a full disk, a file that was damaged meanwhile."""

    path: Path | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement. Raises FetchError."""
        with self._named():
            return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run a statement for each set of parameters. Raises FetchError."""
        with self._named():
            return super().executemany(sql, parameters)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self.path is None:
                raise
            raise unusable(self.path, error) from error


def unusable(path: Path, error: sqlite3.DatabaseError) -> FetchError:
    """The error to raise for what SQLite says of a crawl ledger, with what to do where it is damaged."""
    advice = f"; {ADVICE}" if speaks_of_damage(error) else ""
    return FetchError(f"crawl ledger cannot be used: {error}{advice}", file=str(path))


@contextmanager
def looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """A crawl ledger opened for reading alone, as it is. Raises sqlite3.DatabaseError, FetchError of its seal."""
    require_as_sealed(path)
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE_SECONDS)
    try:
        yield db
    finally:
        db.close()


def opened(path: Path) -> LedgerConnection:
    """A crawl ledger that is created or migrated if need be. Raises sqlite3.DatabaseError, FetchError of `migrate`.

    Waits for others that do the same at this moment. SQLite itself does not while a new file is turned to its
    write-ahead log: it says "database is locked" at once, whatever its timeout.
    """
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _opened_once(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & KIND != sqlite3.SQLITE_BUSY or time.monotonic() >= give_up:
                raise
        time.sleep(_POLL_SECONDS)


def _opened_once(path: Path) -> LedgerConnection:
    db = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, factory=LedgerConnection)
    try:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=normal")
        migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db
