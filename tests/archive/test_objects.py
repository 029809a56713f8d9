"""An archive in an object store: what is published is read from there, and nothing is lost on the way to it."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from civic_etl.archive import Archive, read_warc
from civic_etl.archive.objects import ObjectStore
from civic_etl.archive.publishing import publish
from civic_etl.archive.purge import purge
from civic_etl.errors import ArchiveError, SettingsError
from civic_etl.settings import Settings

from .conftest import Make
from .s3_server import bucket, s3_server

FIRST, SECOND = "xa-ha/2026-11-0001.warc.gz", "xa-ha/2026-11-0002.warc.gz"


@pytest.fixture(params=["disk", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty store: a mounted disk, or S3 where its server is installed (`make test-storage`)."""
    if request.param == "disk":
        yield f"file://{tmp_path / 'mounted'}"
        return
    with s3_server(monkeypatch) as endpoint:
        yield f"s3://{bucket(endpoint, tmp_path.name)}/archive"


@pytest.fixture
def archive(url: str, tmp_path: Path, make: Make) -> Archive:
    """Three pages of one source, not yet published."""
    found = Archive(tmp_path / "archive", ObjectStore(url))
    write(found, make, 1, 2, 3)
    return found


def write(archive: Archive, make: Make, *numbers: int) -> None:
    """Write pages of these numbers in one go."""
    with archive.writer("xa-ha", now=lambda: make(1).fetched_at.replace(month=11)) as writer:
        for number in numbers:
            writer.response(make(number, packed=number % 2 == 0))


def elsewhere(archive: Archive, tmp_path: Path) -> Archive:
    """The same archive seen from a machine that holds nothing of it."""
    return Archive(tmp_path / "other machine", archive.store)


def test_another_machine_reads_what_was_published(archive: Archive, tmp_path: Path, make: Make) -> None:
    before = list(archive.pages())
    assert publish(archive, "xa-ha") == [FIRST] and publish(archive, "xa-ha") == []
    other = elsewhere(archive, tmp_path)
    assert other.sources() == ["xa-ha"] and list(other.pages()) == before
    assert [other.read(p.warc_path or "", p.warc_offset or 0) for p in before] == before
    assert list(other.index("xa-ha")) == sorted(archive.index("xa-ha"), key=lambda entry: entry.line())
    assert other.verify().ok and other.verify().records == archive.verify("xa-ha").records
    (stats,) = other.stats()
    assert (stats.files, stats.responses) == (1, 3) and stats.bytes > 500
    assert other.export("xa-ha", date(2026, 3, 2), None, tmp_path / "out.warc.gz") == 3
    assert [page.body for page in read_warc(tmp_path / "out.warc.gz")] == [page.body for page in before]


def test_a_page_larger_than_one_range_is_read(archive: Archive, tmp_path: Path, make: Make) -> None:
    body = os.urandom(300_000)
    with archive.writer("xa-ha") as writer:
        ref = writer.response(make(9, raw=body, body=body))
    publish(archive, "xa-ha")
    page = elsewhere(archive, tmp_path).read(ref.path, ref.offset)
    assert page.body == body and page.digest == make(9, raw=body, body=body).digest
    with pytest.raises(ArchiveError, match="no record"):
        elsewhere(archive, tmp_path).read(ref.path, 10_000_000)
    with pytest.raises(ArchiveError, match="no such object"):
        elsewhere(archive, tmp_path).read("xa-ha/2020-01-0001.warc.gz", 0)


def test_what_is_published_is_written_no_more(archive: Archive, tmp_path: Path, make: Make) -> None:
    publish(archive, "xa-ha")
    assert archive.files("xa-ha"), "the copy stays for what follows the crawl"
    write(archive, make, 4)
    assert [path.name for path in archive.files("xa-ha")] == [Path(SECOND).name]
    assert [page.warc_path for page in archive.pages()] == [FIRST] * 3 + [SECOND]
    assert len(list(archive.index("xa-ha"))) == 4
    assert publish(archive, "xa-ha") == [SECOND]
    assert len(list(elsewhere(archive, tmp_path).pages())) == 4 and elsewhere(archive, tmp_path).verify().ok


