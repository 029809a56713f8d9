"""What the articles say: enough of it, true to the figures, and nothing where nothing is promised."""

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from importlib.resources import files

import httpx
import pytest
import yaml
from bs4 import BeautifulSoup

from civic_etl.errors import CivicEtlError
from civic_etl.samples import SampleServer, expected_observations
from civic_etl.samples.figures import load_figures
from civic_etl.samples.programme import programme
from civic_etl.samples.stories import Story, stories
from civic_etl.samples.truth import KEY, main_figures

SITES = ("tuyen-quang", "dong-thap")
ALL = [story for site in SITES for story in stories(site)]
# What a noise page may hold beside words: dates, times, telephone, document and plate numbers, ordinals, scores.
MEASURED = re.compile(r"\d\s*(?:%|‰|(?:tỷ|triệu|nghìn|đồng|hộ|người|đảng viên|chi bộ|lao động|hồ sơ|ha|km|tấn)\b)")


def text(story: Story) -> str:
    return BeautifulSoup(f"{story.lead}\n{story.body}", "lxml").get_text()


def test_there_is_enough_of_everything() -> None:
    kinds = Counter(re.sub(r"_[a-z]+$", "", story.entry.template.partition("/")[2]) for story in ALL)
    templates = {story.entry.template for story in ALL}
    assert 70 <= len(ALL) <= 100
    assert len({name for name in templates if "/year_end" in name}) >= 8
    assert len({name for name in templates if "/council" in name}) >= 5
    assert len({name for name in templates if "/congress" in name}) >= 3
    assert kinds["year_end"] >= 40
    assert sum(story.entry.is_noise for story in ALL) >= 10


def test_six_wards_of_two_provinces_have_five_years_with_targets() -> None:
    rows = main_figures(expected_observations())
    revenue: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["indicator"] == "budget_revenue" and not row["breakdown"]:
            revenue[row["ref_area_name"], row["value_kind"]].add(row["time_period"])
    wards = {
        name for name, kind in revenue if kind == "actual" and set(map(str, range(2018, 2023))) <= revenue[name, kind]
    }
    assert len(wards) >= 6
    assert len({name.rsplit(", ", 1)[1] for name in wards}) == 2
    for name in wards:
        assert set(map(str, range(2019, 2024))) <= revenue[name, "target"]


def test_both_eras_are_told_with_the_units_of_their_day() -> None:
    for story in ALL:
        two_tier = story.entry.published.date() >= date(2025, 7, 1)
        for claim in story.claims:
            assert (claim.place.area.count(",") == 0) == two_tier
            assert claim.place.unit_id.endswith("-20250701") == two_tier
    assert any(story.entry.other for story in ALL)
    assert any(claim.sub_area for story in ALL for claim in story.claims)


@pytest.mark.parametrize("story", ALL, ids=lambda story: str(story.entry.number))
def test_every_claim_stands_in_its_article(story: Story) -> None:
    said = text(story)
    for claim in story.claims:
        assert claim.quote in said
        assert (claim.place.full in said) or (claim.place.title in said)
    assert bool(story.claims) != story.entry.is_noise


def test_noise_measures_nothing() -> None:
    for story in ALL:
        if story.entry.is_noise:
            assert not MEASURED.search(text(story)), story.title


def test_no_number_goes_unclaimed() -> None:
    """Take the claims out of an article: what is left may hold dates, years, ordinals and names, but no measure."""
    for story in ALL:
        left = text(story)
        for quote in sorted({claim.quote for claim in story.claims}, key=len, reverse=True):
            left = left.replace(quote, " ")
        assert not MEASURED.search(left), (story.title, MEASURED.search(left))


def test_titles_and_addresses_are_unique() -> None:
    assert len({story.title for story in ALL}) == len(ALL)
    assert len({(story.entry.site, story.slug) for story in ALL}) == len(ALL)


def test_truth_keys_are_unique_and_catalogued() -> None:
    rows = expected_observations()
    assert len({tuple(str(row[name]) for name in KEY) for row in rows}) == len(rows)
    catalogue = yaml.safe_load(files("civic_etl.indicators").joinpath("catalogue.yaml").read_text(encoding="utf-8"))
    indicators = {entry["code"]: entry for entry in catalogue["indicators"]}
    qualifiers = {"averaging", "base", "plan"}
    for row in rows:
        entry = indicators[row["indicator"]]
        if row["measure"] in ("level", "share"):
            assert row["unit_measure"] == entry["unit_measure"]
        for name, value in row["breakdown"].items():
            assert name in qualifiers or value in entry["breakdowns"][name]


def test_the_figures_agree_with_each_other() -> None:
    by_key = {figure.key: figure.value for figure in load_figures()}
    pairs = (
        ("poor_household_rate", "poor_households", Decimal("0.01")),
        ("near_poor_household_rate", "near_poor_households", Decimal("0.01")),
        ("cultural_family_rate", "cultural_families", Decimal("0.1")),
    )
    compared = 0
    for rate, number, step in pairs:
        for (place, sub, period, code, breakdown, kind), value in by_key.items():
            count = by_key.get((place, sub, period, number, breakdown, kind))
            households = by_key.get((place, sub, period, "households", "", "actual"))
            if code == rate and kind == "actual" and count is not None and households is not None:
                compared += 1
                assert abs(value - 100 * count / households) <= step
    assert compared >= 30


def test_a_story_may_not_invent_a_figure() -> None:
    with pytest.raises(CivicEtlError, match="have no"):
        load_figures().get(("nong-tien", "", "1999", "budget_revenue", "", "actual"))


def test_every_entry_names_its_site_and_time() -> None:
    for entry in programme():
        assert entry.site in SITES
        assert entry.published.utcoffset() is not None
        assert entry.event <= entry.published.date()


def test_pages_carry_what_the_cms_would(samples: SampleServer, client: httpx.Client) -> None:
    urls = {row["site"]: row["url"] for row in samples.expected_observations()}
    portal = BeautifulSoup(client.get(urls["tuyen-quang"]).text, "lxml")
    assert portal.select_one('meta[name=generator][content^="WordPress"]')
    assert portal.select_one("article.hentry h1.entry-title")
    assert portal.select_one(".entry-content")
    assert portal.select_one("time.entry-date.published[datetime]")
    paper = BeautifulSoup(client.get(urls["dong-thap"]).text, "lxml")
    assert len(paper.find_all("h1")) == 2
    assert paper.select_one("h1.cms-title")
    assert paper.select_one(".article__sapo.cms-desc")
    assert paper.select_one(".article__body.cms-body")
    stamp = paper.select_one("time.time[datetime]")
    assert stamp is not None
    assert str(stamp["datetime"]).endswith("+0700")
