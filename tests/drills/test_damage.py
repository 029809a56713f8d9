"""Files that are flipped, cut, blanked and torn: each is detected and named, or harmless, or made anew.

What only the archive can give back is tried on the archive; of everything else the drill follows the advice that the
error itself gives, and compares the tables that come out of it with those of a home that nothing befell.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from civic_etl.archive import Archive
from civic_etl.archive.cdxj import IndexEntry, read_index
from civic_etl.archive.purge import salvage
from civic_etl.errors import FetchError, WarehouseError
from civic_etl.pipeline.doctor import examine
from civic_etl.pipeline.standing import standing
from civic_etl.warehouse import publish

from .conftest import Report
from .damage import HARMS, cancels_out, harm
from .nights import Exports, Home, Nursery, exports
from .test_kill import require_made

ARTICLES = 12


def harms_of(path: Path, rng: random.Random, seeds: int) -> Iterator[str]:
    """Damage a file in one way after the other, with its own bytes back in between."""
    whole, mode = path.read_bytes(), path.stat().st_mode
    for number in range(seeds):
        how = [*HARMS][number % len(HARMS)]
        if harm(path, how, rng):
            yield how
        path.chmod(0o644)
        path.write_bytes(whole)
        path.chmod(mode)


def told(report: Report, what: str, seed: int, outcomes: Counter[str]) -> None:
    """Say what became of so many damages."""
    parts = ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items()))
    report(f"{what} damaged {outcomes.total()} times, seed {seed}: {parts}")


def test_any_file_of_a_release(sound: Home, rng: random.Random, seeds: int, seed: int, report: Report) -> None:
    assert sound.current is not None
    files = sorted(path for path in sound.current.rglob("*") if path.is_file() and "site" not in path.parts)
    outcomes: Counter[str] = Counter()
    for _ in range(seeds // 4):
        path = rng.choice(files)
        for how in harms_of(path, rng, 4):
            found = publish.damaged_files(sound.current)
            # A damaged list blames others too.
            assert path in found or (found and path.name == publish.SUMS), (path, how, found)
            outcomes["named"] += 1
    told(report, "files of a release", seed, outcomes)
    assert publish.damaged_files(sound.current) == []


@pytest.mark.parametrize("what", ["civic.duckdb", "parquet/core.fct_observation.parquet"])
def test_what_readers_of_a_damaged_release_see(  # noqa: PLR0917 - fixtures
    sound: Home, rng: random.Random, seeds: int, seed: int, report: Report, what: str
) -> None:
    """Read without looking at SHA256SUMS: said by DuckDB, or the rows as they were, or other rows and nothing said.

    Of the last kind none may come from the database, whose blocks have checksums, but where these stay as they were;
    Parquet has none.
    """
    assert sound.current is not None
    path = sound.current / what
    before, whole = rows_of(path), path.read_bytes()
    outcomes: Counter[str] = Counter()
    for how in harms_of(path, rng, seeds):
        try:
            same = rows_of(path) == before
        except (duckdb.Error, UnicodeDecodeError):
            outcomes["said by DuckDB"] += 1
            continue
        outcomes["harmless" if same else "other rows, nothing said"] += 1
        assert same or path.suffix == ".parquet" or cancels_out(whole, path.read_bytes()), how
    told(report, what, seed, outcomes)


def rows_of(path: Path) -> Exports:
    """Every row of a database, or of a Parquet file."""
    if path.suffix == ".duckdb":
        return exports(path.parent)
    with duckdb.connect() as con:
        return {path.name: [str(row) for row in con.execute(f"select * from '{path}'").fetchall()]}


def test_the_archive(sound: Home, rng: random.Random, seeds: int, seed: int, report: Report) -> None:
    """A damaged WARC file is named, or every page is as it was; given up records cost themselves only."""
    archive = Archive(sound.settings.archive_dir)
    (path,) = archive.files(sound.site.name)
    before = {page.url: page.body for page in archive.pages()}
    index = path.with_name("index.cdxj")
    whole_index = index.read_bytes()
    outcomes: Counter[str] = Counter()
    for how in harms_of(path, rng, seeds):
        found = archive.verify()
        if found.ok:
            assert {page.url: page.body for page in archive.pages()} == before, how
            outcomes["harmless"] += 1
            continue
        assert path.name in "".join(problem.path + problem.reason for problem in found.problems), found.problems
        # What `civic-etl archive repair --salvage` does.
        salvage(path)
        archive.writer(sound.site.name).close()
        archive.rebuild_index(sound.site.name)
        left = archive.verify()
        assert left.ok, (how, left.problems)
        after = {page.url: page.body for page in archive.pages()}
        assert after.items() <= before.items(), how
        outcomes["named, the rest read"] += 1
        index.write_bytes(whole_index)
    told(report, "WARC file", seed, outcomes)


def test_the_index_of_the_archive(sound: Home, rng: random.Random, seeds: int, seed: int, report: Report) -> None:
    """It is named or harmless, and `civic-etl archive repair` makes it again, byte for byte."""
    archive = Archive(sound.settings.archive_dir)
    path = archive.root / sound.site.name / "index.cdxj"
    before, wanted = path.read_bytes(), entries(path)
    outcomes: Counter[str] = Counter()
    for how in harms_of(path, rng, seeds):
        named = any(problem.path.endswith(path.name) for problem in archive.verify().problems)
        # The key that sorts a line is for other tools; ours reads what follows it.
        assert named or entries(path) == wanted, how
        archive.rebuild_index(sound.site.name)
        assert path.read_bytes() == before, how
        outcomes["named and made anew" if named else "harmless, made anew"] += 1
    told(report, "index.cdxj", seed, outcomes)


def entries(path: Path) -> list[IndexEntry]:
    """What an index says, in whatever order."""
    return sorted(read_index(path), key=lambda entry: (entry.filename, entry.offset))


def test_the_build_file(sound: Home, rng: random.Random, seeds: int, seed: int, report: Report) -> None:
    """DuckDB says so, or the rows are as they were, or its checksums are."""
    path = sound.settings.build_file
    before, whole = raw_rows(path), path.read_bytes()
    outcomes: Counter[str] = Counter()
    for how in harms_of(path, rng, seeds):
        try:
            same = raw_rows(path) == before
        except duckdb.Error:
            outcomes["said by DuckDB"] += 1
            continue
        outcomes["harmless" if same else "other rows, nothing said"] += 1
        assert same or cancels_out(whole, path.read_bytes()), how
    told(report, "build file", seed, outcomes)


@pytest.mark.long
def test_nights_on_a_damaged_build_file(
    sound: Home, nursery: Nursery, rng: random.Random, seed: int, report: Report
) -> None:
    """A night ends with the same tables, or with an error that names the file and what to do.

    Left out is damage that leaves DuckDB's checksums as they were: nothing could say so.
    """
    settings, expected = sound.settings, exports(current_of(sound))
    whole = settings.build_file.read_bytes()
    outcomes: Counter[str] = Counter()
    for how in harms_of(settings.build_file, rng, 24):
        if cancels_out(whole, settings.build_file.read_bytes()):
            continue
        night = nursery.night(sound, kind="release")
        if night.end() == 0:
            require_made(sound, expected)
            outcomes["harmless"] += 1
        else:
            assert night.end() == 8, (how, night.said())
            assert str(settings.build_file) in night.said(), (how, night.said())
            assert "civic-etl reparse" in night.said(), (how, night.said())
            outcomes["named"] += 1
        settings.build_file.with_name("civic.duckdb.wal").unlink(missing_ok=True)
        settings.build_file.write_bytes(whole)
    told(report, "build file before a night", seed, outcomes)


def raw_rows(path: Path) -> Exports:
    """What the build file holds of documents."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables() where schema_name = 'raw' order by 1").fetchall()
        return {name: sorted(map(str, con.execute(f"from raw.{name}").fetchall())) for (name,) in names}


