"""The disk is full at archive, load, checkpoint or release: a clear error, the release in force stays, and the next
night that has space again makes up for it."""

import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from .conftest import NewHome, Report
from .disks import MEGABYTE, leave_room, make_room, small_disk
from .nights import Exports, Home, Night, Nursery
from .site import first_edition
from .test_damage import raw_rows
from .test_kill import BEGINS_BEHIND, Start, require_made

ARTICLES = 12
_STAGES = {" release:": "after release", " check:": "release", " load:": "roll up", " listed": "load"}
_CLEAR = re.compile(
    r"no space left|disk is full|disk i/o error|disk full|file too large|could not (allocate|write)", re.IGNORECASE
)


def stage_of(night: Night) -> str:
    """Where a night was when it ended."""
    if "ERROR:" in night.said():
        return "archive"
    return next((stage for sign, stage in _STAGES.items() if sign in night.said()), "archive")


def has_begun(stage: str, night: Night, home: Home, archived: int) -> bool:
    """Whether a night is at a stage: at the archive with its first new byte behind the `archived` ones, before a
    checkpoint when DuckDB's log holds what is not in the build file yet."""
    if stage == "archive":
        return bytes_archived(home) > archived
    if stage == "checkpoint":
        log = log_of(home)
        return log.exists() and log.stat().st_size > 0
    return BEGINS_BEHIND[stage] in night.said()


def bytes_archived(home: Home) -> int:
    """The length of all WARC files."""
    return sum(path.stat().st_size for path in home.settings.archive_dir.rglob("*.gz"))


def log_of(home: Home) -> Path:
    """DuckDB's log beside the build file."""
    return home.settings.build_file.with_name(home.settings.build_file.name + ".wal")


def checkpoint_failed(home: Home) -> bool:
    """Whether what the load committed is in DuckDB's log alone: the checkpoint that ends a load found no space.

    DuckDB says nothing of it, since nothing is lost; whoever opens the file next reads the log.
    """
    if not log_of(home).exists():
        return False
    look = home.root / "look"
    look.mkdir()
    for path in (home.settings.build_file, log_of(home)):
        shutil.copy(path, look / path.name)
    both = raw_rows(look / home.settings.build_file.name)
    (look / log_of(home).name).unlink(missing_ok=True)
    shutil.copy(home.settings.build_file, look / "alone.duckdb")
    alone = raw_rows(look / "alone.duckdb")
    shutil.rmtree(look)
    return both != alone


def require_clear_error(night: Night) -> str:
    """It ended with one of our exit codes and a line that says what is missing; gives the stage."""
    code, said = night.end(), night.said()
    assert code in (1, 4, 5, 8, 11), (code, said)
    assert "unexpected error" not in said, said
    told = [line for line in said.splitlines() if _CLEAR.search(line) and "rror" in line]
    assert told, said
    return stage_of(night)


def require_made_up(home: Home, nursery: Nursery, expected: Exports, told: object) -> None:
    """With space again, the next night publishes what an undisturbed one does."""
    again = nursery.night(home)
    assert again.end() == 0, (told, again.said())
    require_made(home, expected)


def full_from(stage: str, spare: int, home: Home, nursery: Nursery, start: Start) -> str:
    """A second night whose disk is full, but for `spare` bytes, from a stage on; gives the stage that failed."""
    assert start.home is not None
    shutil.copytree(start.home, home.settings.home, symlinks=True, dirs_exist_ok=True)
    release, archived = home.current, bytes_archived(home)
    night = nursery.night(home)
    if not night.until(lambda: has_begun(stage, night, home, archived), poll=0.0005):
        return "not met"
    leave_room(home.settings.home, spare)
    if night.end() == 0:
        return "enough"
    failed = require_clear_error(night)
    # The load says that it is done before the next one that writes says what is wrong.
    if failed == "roll up" and checkpoint_failed(home):
        failed = "checkpoint"
    assert home.current == release
    home.require_whole()
    make_room(home.settings.home)
    require_made_up(home, nursery, start.expected, (stage, spare))
    return failed


