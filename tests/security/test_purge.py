"""From the site to the purge: what is on the list is not asked for, and what was stored of it can be taken out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from civic_etl.archive import Archive
from civic_etl.crawl import crawl_source
from civic_etl.errors import CivicEtlError
from civic_etl.pipeline.purging import plan_purge, purge_archive
from civic_etl.pipeline.shards import all_shards
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

RIENG, CHUNG = "/rieng-post1.html", "/chung-post2.html"


@pytest.fixture
def listed(site: Site, settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a list that has one page of the site."""
    site.article(RIENG, "Chuyện riêng")
    site.article(CHUNG, "Chuyện chung")
    site.sitemap({RIENG: "2026-03-02", CHUNG: "2026-03-01"})
    path = tmp_path / "removals.yaml"
    entry = f"- url: {site.base}{RIENG}\n  reason: x\n  date: 2026-03-02\n"
    entry += "- person: Lê Thị Tư\n  reason: x\n  date: 2026-03-02\n"
    path.write_text(entry, encoding="utf-8")
    return settings.model_copy(update={"removals": path})


Describe = Callable[..., Source]


def test_a_listed_page_is_never_asked_for(site: Site, listed: Settings, describe: Describe) -> None:
    site.pages["/le-thi-tu-post3.html"] = b"<p>x"
    site.pages["/qua-post4.html"] = (302, {"Location": RIENG}, b"")
    dates = dict.fromkeys((RIENG, CHUNG, "/le-thi-tu-post3.html", "/qua-post4.html"))
    site.sitemap(dates)
    report = crawl_source(describe(site), listed, clock=FakeClock())
    assert RIENG not in site.paths() and "/le-thi-tu-post3.html" not in site.paths() and CHUNG in site.paths()
    assert {item.reason for item in report.outcomes if item.outcome == "skipped"} == {"on the removal list"}


def test_what_was_stored_is_not_read_and_goes_when_asked(
    site: Site, settings: Settings, listed: Settings, describe: Describe
) -> None:
    source = describe(site)
    assert crawl_source(source, settings, clock=FakeClock()).new == 2
    archive = Archive(listed.archive_dir)
    assert sum(len(shard.records) for shard in all_shards(settings)) == 2
    assert sum(len(shard.records) for shard in all_shards(listed)) == 1
    (plan,) = plan_purge(listed)
    assert (plan.source, plan.records, plan.urls) == ("site", 1, (site.base + RIENG,))
    assert len(list(archive.pages())) == 2, "a plan takes nothing out"
    assert purge_archive(listed) == [plan]
    assert [page.url for page in archive.pages()] == [site.base + CHUNG] and archive.verify().ok
    assert purge_archive(listed) == []
    site.forget()
    assert crawl_source(source, listed, clock=FakeClock()).new == 0 and RIENG not in site.paths()
    # withdrawn, it is as if it had never been met
    assert crawl_source(source, settings, clock=FakeClock()).new == 1 and RIENG in site.sent_bodies


def test_without_a_list_nothing_goes(settings: Settings) -> None:
    assert plan_purge(settings) == []
    with pytest.raises(CivicEtlError):
        plan_purge(settings.model_copy(update={"removals": Path("nowhere.yaml")}))
