"""Numbered migrations of what persists in the build file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.database import transaction

_LEDGER = """
create table if not exists main.schema_migration (
    version integer,
    name varchar,
    checksum varchar,
    applied_at timestamp
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step; `checksum` is the SHA-256 of its text."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """What a step already taken is compared by."""
        return sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """Every step that ships with the package, in order."""
    folder = resources.files("civic_etl.warehouse") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [Migration(int(n.split("_", 1)[0]), n, (folder / n).read_text(encoding="utf-8")) for n in names]


def migrate(con: duckdb.DuckDBPyConnection, steps: list[Migration] | None = None) -> list[str]:
    """Take the steps that this build file has not taken, each in a transaction of its own; returns their names.

    Raises WarehouseError where a step that was taken has since been edited, or where the file is newer than the code.
    """
    steps = migrations() if steps is None else steps
    con.execute(_LEDGER)
    taken = dict(con.execute("select version, checksum from main.schema_migration").fetchall())
    _refuse_strangers(taken, steps)
    fresh = [step for step in steps if step.version not in taken]
    for step in fresh:
        _take(con, step)
    return [step.name for step in fresh]


def _refuse_strangers(taken: dict[int, str], steps: list[Migration]) -> None:
    known = {step.version: step for step in steps}
    unknown = sorted(set(taken) - set(known))
    if unknown:
        raise WarehouseError(
            f"the build file has schema version {unknown[-1]}, newer than this civic-etl: upgrade the package, "
            "or move the file away and load again from the archive"
        )
    for version, checksum in taken.items():
        if known[version].checksum != checksum:
            raise WarehouseError(
                "a migration that this build file has taken was edited since: restore its text, or load again",
                file=known[version].name,
            )


def _take(con: duckdb.DuckDBPyConnection, step: Migration) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    row = [step.version, step.name, step.checksum, now]
    try:
        with transaction(con):
            con.execute(step.sql)
            con.execute("insert into main.schema_migration values (?, ?, ?, ?)", row)
    except duckdb.Error as error:
        raise WarehouseError(f"migration failed: {error}", file=step.name) from error