def test_what_cancels_out_is_known() -> None:
    """Zeros in the place of what repeats an even number of times leave the sum as it was; nothing else here does."""
    rng = random.Random(1)  # noqa: S311 - bytes, not secrets
    noise = rng.randbytes(1024)
    assert cancels_out(noise + b"U" * 512 + noise, noise + bytes(512) + noise)
    assert not cancels_out(noise + b"U" * 504 + b"V" * 8 + noise, noise + bytes(512) + noise)
    assert not cancels_out(noise, noise[:-8] + rng.randbytes(8))
    assert not cancels_out(noise, noise[:-1]) and not cancels_out(noise, noise)


def test_nights_after_damage(sound: Home, nursery: Nursery, rng: random.Random, report: Report) -> None:
    """One home, one night after the other: each error names its file and what to do, and doing it brings all back."""
    settings, expected = sound.settings, exports(current_of(sound))

    # The build file: named, and read from the archive again. What a run keeps for itself or can make again costs
    # nothing meanwhile, nor does a link of the release in force that leads nowhere.
    build = settings.build_file
    build.write_bytes(build.read_bytes()[:100_000])
    night = nursery.night(sound)
    assert night.end() == 8, night.said()
    assert str(build) in night.said() and "civic-etl reparse" in night.said(), night.said()
    shutil.rmtree(build.parent)
    kept = ["last_run.json", "drift.json", "runs.jsonl", "nightly.lock", "warehouse.lock"]
    others = [*settings.state_dir.glob("lanes/*"), *settings.state_dir.glob("reports/*")]
    others += [path for path in settings.state_dir.glob("dbt/target/*") if path.is_file()]
    for path in (*(settings.state_dir / name for name in kept), *others):
        path.write_bytes(rng.randbytes(100))
    assert "last_run.json is damaged" in str(finding_error(sound))
    settings.current_release.unlink()
    settings.current_release.symlink_to("releases/none")
    assert any(found.name == "release" and found.state == "fail" for found in examine(settings))
    night = nursery.night(sound, kind="reparse")
    assert night.end() == 0, night.said()
    assert standing(settings).exit_code in (0, 11)

    # The crawl ledger: named, and the next night begins another; it replaces a damaged release, too.
    ledger = settings.state_dir / "crawl.sqlite"
    for path in settings.state_dir.glob("crawl.sqlite-*"):
        path.unlink()
    ledger.write_bytes(rng.randbytes(40_000))
    with pytest.raises(FetchError, match="move it away"):
        standing(settings)
    night = nursery.night(sound)
    assert night.end() != 0 or "crawl.sqlite" in night.said(), night.said()
    assert str(ledger) in night.said() and "move it away" in night.said(), night.said()
    ledger.unlink()
    version = current_of(sound).name
    harm(current_of(sound) / "civic.duckdb", "tear", rng)
    with pytest.raises(WarehouseError, match="civic-etl release") as caught:
        standing(settings)
    assert caught.value.file == str(current_of(sound) / "civic.duckdb")
    # Of addresses that gave no page the archive, too, knows nothing: the new ledger tells the night.
    night = nursery.night(sound)
    assert night.end() == 0, night.said()
    assert current_of(sound).name != version
    require_made(sound, expected)
    report("a home damaged in 5 places: 2 nights brought the same tables back, two said first what to do")


def current_of(home: Home) -> Path:
    """The release in force."""
    assert home.current is not None
    return home.current


def finding_error(home: Home) -> str | None:
    """What `status` says of the last run."""
    last = standing(home.settings).status.last_run
    return last.error if last else None
