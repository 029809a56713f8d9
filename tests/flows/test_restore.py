"""The restore of docs/runbook.md: everything but the archive is lost, and the same release comes out of it again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from civic_etl.archive import Archive
from civic_etl.pipeline import steps
from civic_etl.pipeline.doctor import examine
from civic_etl.pipeline.shards import require_archived
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

pytestmark = pytest.mark.slow
RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"
SITE = "sample-tuyen-quang"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A home of its own, with the descriptions of the sample sites outside of it."""
    yield Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()


def publish(settings: Settings, kind: str) -> Path:
    """What the flow of that kind does after fetching: read, load, roll up, check, release."""
    run = steps.begin(kind, settings)
    with run.writing():
        shards = steps.all_shards(settings) if kind == "reparse" else steps.pending_shards(settings)
        readings = (steps.read_shard(shard, settings) for shard in shards)
        (steps.reload if kind == "reparse" else steps.load)(run, readings)
        steps.roll_up(run)
        steps.check(run)
        release = steps.publish(run)
    assert release.fresh
    return release.path


def exports(release: Path) -> dict[str, bytes]:
    """Every published table in the order of its rows, and what is made of them."""
    files = [*(release / "parquet").iterdir(), release / "sdmx" / "figures.csv"]
    return {path.name: path.read_bytes() for path in sorted(files)}


def test_from_the_archive_alone_comes_the_same_release(
    server: SampleServer, settings: Settings, tmp_path: Path
) -> None:
    assert settings.sources_dir is not None
    server.write_sources(settings.sources_dir)
    assert steps.discover_and_fetch(SITE, settings).ok
    before = exports(publish(settings, "nightly"))
    lost = [settings.build_file.parent, settings.releases_dir, settings.state_dir]
    for folder in lost:
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)
    settings.current_release.unlink()
    assert [path.name for path in settings.home.iterdir()] == ["archive"]
    # as from a copy on another disk: files only, and an index that did not come along
    copied = settings.home.with_name("copied")
    shutil.move(settings.archive_dir, copied)
    shutil.copytree(copied, settings.archive_dir, ignore=shutil.ignore_patterns("*.cdxj", ".lock"))

    server.forget_hits()
    assert Archive(settings.archive_dir).rebuild_index(SITE) > 40
    assert Archive(settings.archive_dir).verify().ok
    assert any("civic-etl reparse" in finding.fix for finding in examine(settings))
    require_archived(settings, None)
    release = publish(settings, "reparse")
    assert server.hits == [], "no site is asked anything"
    after = exports(release)
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) > 30 from core.fct_article").fetchone() == (True,)


def test_the_runbook_names_commands_that_there_are() -> None:
    from typer.main import get_command

    from civic_etl.cli.app import app

    group = get_command(app)
    text = RUNBOOK.read_text(encoding="utf-8")
    named = set(re.findall(r"civic-etl((?: [a-z][a-z-]+){1,2})", text))
    assert len(named) > 10
    for words in named:
        first, *rest = words.split()
        command = group.commands[first]  # type: ignore[attr-defined]
        if hasattr(command, "commands") and rest:
            assert rest[0] in command.commands, words
