"""The steps alone, without Prefect: what a stopped run left is found, order does not matter, one writer at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from civic_etl.errors import LockedError, SourceError
from civic_etl.pipeline import pool, steps
from civic_etl.pipeline.progress import listening
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings
from civic_etl.warehouse.parts import Part


@pytest.fixture(scope="module")
def fetched(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home with both sample sites in its archive and nothing loaded: a run stopped after the crawl."""
    folder = tmp_path_factory.mktemp("fetched")
    server.write_sources(folder / "sources")
    settings = Settings(home=folder, sources_dir=folder / "sources", jitter_seconds=0)
    get_settings.cache_clear()
    for source in server.sources:
        assert steps.discover_and_fetch(source["name"], settings).ok
    yield settings
    get_settings.cache_clear()


def parts(settings: Settings, shards: list[steps.Shard]) -> list[Part]:
    """All shards read in this process."""
    return [steps.read_shard(shard, settings) for shard in shards]


def test_what_was_fetched_and_not_loaded_is_pending_until_it_is(fetched: Settings) -> None:
    shards = steps.pending_shards(fetched)
    assert shards == steps.all_shards(fetched) and sum(len(shard.records) for shard in shards) > 80
    run = steps.begin("nightly", fetched)
    with run.writing():
        loaded = steps.load(run, parts(fetched, shards))
        assert steps.pending_shards(fetched) == []
        again = steps.load(run, reversed(parts(fetched, shards)))
    assert loaded.new == loaded.documents > 80 and loaded.observations > 500
    assert not again.changed and again.unchanged == loaded.new


def test_pages_that_say_nothing_are_in_the_ledger_too(fetched: Settings) -> None:
    shards = steps.all_shards(fetched, ["sample-tuyen-quang"])
    read = parts(fetched, shards)
    assert sum(part.pages for part in read) == sum(len(shard.records) for shard in shards)
    found = {path for part in read for path in part.tables["document"]["warc_path"].to_pylist()}
    assert found == {shard.records[0].warc_path for shard in shards}


@pytest.mark.slow
def test_worker_processes_read_the_same(fetched: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_WORTH_A_POOL", 1)
    shards = steps.all_shards(fetched, ["sample-dong-thap"])
    with steps.PageReader(fetched.model_copy(update={"workers": 2}), tmp_path, 100) as reader:
        assert [steps.take_part(reader.read(shard)) for shard in shards] == parts(fetched, shards)
    assert list(tmp_path.iterdir()) == []


def test_damaged_record_is_an_outcome(fetched: Settings, tmp_path: Path) -> None:
    shard = steps.all_shards(fetched)[0]
    record = shard.records[0]
    bent = steps.Shard(shard.source, (type(record)(record.warc_path, record.offset + 1), *shard.records[1:3]))
    part = steps.read_shard(bent, fetched)
    outcomes = part.tables["page_outcome"].to_pylist()
    assert len(outcomes) == 3 and outcomes[0]["outcome"] == "parse_failed"
    assert outcomes[0]["warc_path"] == record.warc_path and part.documents == 2


def test_one_nightly_at_a_time(tmp_path: Path) -> None:
    first, second = (steps.begin("nightly", Settings(home=tmp_path)) for _ in range(2))
    with first.alone(), pytest.raises(LockedError), second.alone():
        pass
    with second.alone():
        pass


def test_a_writer_is_waited_for_and_then_named(tmp_path: Path) -> None:
    said: list[str] = []

    class Listener:
        def step(self, job: str, done: int, total: int | None) -> None: ...

        def say(self, line: str) -> None:
            said.append(line)

    first, second = (steps.begin("release", Settings(home=tmp_path)) for _ in range(2))
    with listening(Listener()), first.writing():
        with pytest.raises(LockedError, match="process"), second.writing(patience=0):
            pass
        with pytest.raises(LockedError), second.writing(patience=0.1):
            pass
    assert len(said) == 1 and said[0].startswith("waiting")


def test_sources_are_chosen_by_name_or_all_that_are_there(fetched: Settings) -> None:
    everything = steps.chosen_sources(fetched)
    assert {"sample-dong-thap", "sample-tuyen-quang"} < set(everything)
    assert "uongbi.gov.vn" not in everything, "described as gone"
    assert steps.chosen_sources(fetched, ["sample-dong-thap", "sample-dong-thap"]) == ["sample-dong-thap"]
    with pytest.raises(SourceError, match="nowhere"):
        steps.chosen_sources(fetched, ["nowhere"])
