import json
import subprocess
import sys
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
    (folder / "note").write_text(str(number), encoding="utf-8")
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


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda release: (release / "note").unlink(), "note"),
        (lambda release: (release / "note.2").write_text("2"), "note.2"),
        (lambda release: (release / "SHA256SUMS").unlink(), "SHA256SUMS"),
        (lambda release: (release / "SHA256SUMS").write_bytes(b""), "SHA256SUMS"),
        (lambda release: (release / "SHA256SUMS").write_bytes(b"\xff\xfe"), "SHA256SUMS"),
        (lambda release: (release / "SHA256SUMS").write_text("no sum"), "SHA256SUMS"),
        (lambda release: (release / "SHA256SUMS").write_bytes(b"0" * 64 + b"  no\0te\n"), "SHA256SUMS"),
    ],
)
def test_what_is_missing_strange_or_no_list_is_named(tmp_path, harm, named):
    release = a_release(tmp_path, "2026.01.01-1")
    (release / "SHA256SUMS").chmod(0o644)
    harm(release)
    assert publish.damaged_files(release) == [release / named]


def test_a_folder_in_the_place_of_the_link_is_named(tmp_path):
    a_release(tmp_path, "2026.01.01-1")
    (tmp_path / "current").unlink()
    (tmp_path / "current").mkdir()
    with pytest.raises(WarehouseError, match="move it away"):
        a_release(tmp_path, "2026.01.01-2")
    assert not list(tmp_path.glob(".current-*"))


READ = """
import json, sys
from pathlib import Path
import duckdb
from civic_etl.warehouse.publish import current_release

home, seen, faults = Path(sys.argv[1]), [], []
while not (home / "stop").exists():
    try:
        release = current_release(home / "current")
        with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
            one = con.execute("select n from a").fetchall()[0][0]
            two = con.execute("select n from b").fetchall()[0][0]
        seen.append((one, two, int((release / "note").read_text())))
    except Exception as error:
        faults.append(repr(error))
    if len(seen) + len(faults) == 1:
        print("reading", flush=True)
print(json.dumps({"seen": seen, "faults": faults}))
"""


def test_readers_never_see_a_mixture_over_a_hundred_publications(tmp_path):
    """Processes that open `current` over and over while releases are published and pruned: no error, no half of one
    release with half of another, no step back."""
    a_release(tmp_path, "2026.01.01-1", 1)
    readers = [
        subprocess.Popen([sys.executable, "-c", READ, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
    for number in range(2, 102):
        a_release(tmp_path, f"2026.01.01-{number}", number)
        publish.prune(tmp_path / "releases", tmp_path / "current", keep=10)
    (tmp_path / "stop").touch()
    for reader in readers:
        found = json.loads(reader.communicate(timeout=60)[0].splitlines()[-1])
        seen = [tuple(row) for row in found["seen"]]
        assert found["faults"] == []
        assert len({row[0] for row in seen}) > 10
        assert all(one == two == note for one, two, note in seen)
        assert seen == sorted(seen)
    assert len(publish.versions(tmp_path / "releases")) == 10


def test_a_reader_goes_on_with_the_release_it_holds(tmp_path):
    release = a_release(tmp_path, "2026.01.01-1", 1)
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        for number in range(2, 5):
            a_release(tmp_path, f"2026.01.01-{number}", number)
        publish.prune(tmp_path / "releases", tmp_path / "current", keep=1)
        assert not release.exists()
        assert con.execute("select n from b").fetchall() == [(1,)]


def test_a_run_that_was_killed_leaves_nothing_that_readers_find(tmp_path):
    """Half-written folders and a link that was not yet renamed go at the next start."""
    a_release(tmp_path, "2026.01.01-1", 1)
    half = publish.begin(tmp_path / "releases", "2026.01.01-2")
    (half / "civic.duckdb").write_bytes(b"half")
    (tmp_path / ".current-4711").symlink_to("releases/.building-2026.01.01-2")
    assert publish.versions(tmp_path / "releases") == ["2026.01.01-1"]
    assert publish.prune(tmp_path / "releases", tmp_path / "current", keep=5) == [".building-2026.01.01-2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "releases"]
    assert publish.current_release(tmp_path / "current") == (tmp_path / "releases" / "2026.01.01-1").resolve()
