"""The files of `state/` flipped, cut, blanked and torn: what is damaged is named or made anew, and not believed."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from civic_etl.crawl.ledger import Ledger
from civic_etl.errors import FetchError
from civic_etl.pipeline.alarms import Alarm, keep_alarms, standing_alarms
from civic_etl.pipeline.journal import read_journal
from civic_etl.pipeline.standing import standing
from civic_etl.warehouse.status import LastRun, read_record

from .conftest import NewHome, Report
from .damage import HARMS, harm
from .nights import Home, Nursery
from .test_damage import harms_of, told
from .test_kill import Start, await_stage, copy_of, require_made

LEDGER = "crawl.sqlite"


def ledger_rows(path: Path) -> list[str]:
    """All that a ledger says of addresses. Raises FetchError where it is damaged."""
    with Ledger(path) as ledger:
        return [str(row) for row in ledger.rows("dien-tap")]


def test_the_crawl_ledger(  # noqa: PLR0917 - fixtures
    sound: Home, rng: random.Random, seeds: int, seed: int, report: Report, tmp_path: Path
) -> None:
    """As a night left it: every damage is named, with what to do, by the next night and by `status`."""
    ledger = sound.settings.state_dir / LEDGER
    whole, kept = ledger.read_bytes(), ledger.with_name(f"{LEDGER}.seal").read_bytes()
    outcomes: Counter[str] = Counter()
    for how in harms_of(ledger, rng, seeds):
        for number, look in enumerate((lambda: standing(sound.settings), lambda: ledger_rows(ledger))):
            with pytest.raises(FetchError, match="move it away") as caught:
                look()
            assert caught.value.file == str(ledger), how
            outcomes["named by the night" if number else "named by status"] += 1
    # moved away, as the error says: the seal that stays behind is none of the new one
    ledger.rename(tmp_path / LEDGER)
    assert ledger_rows(ledger) == []
    ledger.unlink()
    for path in ledger.parent.glob(f"{LEDGER}-*"):
        path.unlink()
    # a damaged seal is no seal
    ledger.write_bytes(whole)
    seal = ledger.with_name(f"{LEDGER}.seal")
    for how in [*HARMS] * (seeds // 4):
        seal.write_bytes(kept)
        harm(seal, how, rng)
        assert len(ledger_rows(ledger)) > 0
        outcomes["seals damaged, the ledger read"] += 1
    told(report, "crawl ledger", seed, outcomes)


SMALL_FILES: dict[str, Callable[[Home], object]] = {
    "last_run.json": lambda home: read_record(home.settings.state_dir / "last_run.json"),
    "drift.json": lambda home: standing_alarms(home.settings),
    "runs.jsonl": lambda home: read_journal(home.settings),
}


@pytest.mark.parametrize("name", SMALL_FILES)
def test_small_files(  # noqa: PLR0917 - fixtures
    sound: Home,
    rng: random.Random,
    seeds: int,
    seed: int,
    report: Report,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """What is read of them is what was written, or nothing, and where it is wanted something is said."""
    keep_alarms(sound.settings, [Alarm("dien-tap", "quiet", "nothing new since 3 March")])
    path, read = sound.settings.state_dir / name, SMALL_FILES[name]
    before = read(sound)
    assert before
    outcomes: Counter[str] = Counter()
    for how in harms_of(path, rng, seeds):
        caplog.clear()
        after = read(sound)
        if after == before:
            outcomes["harmless"] += 1
            continue
        is_said = isinstance(after, LastRun) and f"{path} is damaged" in after.error
        is_said |= after == [] and (name == "runs.jsonl" or str(path) in caplog.text)
        assert is_said, (how, after)
        outcomes["passed over" if name == "runs.jsonl" else "named"] += 1
    told(report, name, seed, outcomes)


@pytest.mark.long
def test_nights_on_a_damaged_ledger(  # noqa: PLR0917 - fixtures
    start: Start, nursery: Nursery, new_home: NewHome, rng: random.Random, seed: int, report: Report
) -> None:
    """A night is killed in its crawl, so that SQLite's log lies beside the ledger; one of the two is damaged then.

    The next night has the same tables, or says what to do, and the one after that was done has them.
    """
    outcomes: Counter[str] = Counter()
    for number in range(24):
        home = copy_of(start, new_home)
        night = nursery.night(home)
        await_stage(night, "crawl", home, start, rng)
        night.kill()
        ledger = home.settings.state_dir / LEDGER
        log = ledger.with_name(f"{LEDGER}-wal")
        victim = log if number % 2 and log.exists() and log.stat().st_size else ledger
        how = [*HARMS][number // 2 % len(HARMS)]
        harm(victim, how, rng)
        again = nursery.night(home)
        if code := again.end():
            assert str(ledger) in again.said() and "move it away" in again.said(), (how, victim, code, again.said())
            assert "unexpected error" not in again.said(), again.said()
            for path in ledger.parent.glob(f"{LEDGER}*"):
                path.unlink()
            again = nursery.night(home)
            assert again.end() == 0, again.said()
        require_made(home, start.expected)
        outcomes[f"{victim.name.removeprefix('crawl.')} {'named' if code else 'harmless'}"] += 1
        shutil.rmtree(home.root)
    told(report, "ledger of a killed night, or its log,", seed, outcomes)
