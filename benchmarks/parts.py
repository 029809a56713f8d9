"""What `run.py` measures: each part's own script with the arguments that keep it to minutes."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Part:
    """A script below this folder; `tiny` are the arguments that only show that it runs."""

    script: str
    arguments: tuple[str, ...] = ()
    tiny: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()


PARTS = {
    "parse": Part(
        "parse/run.py",
        ("--print-only", "--rounds", "3"),
        ("--print-only", "--rounds", "1"),
        ("trafilatura", "readability-lxml", "newspaper4k", "selectolax"),
    ),
    "extract": Part("extract/run.py", ("--rounds", "3"), ("--rounds", "1", "--articles", "1"), ("underthesea",)),
    "crawl": Part("crawl/compare.py", (), ("--hosts", "2", "--pages", "2", "--rounds", "1"), ("scrapy", "httpx")),
    "warehouse": Part(
        "warehouse/run.py", ("0.2",), ("0.001", "--rounds", "1", "--only", "load"), ("duckdb", "polars", "dbt-duckdb")
    ),
    "nightly": Part(
        "nightly/run.py",
        ("--servers", "4", "--rounds", "1"),
        ("--servers", "1", "--rounds", "1"),
        ("prefect", "duckdb"),
    ),
    "storage": Part("storage/run.py", (), ("--pages", "5", "--articles", "0", "--rounds", "1"), ("duckdb", "obstore")),
    "lists": Part("scale/lists.py", (), ("--sizes", "1000"), ("duckdb",)),
}
