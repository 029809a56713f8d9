"""The truth about the sample sites: every figure that their articles assert, with its address."""

from collections.abc import Mapping
from typing import Any

from civic_etl.errors import CivicEtlError
from civic_etl.samples.app import BaseApp
from civic_etl.samples.epi import EpiApp
from civic_etl.samples.programme import sites
from civic_etl.samples.stories import Story
from civic_etl.samples.teller import Claim, parse_breakdown
from civic_etl.samples.wordpress import WordPressApp

APPS: dict[str, type[BaseApp]] = {"wordpress": WordPressApp, "epi": EpiApp}

# What makes two claims of one page the same fact.
KEY = ("url", "ref_area", "sub_area", "indicator", "breakdown", "measure", "time_period", "value_kind")


def expected_observations(bases: Mapping[str, str] | None = None, *, edition: int = 1) -> list[dict[str, Any]]:
    """One row a fact a page, in the order of the text, with the field names of an observation.

    `url` is the address after redirects, made with `bases` (site key -> `http://host:port`); without it, with
    `http://<site>.example`. `ref_area` is the gazetteer's id, `breakdown` a dict, numbers are `Decimal`, `quote` holds
    the words that carry the figure. Every number that an article asserts is here, so that
    anything else that is found on a page is wrong. Raises `CivicEtlError` where a page contradicts itself.
    """
    rows: list[dict[str, Any]] = []
    for key, site in sites().items():
        base = (bases or {}).get(key, f"http://{key}.example")
        app = APPS[site.family](site, base, edition)
        for story in app.stories:
            rows += _rows(story, base + app.address(story))
    return rows


def _rows(story: Story, url: str) -> list[dict[str, Any]]:
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for claim in story.claims:
        row = _row(claim, url, story)
        key = tuple(str(row[name]) for name in KEY)
        if key in rows and rows[key]["obs_value"] != row["obs_value"]:
            raise CivicEtlError(f"says {rows[key]['quote']} and {row['quote']} of one fact", url=url)
        rows.setdefault(key, row)
    return list(rows.values())


def _row(claim: Claim, url: str, story: Story) -> dict[str, Any]:
    return {
        "url": url,
        "site": story.entry.site,
        "title": story.title,
        "published": story.entry.published,
        "ref_area": claim.place.unit_id,
        "ref_area_name": claim.place.ref_area_name,
        "sub_area": claim.sub_area,
        "indicator": claim.indicator,
        "breakdown": dict(parse_breakdown(claim.breakdown)),
        "measure": claim.measure,
        "obs_value": claim.value,
        "numerator": claim.numerator,
        "denominator": claim.denominator,
        "unit_measure": claim.unit,
        "comparator": claim.comparator,
        "time_period": claim.period,
        "value_kind": claim.kind,
        "quote": claim.quote,
    }


def main_figures(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the expected observations those that make a ward's year: levels and shares of the whole unit."""
    return [row for row in rows if row["measure"] in ("level", "share") and not row["sub_area"]]
