"""Addresses that gave no page are told to the warehouse even where the run that asked them was killed."""

import duckdb

from civic_etl.pipeline import steps
from civic_etl.settings import Settings

NAME = "sample-tuyen-quang"


def rows(settings: Settings) -> list[tuple[str, str]]:
    with duckdb.connect(str(settings.build_file), read_only=True) as con:
        return con.execute("select url, outcome from raw.page_outcome where outcome <> 'article'").fetchall()


def test_what_a_killed_run_met_is_told_by_the_next_and_once(settings: Settings) -> None:
    lost = steps.discover_and_fetch(NAME, settings)
    gone = [item.url for item in lost.outcomes if item.outcome == "gone"]
    assert gone
    for _ in range(2):
        run = steps.begin("nightly", settings)
        crawl = steps.discover_and_fetch(NAME, settings)
        assert crawl.gone == 0, "it is not asked again tonight"
        with run.writing():
            steps.load(run, [], [crawl])
        assert rows(settings) == [(url, "gone") for url in gone]
    assert not run.report.load.changed
