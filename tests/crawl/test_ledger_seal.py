"""A sealed ledger that was changed is damaged; who writes breaks the seal, and none is made while it is open."""

from pathlib import Path

import pytest

from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.ledger_file import looked_into
from civic_etl.crawl.ledger_seal import seal
from civic_etl.errors import FetchError
from civic_etl.whole_files import seal_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with some addresses, not sealed."""
    found = tmp_path / "crawl.sqlite"
    with Ledger(found) as ledger:
        rows = [(f"/bai-{n}.html", f"http://a/bai-{n}.html", None, None, f"Bài số {n}") for n in range(300)]
        ledger.list_many("s", rows, "2021-01-01", "nightly")
    return found


def change(path: Path, before: bytes, after: bytes) -> None:
    """Change a value, which SQLite cannot notice."""
    whole = path.read_bytes()
    assert len(before) == len(after) and before in whole
    path.write_bytes(whole.replace(before, after))


def test_a_changed_value_is_damage(path: Path) -> None:
    seal(path)
    change(path, b"http://a/bai-7.html", b"http://a/bai-6.html")
    for look in (Ledger, lambda path: looked_into(path).__enter__()):
        with pytest.raises(FetchError, match="not what the last run left; move it away") as caught:
            look(path)
        assert caught.value.file == str(path)


def test_who_writes_breaks_the_seal(path: Path) -> None:
    seal(path)
    with Ledger(path) as ledger:
        assert not seal_of(path).exists()
        seal(path)
        assert not seal_of(path).exists(), "it is open"
        ledger.forget("s", ["/bai-1.html"])
    # as after a run that was killed: no seal, and nothing wrong
    with Ledger(path) as ledger:
        assert ledger.get("s", "/bai-1.html") is None
    seal(path)
    with looked_into(path) as db:
        assert db.execute("select count(*) from url").fetchone() == (299,)
    assert seal_of(path).exists(), "who only reads leaves it"


def test_without_a_seal_the_structure_is_looked_through(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])
    with pytest.raises(FetchError, match=r"damaged.*move it away"):
        Ledger(copy)


def test_an_unknown_header_is_damage(path: Path, tmp_path: Path) -> None:
    """SQLite says "unsupported file format", in the class of errors that also says "database is locked"."""
    whole = path.read_bytes()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(whole[:47] + bytes([200]) + whole[48:])
    with pytest.raises(FetchError, match="unsupported file format; move it away"):
        Ledger(copy)
