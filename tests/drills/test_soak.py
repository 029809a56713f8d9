"""Thirty nights in a row in one home: memory, archive, releases and tables are what they were promised to be.

`make soak NIGHTS=30` runs it (`time-machine` moves the clock). One process runs the flow of every night, which is
harder on memory than `civic-etl serve-schedule` is: that gives each night a process of its own.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from civic_etl.archive import Archive
from civic_etl.pipeline import steps
from civic_etl.pipeline.standing import standing
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings
from civic_etl.warehouse import publish

from .conftest import NewSite, Report
from .nights import Exports, differences, exports
from .weather import Sites

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(find_spec("time_machine") is None, reason="needs time-machine: make soak"),
]
FIRST = datetime(2026, 3, 2, 19, tzinfo=UTC)
KEEP_RELEASES = 5
# The sample sites' editor corrects a figure in this night.
SECOND_EDITION = 13
# What memory may grow by over the second half of the nights, in which every cache is warm.
GROWTH_MB = 40


@dataclass
class Soak:
    """A home, its sites and what each night cost."""

    root: Path
    sites: Sites
    samples: SampleServer
    process: "subprocess.Popen[str]"
    nights: list[dict[str, Any]] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """Settings of the home, as the nights have them."""
        return Settings(
            home=self.root / "home", sources_dir=self.root / "sources", keep_releases=KEEP_RELEASES, _env_file=None
        )

    def moment(self, night: int) -> datetime:
        """When a night begins."""
        return FIRST + timedelta(days=night)

    def names(self) -> list[str]:
        """Every source."""
        return [*(site.name for site in self.sites.all), *(source["name"] for source in self.samples.sources)]

    def run(self, night: int) -> dict[str, Any]:
        """Run a night and give what it cost."""
        self.sites.set(night)
        self.samples.edition = 2 if night >= SECOND_EDITION else 1
        job = {
            "home": str(self.root / "home"),
            "sources_dir": str(self.root / "sources"),
            "sources": self.names(),
            "by": "flow",
            "kind": "nightly",
            "moment": self.moment(night).isoformat(),
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        cost = json.loads(self.process.stdout.readline())
        return {**cost, "archive_kb": size_of(self.settings.archive_dir) // 1024, "pages": self.pages()}

    def pages(self) -> int:
        """How many article bodies the archive of the changing sites holds."""
        return sum(1 for site in self.sites.all for _ in Archive(self.settings.archive_dir).pages(site.name))

    def log(self) -> str:
        """What the nights said."""
        return (self.root / "nights.log").read_text(encoding="utf-8", errors="replace")


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def soak(tmp_path: Path, new_site: NewSite, prefect_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Soak]:
    """Everything begun, no night run yet; temporary files of the nights go to a folder of their own."""
    (tmp_path / "tmp").mkdir()
    sites = Sites(new_site)
    sites.set(0)
    for site in sites.all:
        site.describe(tmp_path / "sources")
    with SampleServer() as samples:
        for source in samples.sources:
            (tmp_path / "sources" / f"{source['name']}.yaml").write_text(
                yaml.safe_dump(source, allow_unicode=True), encoding="utf-8"
            )
        monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("PYTEST_CURRENT_TEST")
        script = Path(__file__).with_name("long_lived.py")
        command = [sys.executable, str(script), prefect_server, str(tmp_path / "nights.log")]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield Soak(tmp_path, sites, samples, process)
        finally:
            process.kill()
            process.wait()


def test_nights_in_a_row(soak: Soak, pytestconfig: pytest.Config, report: Report) -> None:
    count = int(pytestconfig.getoption("nights", 30))
    before = 0
    for night in range(count):
        cost = soak.run(night)
        soak.nights.append(cost)
        assert cost["code"] == 0, soak.log()[-4000:]
        require_tidy(soak)
        require_told(soak, night)
        assert cost["pages"] - before == soak.sites.new_bodies(), f"night {night}: the archive grew by something else"
        before = cost["pages"]
        report(line_of(night, cost, soak))
    bad = sum(soak.sites.is_bad(night) for night in range(count))
    fresh = built_anew(soak)
    current = publish.current_release(soak.settings.current_release)
    assert current is not None
    drift = differences(of_the_archive(exports(current)), of_the_archive(fresh))
    assert not drift, drift
    require_flat(soak.nights)
    report(
        f"{count} nights, {bad} of them with a broken site: {sum(len(lines) - 1 for lines in fresh.values())} rows of "
        f"{len(fresh)} tables are those of a fresh build; {peak_line(soak.nights)}"
    )


def require_tidy(soak: Soak) -> None:
    """Whole releases, as many as are to be kept, and nothing half-made anywhere."""
    settings = soak.settings
    current = publish.current_release(settings.current_release)
    assert current is not None
    publish.verify(current)
    releases = [path.name for path in settings.releases_dir.iterdir()]
    assert len(releases) <= KEEP_RELEASES
    assert not [name for name in releases if name.startswith(".")], releases
    assert not list(settings.home.glob(".current-*"))
    assert not list(settings.archive_dir.rglob("*.new"))
    assert not list((soak.root / "tmp").iterdir()), "temporary files stay"
    assert Archive(settings.archive_dir).verify().ok


def require_told(soak: Soak, night: int) -> None:
    """`civic-etl status` names the broken site in its bad nights, and in no other."""
    found = standing(soak.settings, now=soak.moment(night) + timedelta(hours=2))
    failing = [item.name for item in found.failing if item.what == "source"]
    assert failing == ([soak.sites.breaks.name] if soak.sites.is_bad(night) else []), (night, found.failing)
    assert found.exit_code == (11 if failing else 0), (night, found.as_dict())


# The page ledger's words for addresses that the archive holds no page of.
_NO_PAGE = frozenset({"moved", "gone", "refused", "fetch_failed"})
_COUNTS_OF_PAGES = ("n_pages", "n_failed_pages", "n_gone_pages")


def of_the_archive(found: Exports) -> Exports:
    """Without the addresses that gave no page, and without the counts of them: a fresh build cannot know of them."""
    pages, health = "core.fct_page", "mart.source_health"
    at = found[pages][0].split(", ").index("outcome")
    head, *rows = found[health]
    counts = [head.split(", ").index(name) for name in _COUNTS_OF_PAGES]
    cells = [row.split(" | ") for row in rows]
    return found | {
        pages: [line for line in found[pages] if line.split(" | ")[at : at + 1] not in ([word] for word in _NO_PAGE)],
        health: [head, *(" | ".join(cell for n, cell in enumerate(row) if n not in counts) for row in cells)],
    }


def built_anew(soak: Soak) -> Exports:
    """What a home that has nothing but the archive publishes, by the steps of `civic-etl reparse`."""
    settings = Settings(home=soak.root / "anew", sources_dir=soak.root / "sources", jitter_seconds=0, _env_file=None)
    shutil.copytree(soak.settings.archive_dir, settings.archive_dir)
    run = steps.begin("reparse", settings)
    with run.writing():
        steps.reload(run, (steps.read_shard(shard, settings) for shard in steps.all_shards(settings)))
        steps.roll_up(run)
        steps.check(run)
        release = steps.publish(run)
    return exports(release.path)


def require_flat(nights: list[dict[str, Any]]) -> None:
    """The peak of the last nights is about that of those in the middle."""
    half = len(nights) // 2
    if half >= 5:
        middle, end = (max(night["peak_mb"] for night in part) for part in (nights[half - 3 : half + 2], nights[-5:]))
        assert end - middle <= GROWTH_MB, [night["peak_mb"] for night in nights]


def peak_line(nights: list[dict[str, Any]]) -> str:
    """Memory at the beginning, in the middle and at the end."""
    chosen = (nights[0], nights[len(nights) // 2], nights[-1])
    return "peak memory " + ", ".join(f"{night['peak_mb']} MB" for night in chosen) + " (first, middle, last night)"


def line_of(night: int, cost: dict[str, Any], soak: Soak) -> str:
    """A night in a line."""
    releases = len(list(soak.settings.releases_dir.iterdir()))
    return (
        f"night {night + 1}: {cost['seconds']} s, peak {cost['peak_mb']} MB, after {cost['after_mb']} MB, archive "
        f"{cost['archive_kb']} kB with {cost['pages']} changing pages, {releases} releases"
    )
