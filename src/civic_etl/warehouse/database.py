"""Open DuckDB files and write in transactions, so that every error names its file and leaves it as it was."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError

IF_BUILD_DAMAGED = "if it is damaged, move it away and run `civic-etl reparse`, which makes it anew from the archive"
IF_RELEASE_DAMAGED = "`civic-etl verify` names what is damaged in a release, `civic-etl release` publishes another"

# an older DuckDB loses rows of a file of its own when it is killed; only a lake is written with it
LEAST_OF_BUILD_FILES = 2

_OF_THE_FILE = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
_DAMAGE = re.compile("corrupt|checksum|deserialize|serialization error|internal error", re.IGNORECASE)
_SOUND = re.compile("no space left|set lock|permission denied|does not exist", re.IGNORECASE)


def may_write_build_files(version: str) -> bool:
    """Whether a DuckDB of this version keeps every committed row of a file."""
    return int(version.split(".", 1)[0]) >= LEAST_OF_BUILD_FILES


@contextmanager
def opened(
    path: Path, *, read_only: bool = False, config: Mapping[str, str] | None = None, hint: str = ""
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for the length of the block.

    Raises WarehouseError, with the file, for whatever DuckDB refuses in it that the block does not catch itself; `hint`
    is added where the file may be damaged.
    """
    try:
        with duckdb.connect(str(path), read_only=read_only, config=dict(config or {})) as con:
            yield con
    except duckdb.Error as error:
        raise unusable(path, error, hint) from error


def unusable(path: Path, error: Exception, hint: str = "") -> WarehouseError:
    """The error to raise for what DuckDB says of a file."""
    may_be_damaged = isinstance(error, _OF_THE_FILE) or speaks_of_damage(str(error))
    advice = f"; {hint}" if hint and may_be_damaged and not _SOUND.search(str(error)) else ""
    return WarehouseError(f"the database file cannot be used: {error}{advice}", file=str(path))


def speaks_of_damage(words: str) -> bool:
    """Whether DuckDB says that a file is not what it wrote, in words that came without their error."""
    return _DAMAGE.search(words) is not None


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block wrote, or nothing of it where the block or the commit raises; the error is passed on."""
    con.begin()
    try:
        yield
        con.commit()
    except BaseException:
        # A commit that failed has been rolled back already, and then there is nothing to roll back.
        with suppress(duckdb.Error):
            con.rollback()
        raise
