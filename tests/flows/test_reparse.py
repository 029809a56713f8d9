"""A reparse asks no site anything and leaves the warehouse exactly as a fresh run would."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic_etl.archive import Page
from civic_etl.errors import ParseError, SourceError
from civic_etl.parse.article import Article
from civic_etl.pipeline import reading, steps
from civic_etl.pipeline.shards import require_archived
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings


@pytest.fixture(scope="module")
def fetched(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home with one sample site in its archive and nothing loaded."""
    folder = tmp_path_factory.mktemp("fetched")
    server.write_sources(folder / "sources")
    settings = Settings(home=folder, sources_dir=folder / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()
    assert steps.discover_and_fetch("sample-tuyen-quang", settings).ok
    yield settings
    get_settings.cache_clear()


@pytest.fixture
def home(fetched: Settings, tmp_path: Path) -> Settings:
    """A copy of that home, to be loaded."""
    shutil.copytree(fetched.home, tmp_path / "home")
    return fetched.model_copy(update={"home": tmp_path / "home"})


def load(settings: Settings, shards: list[steps.Shard], *, again: bool = False) -> steps.Run:
    """Read shards into the warehouse, as the flows do."""
    run = steps.begin("reparse" if again else "nightly", settings)
    with run.writing():
        readings = (steps.read_shard(shard, settings) for shard in shards)
        if again:
            steps.reload(run, readings)
        else:
            steps.load(run, readings)
    return run


def content(settings: Settings) -> dict[str, list[Any]]:
    """Every row of every raw table but the ledger of loads."""
    with duckdb.connect(str(settings.build_file), read_only=True) as con:
        names = [
            row[0] for row in con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        ]
        kept = [name for name in names if name not in ("load_ledger", "migration")]
        return {name: sorted(con.execute(f"select * from raw.{name}").fetchall(), key=repr) for name in kept}


def fresh(fetched: Settings, folder: Path) -> dict[str, list[Any]]:
    """What a first run over the same archive gives."""
    shutil.copytree(fetched.home, folder / "fresh")
    settings = fetched.model_copy(update={"home": folder / "fresh"})
    load(settings, steps.all_shards(settings))
    return content(settings)


OLD: dict[str, Callable[[Article, int], Article | None]] = {
    "the same": lambda article, n: article,
    "another title": lambda article, n: replace(article, title=article.title + " cũ"),
    "half the text": lambda article, n: replace(article, text=article.text[: len(article.text) // 2]),
    "another day": lambda article, n: replace(article, published=datetime(2001, 1, 1 + n % 28, tzinfo=UTC)),
    "another address": lambda article, n: replace(article, canonical_url=f"{article.canonical_url}?x={n}"),
    "one address for two": lambda article, n: replace(article, canonical_url=f"https://x.example.vn/{n // 2}"),
    "fewer pages": lambda article, n: article if n % 3 else None,
    "a date that cannot be": lambda article, n: replace(article, published=datetime(1901, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("old", OLD)
def test_after_any_other_parser_it_is_as_if_fresh(
    fetched: Settings, home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str
) -> None:
    parse_page, count = reading.parse_page, iter(range(10_000))

    def older(page: Page, **more: Any) -> Article:
        found = OLD[old](parse_page(page, **more), next(count))
        if found is None:
            raise ParseError("the old parser could not read it")
        return replace(found, parser_version="old/0")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "parse_page", older)
        load(home, steps.all_shards(home))
    load(home, steps.all_shards(home), again=True)
    expected, found = fresh(fetched, tmp_path), content(home)
    assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in expected.items()}
    assert found == expected


def test_pages_that_are_articles_no_more_are_taken_out(
    fetched: Settings, home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What today's parser refuses must not stay because yesterday's read it."""
    load(home, steps.all_shards(home))

    def strict(page: Page, **more: Any) -> Article:
        if "post" not in page.url and page.url.endswith("/") and len(page.body) % 2:
            raise ParseError("no article")
        return parse_page(page, **more)

    parse_page = reading.parse_page
    monkeypatch.setattr(reading, "parse_page", strict)
    load(home, steps.all_shards(home), again=True)
    assert content(home) == fresh(fetched, tmp_path)


def test_neither_the_order_of_shards_nor_the_size_of_batches_matters(
    fetched: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worker processes finish when they do, and machines differ in their settings."""
    monkeypatch.setattr("civic_etl.pipeline.shards.PAGES_IN_A_SHARD", 5)
    parts = [steps.read_shard(shard, fetched) for shard in steps.all_shards(fetched)]
    assert len(parts) > 5
    found = []
    for name, size, order in (("a", 200, parts), ("b", 7, parts[::-1]), ("c", 1, parts[::2] + parts[1::2])):
        settings = fetched.model_copy(update={"home": tmp_path / name, "batch_size": size})
        run = steps.begin("reparse", settings)
        with run.writing():
            steps.load(run, order)
        found.append(content(settings))
    assert found[0]["observation"] and found[0] == found[1] == found[2]


def test_reparse_twice_changes_nothing(home: Settings) -> None:
    load(home, steps.all_shards(home))
    before = content(home)
    run = load(home, steps.all_shards(home), again=True)
    assert not run.report.load.changed and content(home) == before


def test_only_changed_parser_reads_what_another_parser_read(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = steps.all_shards(home)
    pages = sum(len(shard.records) for shard in everything)
    assert sum(len(shard.records) for shard in steps.outdated_shards(home)) == pages, "nothing was read yet"
    load(home, everything)
    unread = sum(len(shard.records) for shard in steps.outdated_shards(home))
    assert unread < pages / 2, "only pages that gave no article, which a new parser may read"
    monkeypatch.setattr("civic_etl.pipeline.shards.PARSER_VERSION", "next")
    assert steps.outdated_shards(home) == everything


def test_of_a_source_and_since(home: Settings) -> None:
    assert steps.all_shards(home, ["nowhere"]) == []
    with pytest.raises(SourceError, match="holds nothing"):
        require_archived(home, ["sample-tuyen-quang", "nowhere"])
    assert steps.all_shards(home, since=date(2999, 1, 1)) == []
    assert steps.outdated_shards(home, ["sample-tuyen-quang"], since=date(2000, 1, 1)) == steps.all_shards(home)


def test_other_sources_and_hand_given_documents_stay(home: Settings, tmp_path: Path) -> None:
    text = tmp_path / "bai.txt"
    text.write_text("Tổng kết\n\nNăm 2020, thu ngân sách phường Hưng Thành đạt 8 tỷ 642 triệu đồng.\n", "utf-8")
    from civic_etl.pipeline.reading import Hints

    steps.ingest([str(text)], home, hints=Hints(published=date(2021, 1, 22)), release=False)
    load(home, steps.all_shards(home))
    before = content(home)
    load(home, steps.all_shards(home), again=True)
    assert content(home) == before
