"""What is written can be read; a crash costs at most the record that was being written."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_etl.archive import Archive, Original
from civic_etl.errors import ArchiveError

from .conftest import START, Make


def test_what_is_written_can_be_read(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        refs = [writer.response(make(n, packed=n % 2 == 0), {"civic-outcome": "new"}) for n in (1, 2, 3)]
    pages = list(archive.pages("xa-ha"))
    assert [page.body for page in pages] == [make(n).body for n in (1, 2, 3)]
    assert [page.fetched_at for page in pages] == [make(n).fetched_at for n in (1, 2, 3)]
    assert [(page.warc_path, page.warc_offset) for page in pages] == [(ref.path, ref.offset) for ref in refs]
    one = archive.read(refs[1].path, refs[1].offset)
    assert one == pages[1] and one.digest == make(2).digest and one.header("content-type") == "text/html; charset=utf-8"
    assert archive.verify().ok


def test_a_record_is_on_disk_when_the_call_returns(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        ref = writer.response(make())
        assert archive.read(ref.path, ref.offset).body == make().body
        assert [entry.offset for entry in archive.index("xa-ha")] == [ref.offset]


def test_revisits_hold_no_body_and_name_their_original(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        first = make(1)
        ref = writer.response(first)
        again = make(2, url=first.url, status=304, reason="Not Modified", raw=b"", body=b"")
        writer.revisit(again, Original(ref.record_id, first.url, first.fetched_at))
    entries = list(archive.index("xa-ha"))
    assert [entry.mime for entry in entries] == ["text/html", "warc/revisit"]
    assert len(list(archive.pages("xa-ha"))) == 1 and archive.verify().ok


def test_one_writer_a_source(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha"):
        with pytest.raises(ArchiveError, match="another process") as caught:
            archive.writer("xa-ha")
        assert caught.value.source == "xa-ha"
        archive.writer("xa-ha-2").close()
    archive.writer("xa-ha").close()


def test_files_turn_with_the_month_and_with_size(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    months = iter([3, 3, 3, 4, 4, 4, 4, 4])

    def now() -> datetime:
        return datetime(2026, next(months, 4), 1, tzinfo=UTC)

    with archive.writer("xa-ha", now=now, max_file_bytes=1200) as writer:
        for number in range(1, 6):
            writer.response(make(number))
    names = [path.name for path in archive.files("xa-ha")]
    assert names[0] == "2026-03-0001.warc.gz" and "2026-04-0002.warc.gz" in names
    assert len(list(archive.pages())) == 5 and archive.verify().ok


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0.01, 0.999))
def test_a_torn_last_record_is_cut_off(tmp_path_factory: pytest.TempPathFactory, make: Make, share: float) -> None:
    root = tmp_path_factory.mktemp("torn")
    archive = Archive(root)
    with archive.writer("xa-ha") as writer:
        writer.response(make(1))
        before = archive.files("xa-ha")[0].stat().st_size
        writer.response(make(2, packed=True))
    path = archive.files("xa-ha")[0]
    torn = before + int((path.stat().st_size - before) * share)
    with path.open("rb+") as file:
        file.truncate(torn)
    with archive.writer("xa-ha") as writer:
        assert 0 <= writer.cut_bytes <= torn - before
        ref = writer.response(make(3))
    assert archive.verify().ok
    urls = [page.url for page in archive.pages()]
    assert urls[0].endswith("tin-1.html") and urls[-1].endswith("tin-3.html")
    assert archive.read(ref.path, ref.offset).body == make(3).body


def test_junk_after_the_last_record_is_cut_off(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        writer.response(make(1))
    with archive.files("xa-ha")[0].open("ab") as file:
        file.write(b"\x1f\x8b" + b"\0" * 300)
    assert not archive.verify().ok
    with archive.writer("xa-ha") as writer:
        assert writer.cut_bytes == 302
    assert archive.verify().ok


@pytest.mark.parametrize("harm", ["gone", "empty", "short", "rubbish", "no text", "no newline"])
def test_a_damaged_index_is_built_again(tmp_path: Path, make: Make, harm: str) -> None:
    archive = Archive(tmp_path)
    with archive.writer("xa-ha") as writer:
        for number in (1, 2, 3):
            writer.response(make(number))
    index = tmp_path / "xa-ha" / "index.cdxj"
    whole = index.read_bytes()
    match harm:
        case "gone":
            index.unlink()
        case "empty":
            index.write_bytes(b"")
        case "short":
            index.write_bytes(b"".join(whole.splitlines(keepends=True)[:1]))
        case "rubbish":
            index.write_bytes(b"not a cdxj line\n" + whole)
        case "no text":
            index.write_bytes(b"\x80" + whole)
        case _:
            index.write_bytes(whole[:-20])
    archive.writer("xa-ha").close()
    assert archive.verify().ok and index.read_bytes() == whole
    assert archive.rebuild_index("xa-ha") == 3 and index.read_bytes() == whole


KILLED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from civic_etl.archive import Archive, Exchange
n = 0
with Archive(Path(sys.argv[1])).writer("xa-ha") as writer:
    while True:
        n += 1
        body = (f"<p>{n}</p>" + "x" * 50_000).encode()
        ref = writer.response(Exchange(
            url=f"https://xaha.example.vn/{n}", request_headers=(), status=200, reason="OK",
            headers=(("Content-Type", "text/html"),), raw=body, body=body, fetched_at=datetime.now(UTC)))
        print(n, ref.path, ref.offset, flush=True)
"""


@pytest.mark.slow
def test_killed_in_the_middle_it_loses_nothing_it_promised(tmp_path: Path) -> None:
    archive, rng = Archive(tmp_path), random.Random(7)  # noqa: S311
    promised = 0
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first
        time.sleep(rng.uniform(0.01, 0.15))
        os.kill(process.pid, signal.SIGKILL)
        lines = [first, *process.stdout]
        process.wait()
        whole = [line.split() for line in lines if line.endswith("\n")]
        promised += len(whole)
        archive.writer("xa-ha").close()
        for number, path, offset in whole:
            assert archive.read(path, int(offset)).body.startswith(f"<p>{number}</p>".encode())
    report = archive.verify()
    assert report.ok, report.problems
    assert len(list(archive.pages())) >= promised > 0


def test_times_are_kept_to_the_microsecond(tmp_path: Path, make: Make) -> None:
    archive = Archive(tmp_path)
    when = START.replace(microsecond=123456)
    with archive.writer("xa-ha") as writer:
        writer.response(make(1, fetched_at=when))
    assert next(archive.pages()).fetched_at == when
