"""The SQL page: the engine in the browser gives what the engine of the warehouse gives, and reaches nothing else."""

import csv
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

import civic_etl.explorer
from security.cells import CELLS

from .conftest import Reader

EXAMPLES = yaml.safe_load((Path(civic_etl.explorer.__file__).parent / "examples.yaml").read_text(encoding="utf-8"))


def ask_page(reader: Reader, sql: str) -> Any:
    """The page's answer to a query."""
    main = reader.open(f"sql?q={quote(sql)}")
    reader.page.wait_for_selector("#sql-summary, .error", timeout=60_000)
    return main


def test_every_example_gives_as_many_rows_as_in_the_warehouse(reader: Reader, ask: Callable[[str], list[Any]]) -> None:
    assert len(EXAMPLES) == 10
    for example in EXAMPLES:
        main = ask_page(reader, example["sql"])
        summary = main.locator("#sql-summary").text_content()
        assert summary.split(" ")[0].replace(".", "") == str(len(ask(example["sql"]))), example["en"]


def test_examples_are_those_of_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
    told = re.findall(r"^## \d+\. (.+?)\n.*?```sql\n(.*?)\n```", text, re.DOTALL | re.MULTILINE)
    assert told == [(example["en"], example["sql"]) for example in EXAMPLES]


def test_values_are_those_of_the_warehouse(reader: Reader) -> None:
    sql = "select year, obs_value, published_date from mart.ward_year "
    sql += "where indicator = 'budget_revenue' and year = 2021 and value_kind = 'actual'"
    main = ask_page(reader, sql)
    assert main.locator("tbody tr > *").all_text_contents() == ["2021", "9.260.000.000", "2022-01-15"]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another host, that anybody may ask; the test fails where somebody did."""
    asked = []

    class Open(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"1\n")

        do_HEAD = do_OPTIONS = do_PUT = do_POST = do_GET  # noqa: N815 - names of the base class

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Open) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
    assert asked == []


def test_the_database_cannot_be_changed_and_nothing_is_fetched(reader: Reader, elsewhere: str) -> None:
    for sql in (
        "drop table mart.ward_year",
        "set autoinstall_known_extensions = true",
        "load parquet",
        f"select * from read_csv('{elsewhere}x.csv')",
        f"attach '{elsewhere}x.duckdb' as other",
        "select * from read_text('/etc/passwd')",
        "select * from glob('*')",
        "copy (select 1) to 'x.csv'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        f"copy (select 1) to '{elsewhere}x.csv'",
        "select json_extract('{}', 'a')",
    ):
        main = ask_page(reader, sql)
        assert main.locator(".error").count() == 1, sql
    # the engine tells the console what it refused
    reader.problems.clear()


def test_text_that_a_spreadsheet_would_run_is_text_in_a_download(reader: Reader) -> None:
    main = ask_page(reader, "select '=1+1' as a, '@x' as b, -5 as c, 'a=b' as d")
    with reader.page.expect_download() as started:
        main.get_by_role("button", name="Tải CSV").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    assert text.split() == ["a,b,c,d", "'=1+1,'@x,-5,a=b"]


def test_a_download_has_the_cells_that_the_command_line_has(reader: Reader) -> None:
    """One rule on both sides, for column names too."""
    rows = ", ".join(f"({number}, {quoted(text)})" for number, text in enumerate(CELLS))
    main = ask_page(reader, f'select n, c as "＝c" from (values {rows}) as t(n, c) order by n')
    with reader.page.expect_download() as started:
        main.get_by_role("button", name="Tải CSV").click()
    with started.value.path().open(encoding="utf-8-sig", newline="") as file:
        head, *read = csv.reader(file)
    assert head == ["n", "'＝c"]
    assert [cell for _, cell in read] == list(CELLS.values())


def quoted(text: str) -> str:
    """A text in SQL, its controls as numbers, which a field for text would change."""
    parts = (f"chr({ord(each)})" if each in "\r\n\t\u00a0" else "'" + each.replace("'", "''") + "'" for each in text)
    return " || ".join(parts) or "''"
