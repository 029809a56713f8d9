"""A purge leaves nothing of a page, and every other record where it was."""

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from civic_etl.archive import Archive, Original
from civic_etl.archive.purge import held, purge, salvage
from civic_etl.archive.writer import BusyArchiveError
from civic_etl.errors import ArchiveError

from .conftest import Make

GONE = "https://xaha.example.vn/tin-2.html"
PRIVATE = "Chuyện riêng của một em nhỏ"


def is_gone(url: str) -> bool:
    """The address that is to go."""
    return url == GONE


@pytest.fixture
def archive(tmp_path: Path, make: Make) -> Archive:
    """Four pages in two files, the second of them met twice, and a source of another name."""
    found = Archive(tmp_path / "archive")
    with found.writer("xa-ha", max_file_bytes=2_500) as writer:
        for number in (1, 2, 3):
            ref = writer.response(make(number, PRIVATE if number == 2 else "Thu ngân sách"), {"civic-outcome": "new"})
            if number == 2:
                original = Original(ref.record_id, GONE, make(2).fetched_at)
        writer.revisit(make(12, PRIVATE, url=GONE), original)
        writer.response(make(4))
    with found.writer("xa-thuong") as writer:
        writer.response(make(9))
    return found


def bodies(archive: Archive) -> dict[tuple[str, int], bytes]:
    """Every page by its place."""
    return {(page.warc_path or "", page.warc_offset or 0): page.body for page in archive.pages(role=None)}


def test_nothing_of_the_page_is_left_and_the_others_stay_in_place(archive: Archive) -> None:
    assert len(archive.files("xa-ha")) > 1
    before, sizes = bodies(archive), [path.stat().st_size for path in archive.files("xa-ha")]
    assert len(held(archive, "xa-ha", is_gone)) == 2
    assert purge(archive, "xa-ha", is_gone) == 2
    after = bodies(archive)
    assert [path.stat().st_size for path in archive.files("xa-ha")] == sizes
    assert after == {place: body for place, body in before.items() if PRIVATE.encode() not in body}
    assert len(after) == len(before) - 1
    for path in archive.files("xa-ha"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                assert record.rec_headers.get_header("WARC-Target-URI") != GONE
                assert PRIVATE.encode() not in record.content_stream().read()


def test_it_is_whole_by_the_index_and_without_it(archive: Archive) -> None:
    purge(archive, "xa-ha", is_gone)
    assert archive.verify().problems == ()
    lines = sorted(entry.line() for entry in archive.index("xa-ha"))
    assert archive.rebuild_index("xa-ha") == len(lines)
    assert archive.verify().ok


def test_writing_goes_on_behind_it(archive: Archive, make: Make) -> None:
    purge(archive, "xa-ha", is_gone)
    with archive.writer("xa-ha") as writer:
        assert writer.cut_bytes == 0
        ref = writer.response(make(20))
    assert archive.read(ref.path, ref.offset).url == "https://xaha.example.vn/tin-20.html"
    assert archive.verify().ok


def test_again_there_is_nothing_to_do(archive: Archive) -> None:
    purge(archive, "xa-ha", is_gone)
    files = [path.read_bytes() for path in archive.files("xa-ha")]
    assert purge(archive, "xa-ha", is_gone) == 0
    assert [path.read_bytes() for path in archive.files("xa-ha")] == files


def test_killed_between_file_and_index_it_goes_on(archive: Archive) -> None:
    index = archive.root / "xa-ha" / "index.cdxj"
    lines = index.read_bytes()
    purge(archive, "xa-ha", is_gone)
    index.write_bytes(lines)
    assert not archive.verify().ok, "the index names what is gone"
    assert purge(archive, "xa-ha", is_gone) == 2
    assert archive.verify().ok


def test_not_while_somebody_writes(archive: Archive) -> None:
    with archive.writer("xa-ha"), pytest.raises(BusyArchiveError):
        purge(archive, "xa-ha", is_gone)


def test_an_index_that_lies_harms_no_file(archive: Archive, tmp_path: Path) -> None:
    other = tmp_path / "other.warc.gz"
    other.write_bytes(b"x" * 10_000)
    index = archive.root / "xa-ha" / "index.cdxj"
    name = next(archive.index("xa-ha")).filename
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace(name, "../other.warc.gz"), encoding="utf-8")
    assert purge(archive, "xa-ha", is_gone) == 2, "opening the folder repaired the index"
    assert archive.verify().ok
    with pytest.raises(ArchiveError, match="out of the archive"):
        archive.read("../other.warc.gz", 0)
    assert other.read_bytes() == b"x" * 10_000


def test_damage_in_the_middle_costs_the_damaged_record_alone(archive: Archive) -> None:
    path = archive.files("xa-ha")[0]
    before, good = bodies(archive), path.read_bytes()
    second = next(entry for entry in archive.index("xa-ha") if entry.url == GONE)
    spot = second.offset + second.length // 2
    path.write_bytes(good[:spot] + b"\0\0\0\0" + good[spot + 4 :])
    (archive.root / "xa-ha" / "index.cdxj").unlink()
    with pytest.raises(ArchiveError, match="whole records behind it"):
        archive.writer("xa-ha")
    assert salvage(path) == second.length and path.stat().st_size == len(good)
    with archive.writer("xa-ha") as writer:
        assert writer.cut_bytes == 0
    assert archive.verify().ok and salvage(path) == 0
    lost = {(second.filename, second.offset)}
    assert bodies(archive) == {place: body for place, body in before.items() if place not in lost}


def test_damage_in_the_last_record_costs_it_alone(archive: Archive) -> None:
    path = archive.files("xa-ha")[-1]
    ours = [entry for entry in archive.index("xa-ha") if entry.filename.endswith(path.name)]
    before, last = bodies(archive), max(ours, key=lambda entry: entry.offset)
    good = path.read_bytes()
    path.write_bytes(good[: last.offset + 40] + bytes(len(good) - last.offset - 40))
    assert salvage(path) == len(good) - last.offset
    archive.writer("xa-ha").close()
    assert archive.verify().ok
    assert bodies(archive).items() <= before.items() and path.read_bytes() == good[: last.offset]


@pytest.mark.parametrize("by", [-7, 7])
def test_a_damaged_line_of_the_index_cuts_nothing_off(archive: Archive, by: int) -> None:
    """Where the next record is to be written follows from the last line: it must be where one ends."""
    path, index = archive.files("xa-ha")[-1], archive.root / "xa-ha" / "index.cdxj"
    good, text = path.read_bytes(), index.read_bytes()
    ours = [entry for entry in archive.index("xa-ha") if entry.filename.endswith(path.name)]
    last = max(ours, key=lambda entry: entry.offset)
    index.write_bytes(text.replace(f'"group": "{last.group}"'.encode(), f'"group": "{last.group + by}"'.encode()))
    assert [problem.path for problem in archive.verify().problems] == ["xa-ha/index.cdxj"]
    with archive.writer("xa-ha") as writer:
        assert writer.cut_bytes == 0
    assert path.read_bytes() == good and index.read_bytes() == text


def test_an_index_that_is_no_text_is_named_and_written_anew(archive: Archive) -> None:
    index = archive.root / "xa-ha" / "index.cdxj"
    text = index.read_bytes()
    index.write_bytes(b"\xff" + text[1:])
    assert next((found.path, found.position) for found in archive.verify().problems) == ("xa-ha/index.cdxj", 1)
    archive.writer("xa-ha").close()
    assert index.read_bytes() == text