def on_small_disk(home: Home, nursery: Nursery, size: int, expected: Exports, before: Path | None) -> str:
    """One night on a disk of `size` bytes, and the next with space; gives the stage that failed, or "enough"."""
    with small_disk(home.settings.home, size) as mounted:
        if before is not None:
            shutil.copytree(before, home.settings.home, symlinks=True, dirs_exist_ok=True)
        release = home.current
        night = nursery.night(home, **({} if mounted else {"file_limit": size}))
        if night.end() == 0:
            return "enough"
        stage = require_clear_error(night)
        assert home.current == release
        home.require_whole()
        if mounted:
            make_room(home.settings.home)
        require_made_up(home, nursery, expected, (stage, size))
    return stage


def full_in(
    stages: Iterable[str], spares: Iterable[int], start: Start, new_home: NewHome, nursery: Nursery
) -> Counter[str]:
    """Second nights whose disk is full from each stage on, with each of `spares` bytes left; counts how they went."""
    done: Counter[str] = Counter()
    for stage, spare in product(stages, spares):
        home = new_home(start.site)
        with small_disk(home.settings.home, 1 << 30) as mounted:
            if not mounted:
                pytest.skip("no tmpfs may be mounted here, and a limit on files cannot come in the middle of a night")
            done[f"{stage}: {full_from(stage, spare, home, nursery, start)}"] += 1
    return done


def test_disk_full_from_the_load_on(nursery: Nursery, start: Start, new_home: NewHome, report: Report) -> None:
    """No space but for a page from the moment on when the crawl is over."""
    done = full_in(["load"], [4096], start, new_home, nursery)
    report(f"{done.total()} night on a disk that filled at the load")
    assert done == {"load: load": 1}


@pytest.mark.long
def test_disk_full_from_a_stage_on(nursery: Nursery, start: Start, new_home: NewHome, report: Report) -> None:
    """From the beginning of each stage on, with no space to a few megabytes."""
    began = time.monotonic()
    spares = [0, 1 << 14, 1 << 16, 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22]
    done = full_in(["archive", "load", "checkpoint", "roll up", "release"], spares, start, new_home, nursery)
    where = ", ".join(f"{count} {how}" for how, count in sorted(done.items()))
    report(
        f"{done.total()} nights whose disk filled at a stage (stage: where they ended; {where}); "
        f"{time.monotonic() - began:.0f} s"
    )
    # A fault was met in every one of them.
    assert {how.partition(": ")[2] for how in done} >= {"archive", "load", "checkpoint", "roll up", "release"}


@pytest.mark.long
def test_disk_full_anywhere(nursery: Nursery, start: Start, new_home: NewHome, report: Report) -> None:
    """A second night, on disks from hardly larger than the first one's home to almost large enough."""
    began, done = time.monotonic(), Counter[str]()
    before = start.home
    assert before is not None
    used = sum(path.lstat().st_size for path in before.rglob("*"))
    for step in (0.06, 0.1, 0.2, 0.5, 1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64):
        home = new_home(start.site)
        # A tmpfs counts whole pages, some 4 KB a file more than its length.
        pages = 4096 * sum(1 for _ in before.rglob("*"))
        size = used + pages // 2 + int(step * MEGABYTE)
        done[on_small_disk(home, nursery, size, start.expected, before)] += 1
    where = ", ".join(f"{count} at {stage}" for stage, count in done.items() if stage != "enough")
    report(f"{done.total() - done['enough']} nights on a full disk ({where}); {time.monotonic() - began:.0f} s")
    # What a load of few pages writes is less than the steps between the sizes: it may be met or not.
    assert done.keys() >= {"archive", "roll up", "release"}


def test_disk_full_at_first(nursery: Nursery, new_home: NewHome, report: Report) -> None:
    """A first night with space for nothing, for a part of the archive, for a part of the build file."""
    done: Counter[str] = Counter()
    for size in (64 * 1024, 200 * 1024, 2 * MEGABYTE):
        home = new_home()
        first_edition(home.site, ARTICLES)
        with small_disk(home.settings.home, size) as mounted:
            night = nursery.night(home, **({} if mounted else {"file_limit": size // 8}))
            done[require_clear_error(night)] += 1
            assert home.current is None
    report(f"{done.total()} nights on a full disk ({', '.join(f'{count} at {name}' for name, count in done.items())})")
