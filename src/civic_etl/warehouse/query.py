"""Read-only SQL on a release, fenced in: no other file, no network, no setting can be reached from a query."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.database import IF_RELEASE_DAMAGED, opened
from civic_etl.warehouse.publish import current_release

Format = Literal["table", "csv", "json", "parquet"]

# A spreadsheet takes a cell that begins so for a formula (download.js of the explorer has the same rule, and its test
# the same cells), and a terminal obeys control characters.
_FORMULA = re.compile(r"[ \u00a0\n]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_FENCE = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # what does not fit into memory would be written beside the release, into a folder that queries may then write to
    "temp_directory": "",
    "lock_configuration": "true",
}


@contextmanager
def open_current(link: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A fenced read-only connection to the release that `link` names now; a later switch does not disturb it.

    Raises WarehouseError where there is no release.
    """
    release = current_release(link)
    if release is None:
        raise WarehouseError("there is no release yet: run `civic-etl run nightly` or `civic-etl demo`", file=str(link))
    with opened(release / "civic.duckdb", read_only=True, config=_FENCE, hint=IF_RELEASE_DAMAGED) as con:
        yield con


def query(link: Path, sql: str) -> pa.Table:
    """The result of one query on the current release as an Arrow table.

    Raises WarehouseError with DuckDB's words where the query cannot be run, or is no query.
    """
    with open_current(link) as con:
        try:
            relation = con.sql(sql)
            if relation is None:
                raise WarehouseError("that statement gives no rows; releases can only be read")
            return relation.to_arrow_table()
        except duckdb.Error as error:
            raise WarehouseError(f"the query failed: {error}") from error


def render(table: pa.Table, form: Format) -> bytes:
    """The rows as UTF-8 text (table for people, csv, json: a list of objects) or as a Parquet file.

    JSON and CSV write decimals as plain numbers without trailing zeros. CSV is made for spreadsheets: text that one
    would take for a formula has an apostrophe before it; JSON and Parquet give every text as it is. In a table control
    characters, which a terminal would obey, are shown as �.
    """
    if form == "parquet":
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()
    if form == "json":
        rows = [{name: _json(value) for name, value in row.items()} for row in table.to_pylist()]
        return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()
    return (_csv(table) if form == "csv" else _grid(table)).encode()


def plain_number(value: Decimal) -> str:
    """9130000000.000000 as 9130000000, 0.070000 as 0.07."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _csv(table: pa.Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_harmless(name) for name in table.column_names])
    columns = [column.to_pylist() for column in table.columns]
    writer.writerows([_harmless(value) for value in row] for row in zip(*columns, strict=True))
    return out.getvalue()


def _harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula, lines ended in one way; numbers and dates are as they are."""
    text = _text(value)
    if not isinstance(value, str):
        return text
    return ("'" if _FORMULA.match(text) else "") + text.replace("\r\n", "\n").replace("\r", "\n")


def _grid(table: pa.Table) -> str:
    grid = Table(show_lines=False)
    for field in table.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
        name = _CONTROLS.sub("\ufffd", field.name).replace("[", "\\[")
        grid.add_column(name, justify="right" if numeric else "left", overflow="fold")
    columns = [column.to_pylist() for column in table.columns]
    for row in zip(*columns, strict=True):
        grid.add_row(*(_CONTROLS.sub("\ufffd", _text(value)).replace("[", "\\[") for value in row))
    out = io.StringIO()
    Console(file=out, width=max(120, 18 * len(table.column_names)), color_system=None).print(grid)
    return out.getvalue() + f"{table.num_rows} rows\n"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(_json(value), ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {name: _json(item) for name, item in value.items()}
    return value
