"""The system's clock jumps in the middle of a night: over midnight and the year's end, back and far ahead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from civic_etl.warehouse import publish

from .conftest import NewHome, Report
from .nights import Home, Night, Nursery, differences, exports
from .site import first_edition, second_edition

ARTICLES = 12
_SOME_PAGES = 6_000
"""Bytes of an archive that is half written."""
Jump = timedelta | datetime


class Clock:
    """The file that moves a night's clock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(timedelta(0))

    def set(self, jump: Jump) -> None:
        """To a moment, or by so much from the right time."""
        moved = jump - datetime.now(UTC) if isinstance(jump, datetime) else jump
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{moved.total_seconds():f}", encoding="ascii")
        fresh.replace(self.path)


# Where the clock stands as the night begins, in the middle of the crawl, before the load ends, and in the next night.
NIGHTS: dict[str, tuple[Jump, Jump, Jump, Jump]] = {
    "over midnight and the year's end in Vietnam, then in UTC": (
        datetime(2026, 12, 31, 16, 59, 50, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 50, tzinfo=UTC),
        datetime(2027, 1, 1, 0, 0, 10, tzinfo=UTC),
        datetime(2027, 1, 1, 20, tzinfo=UTC),
    ),
    "back by a day, then by a year": (timedelta(0), timedelta(days=-1), timedelta(days=-366), timedelta(0)),
    "ahead by a year, then set right": (timedelta(0), timedelta(days=400), timedelta(0), timedelta(0)),
    "a day ahead, back at the load": (timedelta(days=1), timedelta(days=1), timedelta(0), timedelta(days=2)),
}
# The pages that were fetched by a clock that was ahead seem to be later than their edits: see docs/reliability.md.
SEEMS_LATER = "ahead by a year, then set right"
QUICK = ("over midnight and the year's end in Vietnam, then in UTC",)


def night_of(home: Home, nursery: Nursery, clock: Clock, jumps: tuple[Jump, ...]) -> Night:
    """A night over which the clock jumps twice."""
    clock.set(jumps[0])
    night = nursery.night(home, clock=str(clock.path))
    night.until(lambda: sum(path.stat().st_size for path in home.settings.archive_dir.rglob("*.gz")) > _SOME_PAGES)
    clock.set(jumps[1])
    night.until(lambda: " listed" in night.said())
    clock.set(jumps[2])
    return night


@pytest.mark.parametrize("how", [how if how in QUICK else pytest.param(how, marks=pytest.mark.long) for how in NIGHTS])
def test_the_clock_jumps(how: str, nursery: Nursery, new_home: NewHome, tmp_path: Path, report: Report) -> None:
    """Both nights publish what undisturbed ones do, nothing that was fetched is missing, and releases stay in order."""
    calm = new_home()
    home = new_home(calm.site)
    first_edition(calm.site, ARTICLES)
    clock = Clock(tmp_path / "clock")
    versions: list[str] = []
    undisturbed, night = nursery.night(calm), night_of(home, nursery, clock, NIGHTS[how])
    versions.append(release_of(home, night, calm, undisturbed))
    require_same_tables(home, calm)
    second_edition(calm.site, ARTICLES)
    clock.set(NIGHTS[how][3])
    undisturbed, night = nursery.night(calm), nursery.night(home, clock=str(clock.path))
    versions.append(release_of(home, night, calm, undisturbed))
    if how != SEEMS_LATER:
        require_same_tables(home, calm)
    assert publish.versions(home.settings.releases_dir) == versions
    report(f"clock {how}: 2 nights, releases {' and '.join(versions)}")


def release_of(home: Home, night: Night, calm: Home, undisturbed: Night) -> str:
    """Both nights end, with the same pages in their archives; gives the version of the home's release."""
    for ended in (undisturbed, night):
        assert ended.end() == 0, ended.said()
    home.require_whole()
    home.require_clean()
    assert bodies(home) == bodies(calm)
    assert home.current is not None
    return home.current.name


def bodies(home: Home) -> set[tuple[str, str]]:
    """Every body in the archive."""
    return {(page.url, page.digest) for page in home.pages_held()}


def require_same_tables(home: Home, calm: Home) -> None:
    """Row by row."""
    assert home.current is not None and calm.current is not None
    found = differences(exports(home.current), exports(calm.current))
    assert not found, found
