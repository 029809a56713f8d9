import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse import publish


def a_release(home: Path, version: str, number: int = 0) -> Path:
    folder = publish.begin(home / "releases", version)
    with duckdb.connect(str(folder / "civic.duckdb")) as con:
        con.execute(f"create table a as select {number} as n")
        con.execute(f"create table b as select {number} as n")
    publish.seal(folder)
    return publish.switch(folder, version, home / "current")


def test_versions_rise_even_when_the_clock_goes_back(tmp_path):
    releases = tmp_path / "releases"
    assert publish.next_version(releases, date(2026, 11, 24)) == "2026.11.24-1"
    for name in ("2026.11.24-9", "2026.11.24-10"):
        (releases / name).mkdir(parents=True)
    assert publish.versions(releases) == ["2026.11.24-9", "2026.11.24-10"]
    assert publish.next_version(releases, date(2026, 11, 24)) == "2026.11.24-11"
    assert publish.next_version(releases, date(2026, 11, 20)) == "2026.11.24-11"
    assert publish.next_version(releases, date(2026, 12, 1)) == "2026.12.01-1"


def test_prune_keeps_the_newest_and_the_one_in_force(tmp_path):
    for number in range(1, 5):
        a_release(tmp_path, f"2026.01.01-{number}")
    current = tmp_path / "current"
    current.unlink()
    current.symlink_to("releases/2026.01.01-1")
    (tmp_path / "releases" / ".building-2026.01.01-5").mkdir()
    gone = publish.prune(tmp_path / "releases", current, keep=2)
    assert sorted(gone) == [".building-2026.01.01-5", "2026.01.01-2"]
    assert publish.versions(tmp_path / "releases") == ["2026.01.01-1", "2026.01.01-3", "2026.01.01-4"]


def test_a_changed_file_is_named(tmp_path):
    release = a_release(tmp_path, "2026.01.01-1")
    publish.verify(release)
    (release / "civic.duckdb").chmod(0o644)
    (release / "civic.duckdb").write_bytes(b"x")
    with pytest.raises(WarehouseError, match=r"civic\.duckdb"):
        publish.verify(release)


def test_readers_never_see_a_mixture(tmp_path):
    """A reader opens `current` over and over while releases are published: no error, no half, no step back."""
    a_release(tmp_path, "2026.01.01-1", 1)
    seen: list[tuple[int, int]] = []
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                path = publish.current_release(tmp_path / "current")
                with duckdb.connect(str(path / "civic.duckdb"), read_only=True) as con:
                    seen.append(con.execute("select a.n, b.n from a, b").fetchall()[0])
            except BaseException as error:
                faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(2, 30):
        a_release(tmp_path, f"2026.01.01-{number}", number)
        publish.prune(tmp_path / "releases", tmp_path / "current", keep=10)
    done.set()
    reader.join()
    assert faults == []
    assert seen
    assert all(a == b for a, b in seen)
    assert seen == sorted(seen)
