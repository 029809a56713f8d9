"""The raw tables in DuckLake: a PostgreSQL catalog and Parquet files, for several loaders at once.

DuckLake has no keys, so two loaders that saw the same document missing would both write it. Each batch therefore takes
the turn of its hosts first: locks in the catalog's PostgreSQL, which die with the process that holds them.
"""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import duckdb

from civic_etl.errors import SettingsError, WarehouseError
from civic_etl.settings import Settings

PREFIX = "ducklake:postgres:"
_EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs")
# The class of our locks among those of the database: any number, the same on every machine.
_LOCKS = 0x63697669
_EVERYTHING = 0
_ALONE = "select pg_advisory_lock(%s, %s)"
_BESIDE_OTHERS = "select pg_advisory_lock_shared(%s, %s)"
# A bulk load of more hosts than this waits until nobody else loads.
_MOST_HOSTS = 64
_ATTEMPTS = 8
_CONFLICT = "conflict"
# Loaders that commit at once try again; each try is a query of the catalog.
_COMMITS = 100
_OPENING = ("",)

Result = TypeVar("Result")


@contextmanager
def attached(
    settings: Settings, *, read_only: bool = False, snapshot: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose database in use is the lake, as it is now or as it was at a snapshot.

    Raises SettingsError where extensions are missing or fit another DuckDB, WarehouseError where the catalog does not
    answer.
    """
    conninfo = _conninfo(settings)
    place = settings.lake_data or ""
    # The catalog keeps the path as it is given, for every working directory.
    place = place if "://" in place else str(Path(place).resolve())
    options = [f"data_path '{_quoted(place)}'"]
    options += ["read_only"] if read_only or snapshot is not None else []
    options += [f"snapshot_version {snapshot}"] if snapshot is not None else []
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as con:
        _load_extensions(con)
        _know_s3(con)
        try:
            # Whoever opens it first makes it; two at once would be in each other's way.
            with turn(settings, _OPENING):
                con.execute(f"attach '{_quoted(PREFIX + conninfo)}' as lake ({', '.join(options)})")
        except duckdb.Error as error:
            raise WarehouseError(f"the lake cannot be opened: {_line(error)}") from error
        con.execute("use lake")
        con.execute(f"set ducklake_max_retry_count = {_COMMITS}")
        yield con


@contextmanager
def turn(settings: Settings, hosts: Collection[str] | None) -> Iterator[None]:
    """Be the only one who loads documents of these hosts, or who writes at all where `hosts` is None.

    Waits for those that hold them. Raises WarehouseError where the catalog's database does not answer.
    """
    import psycopg

    alone = hosts is None or len(hosts) > _MOST_HOSTS
    try:
        with psycopg.connect(_conninfo(settings), autocommit=True, application_name="civic-etl") as con:
            con.execute(_ALONE if alone else _BESIDE_OTHERS, (_LOCKS, _EVERYTHING))
            # In one order on every machine, or two would wait for each other.
            for key in sorted({_key(host) for host in hosts or ()} if not alone else ()):
                con.execute(_ALONE, (_LOCKS, key))
            yield
    except psycopg.Error as error:
        raise WarehouseError(f"the catalog's database does not answer: {_line(error)}") from error


def in_turn(settings: Settings, hosts: Collection[str] | None, work: Callable[[], Result]) -> Result:
    """Do `work`, one transaction, when it is the turn of `hosts`; again where DuckLake finds that another's was in the
    way, which wrote to the same files. Raises WarehouseError where that goes on.
    """
    with turn(settings, hosts):
        for attempt in range(_ATTEMPTS):
            try:
                return work()
            except WarehouseError as error:
                if not is_conflict(error.__cause__) or attempt == _ATTEMPTS - 1:
                    raise
    raise AssertionError("unreachable")


def is_conflict(error: BaseException | None) -> bool:
    """Whether a transaction came to nothing because of another one: then nothing is wrong with its rows."""
    return isinstance(error, duckdb.TransactionException) and _CONFLICT in str(error).lower()


def snapshot_in_force(con: duckdb.DuckDBPyConnection) -> int:
    """The newest snapshot of the lake in use."""
    ((found,),) = con.execute("select max(snapshot_id) from ducklake_snapshots('lake')").fetchall()
    return int(found)


def _conninfo(settings: Settings) -> str:
    return (settings.warehouse or "").removeprefix(PREFIX)


def _load_extensions(con: duckdb.DuckDBPyConnection) -> None:
    """Load the extensions that came as packages: nothing is downloaded."""
    for name in _EXTENSIONS:
        spec = find_spec(f"duckdb_extension_{name}")
        folder = Path((spec.submodule_search_locations or [""])[0]) if spec else Path()
        file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if not file.is_file():
            raise SettingsError(
                f"DuckDB {duckdb.__version__} has no extension {name} here: a warehouse in DuckLake runs in an "
                "environment of its own, made with requirements-ducklake.lock; see docs/storage.md",
                field="warehouse",
            )
        con.execute(f"load '{_quoted(str(file))}'")


def _know_s3(con: duckdb.DuckDBPyConnection) -> None:
    """Give DuckDB the credentials that the environment has for S3."""
    if not os.environ.get("AWS_ACCESS_KEY_ID"):
        return
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    fields: dict[str, Any] = {
        "key_id": os.environ["AWS_ACCESS_KEY_ID"],
        "secret": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "session_token": os.environ.get("AWS_SESSION_TOKEN", ""),
        "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION", ""),
    }
    if endpoint:
        fields |= {"endpoint": endpoint.split("://", 1)[-1].rstrip("/"), "url_style": "path"}
    pairs = [f"{name} '{_quoted(value)}'" for name, value in fields.items() if value]
    pairs += [f"use_ssl {'false' if endpoint.startswith('http://') else 'true'}"]
    con.execute(f"create secret civic_etl (type s3, {', '.join(pairs)})")


def _key(host: str) -> int:
    """A lock's number; hosts that share one wait for each other without need, and nothing worse."""
    return crc32(host.encode()) % 0x7FFFFFFF + 1


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]
