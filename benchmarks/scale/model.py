"""The whole country on paper: what it takes by the unit costs that the benchmarks measured.

    python benchmarks/scale/model.py [--country FILE] [--write]

Unit costs are read from benchmarks/RESULTS.md and benchmarks/warehouse/RESULTS.md, politeness from the settings'
defaults, what the country is from country.yaml beside this file. It prints a markdown table; with --write that replaces
the one in docs/scale.md.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import linear_regression
from typing import Any, NamedTuple

import yaml
from tables import Tables

from civic_etl.crawl.session import BACKFILL_SHARE
from civic_etl.settings import Settings

HERE = Path(__file__).parent
DOC = HERE.parents[1] / "docs" / "scale.md"
SIZES = {"1 million": 1.0, "3 million": 3.0, "10 million": 10.0}
_PLACE = re.compile(r"(?<=<!-- model -->\n).*?(?=<!-- end of model -->)", re.DOTALL)
_DAY, _HOUR = 86_400, 3_600


class Row(NamedTuple):
    """One line of the table: what, how much, and from which measurement."""

    what: str
    amount: str
    basis: str


def main() -> None:
    """Print the table, and write it down if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put it into docs/scale.md")
    parser.add_argument("--country", type=Path, default=HERE / "country.yaml")
    given = parser.parse_args()
    country = yaml.safe_load(given.country.read_text(encoding="utf-8"))
    text = table(country, Tables(HERE.parent / "RESULTS.md"), Tables(HERE.parent / "warehouse" / "RESULTS.md"))
    print(text, end="")
    if given.write:
        DOC.write_text(_PLACE.sub(lambda _: text, DOC.read_text(encoding="utf-8")), encoding="utf-8")


def table(country: dict[str, Any], results: Tables, warehouse: Tables) -> str:
    """The markdown table."""
    rows = [*crawl(country), *reading(country, results), *tables(country, warehouse), *lists(country, results)]
    lines = [f"| {row.what} | {row.amount} | {row.basis} |" for row in rows]
    return "\n".join(["| what | how much | from |", "| --- | ---: | --- |", *lines, ""])


def crawl(country: dict[str, Any]) -> Iterator[Row]:
    """Days of politeness, and bytes."""
    settings = Settings.model_construct()
    gap = settings.min_delay_seconds + settings.jitter_seconds / 2
    lane = _DAY / gap
    budget = int(settings.daily_page_budget * BACKFILL_SHARE)
    news = country["pages"] * country["newspapers_share"] / country["provinces"]
    government = country["pages"] * (1 - country["newspapers_share"]) / country["provinces"]
    each = government / country["government_sources_a_province"]
    basis = f"a request every {gap:g} s of a domain; {budget:,} a day of a source's backfill (settings' defaults)"
    yield Row("a domain's most requests a day", f"{lane:,.0f}", basis)
    yield Row("a newspaper of the middle", f"{news / budget:,.0f} days", f"{news:,.0f} pages, its budget")
    slower = max(each / budget, government / lane)
    yield Row("a province's government sites", f"{slower:,.0f} days", f"{government:,.0f} pages, one domain's delay")
    largest = country["largest_source_pages"]
    yield Row("the largest newspaper", f"{largest / budget:,.0f} days", f"{largest:,} pages, its budget")
    yield Row("the same, its budget lifted", f"{largest / lane:,.0f} days", "the delay alone")
    size = country["pages"] * country["archive_bytes_a_page"]
    yield Row("archive", f"{size / 1e12:.1f} TB", f"{country['archive_bytes_a_page']:,} bytes a page (assumed)")