def test_killed_between_file_and_index(archive: Archive, tmp_path: Path, make: Make) -> None:
    assert archive.store is not None
    archive.store.put_new(FIRST, archive.root / FIRST)
    problems = elsewhere(archive, tmp_path).verify().problems
    assert [problem.reason for problem in problems] == ["3 records are not in the index; rebuild it"]
    write(archive, make, 4)
    assert publish(archive, "xa-ha") == [FIRST, SECOND]
    other = elsewhere(archive, tmp_path)
    assert len(list(other.pages())) == len(list(other.index("xa-ha"))) == 4 and other.verify().ok


_WRITER = textwrap.dedent("""
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from civic_etl.archive import Archive, Exchange
    from civic_etl.archive.objects import ObjectStore
    from civic_etl.archive.publishing import publish

    archive, number = Archive(Path(sys.argv[1]), ObjectStore(sys.argv[2])), 0
    while True:
        with archive.writer("xa-ha") as writer:
            for _ in range(20):
                number += 1
                body = f"<html>{number}</html>".encode()
                url = f"https://xaha.example.vn/tin-{number}.html"
                exchange = Exchange(url, (), 200, "OK", (("Content-Type", "text/html"),), body, body, datetime.now(UTC))
                writer.response(exchange)
                print(number, flush=True)
        publish(archive, "xa-ha")
""")


def test_killed_at_any_moment_nothing_is_lost(url: str, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "killed", ObjectStore(url))
    told: list[str] = []
    for wait in (0.15, 0.4):
        command = [sys.executable, "-c", _WRITER, str(archive.root), url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told.append(process.stdout.readline())
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            told += process.stdout.readlines()
    publish(archive, "xa-ha")
    shutil.rmtree(archive.root)
    bodies = [page.body for page in archive.pages()]
    whole = [line for line in told if line.endswith("\n")]
    assert len(whole) > 20 and len(whole) <= len(bodies) <= len(whole) + 2
    assert len(list(archive.index("xa-ha"))) == len(bodies) and archive.verify().ok


def test_two_machines_that_wrote_one_source_are_told(archive: Archive, tmp_path: Path, make: Make) -> None:
    other = elsewhere(archive, tmp_path)
    write(other, make, 7)
    publish(archive, "xa-ha")
    with pytest.raises(ArchiveError, match="two machines wrote one source"):
        publish(other, "xa-ha")
    assert [page.url for page in Archive(other.root).pages()] == [make(7).url], "its own page is still here"
    assert len(list(Archive(tmp_path / "third", archive.store).pages())) == 3


def test_a_purge_reaches_the_store(archive: Archive, tmp_path: Path, make: Make) -> None:
    places = [(page.warc_path, page.warc_offset) for page in archive.pages()]
    publish(archive, "xa-ha")
    assert purge(elsewhere(archive, tmp_path), "xa-ha", lambda address: address == make(2).url) == 1
    left = list(Archive(tmp_path / "third", archive.store).pages())
    assert [(page.warc_path, page.warc_offset) for page in left] == [places[0], places[2]]
    assert Archive(tmp_path / "third", archive.store).verify().ok


def test_harm_in_the_store_is_found_and_its_index_built_again(archive: Archive, tmp_path: Path) -> None:
    publish(archive, "xa-ha")
    other, store = elsewhere(archive, tmp_path), archive.store
    assert store is not None
    store.change_index("xa-ha", lambda found: found[:1])
    assert not other.verify().ok
    with other.writer("xa-ha"):
        assert other.rebuild_index("xa-ha") == 3
    assert other.verify().ok
    data = bytearray((archive.root / FIRST).read_bytes())
    data[len(data) // 2] ^= 0x20
    harmed = tmp_path / "harmed.warc.gz"
    harmed.write_bytes(data)
    store.replace(FIRST, harmed)
    assert {problem.path for problem in other.verify().problems} >= {FIRST}


def test_a_store_that_does_not_answer_is_told_without_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id-of-nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "never-to-be-read")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ArchiveError) as caught:
        ObjectStore("s3://nothing/here").sources()
    assert "never-to-be-read" not in str(caught.value) and "id-of-nobody" not in str(caught.value)


@pytest.mark.parametrize("address", ["bucket/prefix", "s3://key:secret@bucket/prefix", "s3://bucket/prefix?sig=secret"])
def test_an_address_that_is_none_or_holds_a_secret(address: str) -> None:
    with pytest.raises(ValueError, match=r"is no address|holds credentials"):
        Settings(archive_store=address)


def test_a_store_that_nobody_knows() -> None:
    with pytest.raises(SettingsError, match="not a store"):
        ObjectStore("gopher://somewhere")
