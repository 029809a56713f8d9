"""What the warehouse is measured beside: DuckDB and Polars with the same rows, nothing kept, compared or checked."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from civic_etl.warehouse.migrate import migrate

try:
    import polars
except ImportError:
    polars = None

# The keys of a figure. The floors take any claim of each, by its key; the rule of record is not theirs.
_FIGURE = ("ref_area", "indicator", "breakdown", "time_period", "value_kind")


class DuckDbCopy:
    """The same files into the same tables by COPY, a transaction a batch, in a file of their own."""

    def __init__(self, target: Path) -> None:
        self._con = duckdb.connect(str(target))
        migrate(self._con)

    def take(self, batch: Mapping[str, Path]) -> None:
        """One batch."""
        self._con.begin()
        for name, path in batch.items():
            self._con.execute(f"copy raw.{name} from '{path}' (format parquet)")
        self._con.commit()

    def finish(self) -> None:
        """The last checkpoint counts, as the load's does."""
        self._con.execute("checkpoint")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._con.close()


class PolarsFiles:
    """Polars has no database: it reads each file and writes it to a folder of tables."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._batches = 0
        folder.mkdir()

    def take(self, batch: Mapping[str, Path]) -> None:
        """One batch."""
        self._batches += 1
        for name, path in batch.items():
            polars.read_parquet(path).write_parquet(self._folder / f"{name}-{self._batches}.parquet")

    def finish(self) -> None:
        """Nothing is left to be done."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""


def figures_by_duckdb(observations: Path) -> int:
    """One claim of each figure, by SQL; gives how many figures there are."""
    keys = ", ".join(_FIGURE)
    with duckdb.connect() as con:
        con.execute(
            f"create table figure as select {keys}, arg_max(obs_value, observation_id) as obs_value, "
            f"count(*) as n_claims from read_parquet('{observations}') group by {keys}"
        )
        return int(con.execute("select count(*) from figure").fetchall()[0][0])


def figures_by_polars(observations: Path) -> int:
    """The same by Polars."""
    found = (
        polars.read_parquet(observations)
        .group_by(_FIGURE)
        .agg(
            polars.col("obs_value").sort_by("observation_id").last(),
            polars.len().alias("n_claims"),
        )
    )
    return len(found)


def parquet_by_duckdb(database: Path, folder: Path) -> None:
    """Every table of a release to Parquet."""
    with duckdb.connect(str(database), read_only=True) as con:
        names = con.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
        for schema, name in names:
            con.execute(
                f"copy {schema}.{name} to '{folder / f'{schema}.{name}.parquet'}' (format parquet, compression zstd)"
            )


def parquet_by_polars(tables: Path, folder: Path) -> None:
    """Every Parquet file of a release read and written again, with the same compression."""
    for path in sorted(tables.glob("*.parquet")):
        polars.read_parquet(path).write_parquet(folder / path.name, compression="zstd")
