"""`kill -9` at random moments: the next night finishes by itself and publishes what an undisturbed one would have."""

import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import NewHome, Report
from .nights import Exports, Home, Night, Nursery, differences, exports
from .site import NightSite, first_edition, second_edition

ARTICLES = 12
STAGES = ("crawl", "archive", "load", "roll up", "release", "switch")
# what a night says right before it comes to a stage
BEGINS_BEHIND = {"load": " listed", "roll up": " load:", "release": " check:"}
# At most so many nights of one home are killed before one is left alone.
_IN_A_ROW = 4


@dataclass(frozen=True)
class Start:
    """What nights begin with: a home to copy (None: an empty one), their site, and what an undisturbed night made."""

    site: NightSite
    home: Path | None
    expected: Exports
    requests: int
    seconds: dict[str, float]


# How soon after a stage begins the quick drill kills, at most.
SHORTLY = Start(NightSite("-"), None, {}, 1, {"load": 0.4, "roll up": 4.0, "release": 1.5})


def stage_seconds(night: Night) -> dict[str, float]:
    """How long each stage of an undisturbed night took, by its own lines."""
    said: dict[str, float] = {}
    for line in night.said().splitlines():
        for word in (" listed", " load:", " roll up:", " check:", " release:"):
            if word in line and line.startswith("["):
                said[word] = float(line[1:9].rstrip(" s"))
    return {
        "load": said[" load:"] - said[" listed"],
        "roll up": said[" roll up:"] - said[" load:"],
        "release": said[" release:"] - said[" check:"],
    }


def await_stage(night: Night, stage: str, home: Home, start: Start, rng: random.Random) -> float:
    """Wait until a night is somewhere in a stage; gives how long to wait yet."""
    site, settings = home.site, home.settings
    if stage == "crawl":
        wanted = site.hits + rng.randint(1, start.requests)
        night.until(lambda: site.hits >= wanted or " listed" in night.said(), poll=0.001)
        return rng.uniform(0, 0.02)
    if stage == "archive":
        folder = settings.archive_dir / site.name
        size = sum(path.stat().st_size for path in folder.glob("*.gz")) + rng.randint(1, 12_000)
        night.until(
            lambda: sum(p.stat().st_size for p in folder.glob("*.gz")) >= size or " listed" in night.said(), poll=0.0005
        )
        return 0.0
    if stage == "switch":
        sealed = lambda: any(settings.releases_dir.glob(".building-*/SHA256SUMS"))  # noqa: E731 - said twice
        night.until(sealed, poll=0.0005)
        return rng.uniform(0, 0.02)
    sign = BEGINS_BEHIND[stage]
    night.until(lambda: sign in night.said())
    return rng.uniform(0, start.seconds[stage])


def kill_in(home: Home, nursery: Nursery, rng: random.Random, stages: list[str], start: Start) -> Counter[str]:
    """Kill a night in each of the stages, one after the other."""
    done: Counter[str] = Counter()
    for stage in stages:
        night = nursery.night(home)
        time.sleep(await_stage(night, stage, home, start, rng))
        done[stage if night.kill() else "too late"] += 1
        home.require_whole()
    return done


def drill(home: Home, start: Start, nursery: Nursery, rng: random.Random, stages: list[str]) -> Counter[str]:
    """Kill a night in each of the stages, and let one more run to its end."""
    done = kill_in(home, nursery, rng, stages, start)
    require_recovered(home, nursery.night(home), start.expected, len(stages))
    return done


def require_made(home: Home, expected: Exports) -> None:
    """A home is whole and clean, and its release has the tables that an undisturbed night made."""
    home.require_whole()
    home.require_clean()
    assert home.current is not None
    found = differences(exports(home.current), expected)
    assert not found, found


def require_recovered(home: Home, night: Night, expected: Exports, killed: int) -> None:
    """A night after `killed` ones ends by itself, with what an undisturbed one published."""
    assert night.end() == 0, night.said()
    assert "waiting:" not in night.said(), "something that was killed still held the warehouse"
    require_made(home, expected)
    held = home.pages_held()
    twice = len(held) - len({(page.url, page.digest) for page in held})
    assert twice <= killed, "a kill costs at most the page that was under way"


def start_from(nursery: Nursery, home: Home, copy: Path | None) -> Start:
    """Let a night of this home run undisturbed."""
    before = home.site.hits
    night = nursery.night(home)
    assert night.end() == 0, night.said()
    assert home.current is not None
    return Start(home.site, copy, exports(home.current), home.site.hits - before, stage_seconds(night))


def copy_of(start: Start, new_home: NewHome) -> Home:
    """A home to disturb: that of a start, before the night it was made for."""
    assert start.home is not None
    home = new_home(start.site)
    shutil.copytree(start.home, home.settings.home, symlinks=True)
    return home


def second_nights(nursery: Nursery, base: Home, folder: Path) -> Start:
    """Nights that find a release, a ledger and an archive, and a site that has changed."""
    first_edition(base.site, ARTICLES)
    assert nursery.night(base).end() == 0
    shutil.copytree(base.settings.home, folder, symlinks=True)
    second_edition(base.site, ARTICLES)
    return start_from(nursery, base, folder)


@pytest.mark.long
def test_kill_nine(  # noqa: PLR0917 - fixtures
    nursery: Nursery, new_home: NewHome, kills: int, seed: int, report: Report, tmp_path: Path
) -> None:
    rng, began = random.Random(seed), time.monotonic()  # noqa: S311 - moments, not secrets
    first = new_home()
    first_edition(first.site, ARTICLES)
    starts = [start_from(nursery, first, None), second_nights(nursery, new_home(), tmp_path / "base")]
    done: Counter[str] = Counter()
    nights = 0
    plan: list[str] = []
    while done.total() - done["too late"] < kills:
        plan = plan or [stage for _ in range(_IN_A_ROW) for stage in rng.sample(STAGES, len(STAGES))]
        many = rng.randint(1, _IN_A_ROW)
        stages, plan = plan[:many], plan[many:]
        start = rng.choice(starts)
        home = new_home(start.site)
        if start.home is not None:
            shutil.copytree(start.home, home.settings.home, symlinks=True)
        done += drill(home, start, nursery, rng, stages)
        nights += 1
        shutil.rmtree(home.root)
        note(report, f"so far, seed {seed}", done, nights, began)
    note(report, f"seed {seed}, by {nursery.by}", done, nights, began)


def test_three_kills(untouched: Home, nursery: Nursery, new_home: NewHome, seed: int, report: Report) -> None:
    """Three in an empty home."""
    rng, began = random.Random(seed), time.monotonic()  # noqa: S311 - as above
    home = new_home(untouched.site)
    done = kill_in(home, nursery, rng, ["archive", "load", "release"], SHORTLY)
    assert untouched.current is not None
    require_recovered(home, nursery.night(home), exports(untouched.current), 3)
    note(report, f"seed {seed}, by {nursery.by}", done, 1, began)


def note(report: Report, how: str, done: Counter[str], nights: int, began: float) -> None:
    """Say how many were killed where."""
    where = ", ".join(f"{count} in {stage}" for stage, count in sorted(done.items()) if stage != "too late")
    report(
        f"{done.total() - done['too late']} nights killed by signal 9 ({where}; {how}); {nights} nights after them "
        f"published what an undisturbed night does; {time.monotonic() - began:.0f} s"
    )
