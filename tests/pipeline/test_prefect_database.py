"""A damaged database of Prefect's is set aside; a sound one, one in use and an operator's own are left alone."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from civic_etl.pipeline.prefect_database import set_aside_if_damaged


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as Prefect leaves one, in the folder that its environment names."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("PREFECT_API_DATABASE_CONNECTION_URL", raising=False)
    path = tmp_path / "prefect.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("pragma journal_mode = wal")
        con.execute("create table flow_run (id integer primary key, name text)")
        con.executemany("insert into flow_run (name) values (?)", [(f"night {n}" * 40,) for n in range(500)])
        con.commit()
    return path


def test_a_sound_one_stays(database: Path) -> None:
    assert set_aside_if_damaged() is None
    assert database.exists()


def test_none_is_none(database: Path) -> None:
    database.unlink()
    assert set_aside_if_damaged() is None


@pytest.mark.parametrize("damage", ["random", "torn", "blanked", "unknown format"])
def test_a_damaged_one_is_moved_away(database: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    whole = database.read_bytes()
    rng = random.Random(1)  # noqa: S311 - damage, not secrets
    harmed = {
        "random": rng.randbytes(len(whole)),
        "torn": whole[: len(whole) // 2],
        # an OperationalError, as that of a database which is locked
        "unknown format": whole[:47] + bytes([200]) + whole[48:],
        "blanked": whole[:4096] + bytes(8192) + whole[12288:],
    }[damage]
    database.write_bytes(harmed)
    database.with_name("prefect.db-wal").write_bytes(b"log")
    aside = set_aside_if_damaged()
    assert aside == database.with_name("prefect.db.damaged")
    assert aside.read_bytes() == harmed
    assert aside.with_name("prefect.db.damaged-wal").exists()
    assert not list(database.parent.glob("prefect.db-*"))
    assert not database.exists()
    assert str(database) in caplog.text


def test_one_in_use_stays(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as con:
        con.execute("pragma locking_mode = exclusive")
        con.execute("begin exclusive")
        con.execute("delete from flow_run where id = 1")
        assert set_aside_if_damaged() is None
    assert database.exists()


@pytest.mark.parametrize("name", ["PREFECT_API_URL", "PREFECT_API_DATABASE_CONNECTION_URL"])
def test_that_of_an_operator_stays(database: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database.write_bytes(b"no database at all" * 100)
    monkeypatch.setenv(name, "of an operator")
    assert set_aside_if_damaged() is None
    assert database.exists()
