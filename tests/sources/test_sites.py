"""What the package describes: enough sites, over enough provinces, and nothing that contradicts itself."""

from collections import Counter
from datetime import date

import pytest

from civic_etl.gazetteer import Gazetteer
from civic_etl.sources import FAMILIES, Source, detect, get_family, load_sources
from civic_etl.sources.load import SITES

SOURCES = load_sources()


def test_forty_hosts_over_thirty_provinces() -> None:
    provinces = {source.area.rpartition(", ")[2].lower() for source in SOURCES.values() if source.area}
    assert len(SOURCES) >= 40 and len(provinces) >= 30


def test_every_family_is_described_twice() -> None:
    hosts = Counter(family for s in SOURCES.values() for family in {period.family for period in s.periods})
    assert {name: hosts[name] for name in FAMILIES if hosts[name] < 2} == {}


def test_files_are_named_for_what_they_describe() -> None:
    assert {path.stem for path in SITES.glob("*.yaml")} == set(SOURCES)


def test_no_host_belongs_to_two_sources() -> None:
    hosts = Counter(host for source in SOURCES.values() for host in source.hosts)
    assert [host for host, count in hosts.items() if count > 1] == []


@pytest.mark.parametrize("source", SOURCES.values(), ids=str)
def test_description_says_how_it_is_known(source: Source) -> None:
    assert source.basis and not source.local
    assert source.politeness.min_delay_seconds is None or source.politeness.min_delay_seconds >= 1


@pytest.mark.parametrize("name", ["backancity.gov.vn", "bachthong.gov.vn", "congthuongbackan.gov.vn"])
def test_bac_kan_is_wordpress_and_dark_since_the_merger(name: str) -> None:
    source = SOURCES[name]
    last = source.period_on(date(2025, 6, 30))
    assert last is not None and last.family == "wordpress"
    assert source.period_on(date(2025, 7, 1)) is None


def test_papers_that_changed_their_system() -> None:
    changed = [source.name for source in SOURCES.values() if len(source.periods) > 1]
    assert {"baodanang.vn", "baonghean.vn", "baocaobang.vn"} <= set(changed)


def test_areas_are_places_that_the_gazetteer_knows() -> None:
    """The area is what undated place names of the site are read against; a typing error there is silent."""
    gazetteer = Gazetteer.load()
    unknown = []
    for source in SOURCES.values():
        days = [period.from_ or date(2025, 6, 30) for period in source.periods] + [date(2026, 1, 1)]
        if source.area and not any(gazetteer.by_full_name(source.area, day) for day in days):
            unknown.append(source.name)
    assert unknown == ["cualo.vn", "tanchinh.danang.gov.vn"], "merged before the shipped table begins, on 2025-06-30"


@pytest.mark.parametrize("name", FAMILIES)
def test_the_start_page_of_each_site_is_no_article(name: str) -> None:
    family = get_family(name)
    homes = [s.home_url for s in SOURCES.values() if name in {period.family for period in s.periods}]
    assert [home for home in homes if family.is_article(home)] == []
    assert [home for home in homes if detect(home) not in FAMILIES] == []