def reading(country: dict[str, Any], results: Tables) -> Iterator[Row]:
    """Core-hours of parsing, extracting and loading."""
    pages = country["pages"]
    parse = results.figure("pages/s", "civic-etl")
    column = "articles of 400 words/s/core"
    extract = results.figure(column, "civic-etl extract") * 400 / country["words_an_article"]
    yield Row("parse", f"{pages / parse / _HOUR:,.0f} core-hours", f"{parse:g} pages/s and core (parse)")
    yield Row("extract", f"{pages / extract / _HOUR:,.0f} core-hours", f"{extract:g} articles/s and core (extract)")
    a_night = pages / country["years"] / 365
    own = results.figure("CPU s whatever comes", "the nightly flow")
    more = results.figure("CPU s more for 1,000 new pages", "the nightly flow")
    basis = f"{own:g} CPU s and {more:g} for 1,000 pages of small sites (nightly)"
    amount = f"{(own + a_night * more / 1e3) / 60:,.0f} CPU minutes"
    yield Row("a night, later, without lists and roll-up", amount, f"{a_night:,.0f} new pages; {basis}")


def tables(country: dict[str, Any], warehouse: Tables) -> Iterator[Row]:
    """Rows, roll-up, release, by a straight line through the sizes measured."""
    millions = country["pages"] * country["observations_a_page"] / 1e6
    yield Row("observations", f"{millions:,.0f} million", f"{country['observations_a_page']:g} a page (assumed)")
    for what, row in (
        ("roll-up and checks", "full roll-up and all checks, wall s (CPU s)"),
        ("release", "release, wall s (CPU s)"),
    ):
        slope, base = line([warehouse.bracketed(size, row) for size in SIZES])
        minutes = (base + slope * millions) / 60
        yield Row(
            what, f"{minutes:,.0f} CPU minutes", f"{base:.0f} + {slope:.1f} CPU s a million ({row.split(',')[0]})"
        )
    slope, base = line([warehouse.figure(size, "peak memory, MB") for size in SIZES])
    yield Row("peak memory", f"{(base + slope * millions) / 1e3:,.0f} GB", f"{slope:,.0f} MB a million (peak memory)")
    a_million = warehouse.figure("10 million", "release, MB a million")
    text_share = country["text_share_of_release"]
    longer = country["text_characters"] / country["measured_text_characters"]
    article = a_million * text_share * country["measured_observations_an_article"] * longer / 1e6
    texts, claims = article * country["pages"], a_million * (1 - text_share) * millions
    basis = f"{article * 1e3:.1f} kB an article, {a_million * (1 - text_share):.0f} MB a million observations (release)"
    yield Row("one release", f"{(texts + claims) / 1e3:,.0f} GB", basis)
    kept = Settings.model_construct().keep_releases
    yield Row("releases kept", f"{(texts + claims) * kept / 1e6:,.1f} TB", f"{kept} of them (setting)")


def line(values: list[float]) -> tuple[float, float]:
    """Slope a million and base of a straight line through the measured sizes."""
    slope, base = linear_regression(list(SIZES.values()), values)
    return slope, max(base, 0.0)


def lists(country: dict[str, Any], results: Tables) -> Iterator[Row]:
    """What every night asks of all that was ever fetched."""
    measured = "300000"
    pages, largest = country["pages"], country["largest_source_pages"]
    for name in ("archive index", "crawl ledger", "page ledger"):
        each = results.figure("bytes a page", measured, f"on disk: {name}")
        yield Row(f"{name} on disk", f"{each * pages / 1e9:,.0f} GB", f"{each:.0f} bytes a page (lists)")
    for question, whose in QUESTIONS.items():
        cpu = results.figure("CPU s", measured, question) / float(measured)
        each = results.figure("bytes a page", measured, question)
        most = pages if whose == "all" else largest
        memory, basis = each * most, f"{cpu * 1e6:.1f} us and {each:.0f} bytes a page, memory of {whose} (lists)"
        if question == OF_ALL:
            memory, basis = memory + 8 * pages, f"{basis}, and eight bytes of every page"
        yield Row(question, f"{cpu * pages / 60:,.1f} CPU minutes, {memory / 1e9:,.1f} GB", basis)


# Settled records are asked for once, of all sources.
OF_ALL = "page ledger: what is to be read"
QUESTIONS = {
    "archive: open, write one page, close": "the largest source",
    "crawl ledger: what is to be fetched": "the largest source",
    "crawl ledger: what was never told": "the largest source",
    OF_ALL: "the largest source",
    "reparse: every page": "all",
}

if __name__ == "__main__":
    main()
