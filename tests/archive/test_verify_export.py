"""Verify finds every kind of harm; stats and export say and copy what is there."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from civic_etl.archive import Archive, read_warc
from civic_etl.errors import ArchiveError

from .conftest import Make


@pytest.fixture
def archive(tmp_path: Path, make: Make) -> Archive:
    """Three pages of one source and one of another."""
    found = Archive(tmp_path / "archive")
    with found.writer("xa-ha") as writer:
        for number in (1, 2, 3):
            writer.response(make(number))
        writer.response(make(4, role="index", url="https://xaha.example.vn/sitemap.xml"))
    with found.writer("xa-thuong") as writer:
        writer.response(make(9))
    return found


def test_whole(archive: Archive) -> None:
    report = archive.verify()
    assert report.ok and report.files == 2 and report.records == 2 * 5 + 2
    assert archive.verify("xa-ha").files == 1


def test_a_flipped_bit_is_found(archive: Archive) -> None:
    path = archive.files("xa-ha")[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x20
    path.write_bytes(bytes(data))
    problems = archive.verify().problems
    assert problems and all(problem.path.startswith("xa-ha/") for problem in problems)


def test_a_changed_body_is_found_even_in_sound_gzip(archive: Archive) -> None:
    path, entry = archive.files("xa-ha")[0], next(iter(archive.index("xa-ha")))
    data = path.read_bytes()
    member = gzip.decompress(data[entry.offset : entry.offset + entry.length])
    forged = gzip.compress(member.replace(b"9 t", b"8 t"))
    path.write_bytes(data[: entry.offset] + forged + data[entry.offset + entry.length :])
    assert any("Digest" in problem.reason for problem in archive.verify().problems)


def test_an_index_that_differs_is_found(archive: Archive) -> None:
    index = archive.root / "xa-ha" / "index.cdxj"
    lines = index.read_text(encoding="utf-8").splitlines(keepends=True)
    index.write_text("".join(lines[1:]), encoding="utf-8")
    assert any("not in the index" in problem.reason for problem in archive.verify().problems)
    index.write_text("".join(lines).replace("sha256:", "sha256:0", 1), encoding="utf-8")
    assert any("digest differs" in problem.reason for problem in archive.verify().problems)


def test_stats(archive: Archive) -> None:
    rows = {row.source: row for row in archive.stats()}
    assert set(rows) == {"xa-ha", "xa-thuong"}
    assert (rows["xa-ha"].responses, rows["xa-ha"].articles, rows["xa-ha"].files) == (4, 3, 1)
    assert rows["xa-ha"].first is not None and rows["xa-ha"].first.minute == 1


def test_export_is_a_warc_with_an_index(archive: Archive, tmp_path: Path) -> None:
    dest = tmp_path / "out" / "xa-ha.warc.gz"
    assert archive.export("xa-ha", None, None, dest) == 4
    assert len([page for page in read_warc(dest) if page.url.endswith(".html")]) == 3
    assert len(dest.with_name(dest.name + ".cdxj").read_text(encoding="utf-8").splitlines()) == 4
    assert not list(dest.parent.glob("*.new"))


def test_export_of_a_span(archive: Archive, tmp_path: Path) -> None:
    dest = tmp_path / "a.warc.gz"
    assert archive.export("xa-ha", date(2026, 3, 2), date(2026, 3, 2), dest) == 4
    assert archive.export("xa-ha", date(2026, 3, 3), None, dest) == 0
    with pytest.raises(ArchiveError, match="holds nothing"):
        archive.export("nowhere", None, None, dest)


def test_reading_where_there_is_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    assert archive.sources() == [] and list(archive.pages()) == [] and archive.stats() == []
    with pytest.raises(ArchiveError, match="cannot be opened"):
        archive.read("a/b.warc.gz", 0)
