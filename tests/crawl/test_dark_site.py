"""A site that is gone, from the Wayback Machine to figures in the warehouse, month by month."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from civic_etl.crawl import from_archive
from civic_etl.pipeline import steps
from civic_etl.pipeline.backfill import plan_backfill
from civic_etl.settings import Settings, get_settings

from .conftest import Site
from .web_archives import WaybackServer

DESCRIPTION = """\
name: phuonghung.example.gov.vn
title: Cổng thông tin phường Hưng Thành
hosts: [phuonghung.example.gov.vn]
area: phường Hưng Thành, thành phố Tuyên Quang, tỉnh Tuyên Quang
level: ward
periods:
  - until: 2025-07-01
    family: wordpress
"""
NAME = "phuonghung.example.gov.vn"
SPAN = (date(2020, 11, 1), date(2021, 3, 31))


def page(day: str, figure: str) -> bytes:
    """An article in WordPress markup."""
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tin - Phường Hưng Thành</title>
<meta name="generator" content="WordPress 5.8.1"><link rel="stylesheet" href="/wp-content/themes/a/style.css">
<meta property="article:published_time" content="{day}T08:00:00+07:00"></head><body class="single-post"><article>
<h1 class="entry-title">Phường Hưng Thành tổng kết công tác</h1>
<time class="entry-date" datetime="{day}T08:00:00+07:00"></time>
<div class="entry-content">
<p>Sáng ngày {day[8:]}, phường Hưng Thành, thành phố Tuyên Quang tổ chức hội nghị tổng kết.</p>
<p>Năm 2020, thu ngân sách trên địa bàn phường Hưng Thành đạt {figure} tỷ đồng, bằng 105% kế hoạch.</p></div>
</article></body></html>""".encode()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Settings]:
    """A home whose one source is gone."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "x.yaml").write_text(DESCRIPTION, encoding="utf-8")
    get_settings.cache_clear()
    yield Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()


@pytest.fixture
def wayback(site: Site, monkeypatch: pytest.MonkeyPatch) -> WaybackServer:
    """Three articles captured well after they were published, and one captured as an error page."""
    server = WaybackServer(site)
    base = f"https://{NAME}/phuong-hung-thanh-tong-ket"
    server.captures = {
        f"{base}-lan-1/": ("20210601000000", page("2020-12-20", "8,5")),
        f"{base}-lan-2/": ("20210602000000", page("2021-01-15", "9,1")),
        f"{base}-lan-3/": ("20220301000000", page("2021-01-22", "9,3")),
        f"{base}-lan-4/": ("20220302000000", b"<html><title>Error establishing a database connection</title></html>"),
    }
    fast = server.archive
    object.__setattr__(fast, "index_delay_seconds", 0.0)
    object.__setattr__(fast, "page_delay_seconds", 0.0)
    monkeypatch.setattr(from_archive, "web_archives", lambda: {"wayback": fast})
    return server


def test_from_capture_to_figure(home: Settings, wayback: WaybackServer) -> None:
    plan = plan_backfill(NAME, home, *SPAN, "wayback")
    assert plan.listed == 0 and not plan.discovered
    site_itself = steps.discover_and_fetch(NAME, home, since=SPAN[0], until=SPAN[1])
    assert "--via wayback" in (site_itself.error or "")
    report = steps.discover_and_fetch(NAME, home, since=SPAN[0], until=SPAN[1], via="wayback")
    assert (report.found, report.new, report.failed) == (4, 3, 1)
    run = steps.begin("backfill", home)
    with run.writing():
        steps.load(run, (steps.read_shard(shard, home) for shard in steps.pending_shards(home)), [report])
        rows = {row.month: row for row in steps.month_rows(home, NAME, *SPAN)}
    assert [month for month, row in rows.items() if row.is_gap] == ["2020-11", "2021-02", "2021-03"]
    assert (rows["2020-12"].parsed, rows["2021-01"].parsed, rows["2021-01"].with_observations) == (1, 2, 2)
    assert rows["undated"].failed == 1
    with duckdb.connect(str(home.build_file), read_only=True) as con:
        values = con.execute(
            "select obs_value, time_period from raw.observation "
            "where indicator = 'budget_revenue' and measure = 'level' order by obs_value"
        ).fetchall()
        families = con.execute("select distinct family, quality from raw.article").fetchall()
    assert [(int(value), period) for value, period in values] == [
        (8_500_000_000, "2020"),
        (9_100_000_000, "2020"),
        (9_300_000_000, "2020"),
    ]
    assert families == [("wordpress", "family")]
