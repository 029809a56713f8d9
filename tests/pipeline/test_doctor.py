"""Each thing that can be wrong with a machine is found, and the finding says what to do."""

import os
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from civic_etl.pipeline import doctor
from civic_etl.pipeline.doctor import Finding, examine
from civic_etl.settings import Settings
from civic_etl.warehouse.lock import exclusive
from warehouse.conftest import Built


def found(settings: Settings, name: str, *, deep: bool = False) -> Finding:
    """The finding of a name, the worst of several."""
    order = ("fail", "warn", "ok")
    return min((f for f in examine(settings, deep=deep) if f.name == name), key=lambda f: order.index(f.state))


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Iterator[Settings]:
    """A copy of a whole home."""
    shutil.copytree(built.warehouse.settings.home, tmp_path / "home", symlinks=True)
    yield Settings(home=tmp_path / "home", _env_file=None)  # type: ignore[call-arg]
    for path in (tmp_path / "home").rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755)


def test_a_sound_home_has_nothing_to_mend(home: Settings) -> None:
    findings = examine(home, deep=True)
    assert [f for f in findings if f.state == "fail"] == []
    assert {"python", "packages", "sources", "permissions", "disk", "clock", "locks", "release"} <= {
        f.name for f in findings
    }
    assert all(f.fix for f in findings if f.state != "ok")


def test_a_machine_that_has_run_nothing_yet(settings: Settings) -> None:
    findings = examine(settings)
    assert [f for f in findings if f.state == "fail"] == [] and not settings.home.exists()
    assert found(settings, "release").fix == "civic-etl run nightly"


def test_a_full_disk(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(10, 9, 1_000))
    finding = found(home, "disk")
    assert finding.state == "fail" and "keep_releases" in finding.fix


def test_a_clock_that_went_back(home: Settings) -> None:
    later = (home.state_dir / "last_run.json").stat().st_mtime + 86_400
    os.utime(home.state_dir / "last_run.json", (later, later))
    finding = found(home, "clock")
    assert finding.state == "fail" and "timedatectl" in finding.fix


def test_a_lock_that_is_held_for_long(home: Settings) -> None:
    path = home.state_dir / "warehouse.lock"
    with exclusive(path):
        assert found(home, "locks").state == "ok" and str(os.getpid()) in found(home, "locks").detail
        os.utime(path, (0, 0))
        finding = found(home, "locks")
        assert finding.state == "warn" and f"kill {os.getpid()}" in finding.fix
        assert found(home, "build file").detail.endswith("is writing it")
    assert found(home, "locks").detail == "nobody holds one", "a lock file without a holder is no lock"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(home: Settings) -> None:
    home.state_dir.chmod(0o555)
    assert found(home, "permissions").state == "fail"


def test_a_folder_that_anybody_may_write(home: Settings) -> None:
    home.state_dir.chmod(0o777)
    finding = found(home, "permissions")
    assert finding.state == "warn" and finding.fix == f"chmod o-w {home.state_dir}"


def test_a_wrong_version_is_named(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    real = doctor.metadata.version
    monkeypatch.setattr(doctor.metadata, "version", lambda name: "1.5.5" if name == "duckdb" else real(name))
    finding = found(home, "packages")
    assert finding.state == "fail" and "duckdb 1.5.5 is not" in finding.detail and "--require-hashes" in finding.fix


def test_a_bad_list_is_named_with_its_line(home: Settings, tmp_path: Path) -> None:
    path = tmp_path / "removals.yaml"
    path.write_text("- person: Hoà\n  reason: x\n  date: 2026-01-01\n", encoding="utf-8")
    finding = found(home.model_copy(update={"removals": path}), "removals")
    assert finding.state == "fail" and "row 1" in finding.detail


def test_a_release_that_leads_nowhere_or_was_changed(home: Settings) -> None:
    release = home.current_release.resolve()
    path = next(path for path in release.rglob("*.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    assert found(home, "release", deep=True).state == "ok"
    assert found(home, "release files", deep=True).fix == "publish another: civic-etl release"
    shutil.rmtree(release)
    assert found(home, "release").state == "fail"


@pytest.mark.parametrize("name", ["build file", "crawl ledger"])
def test_a_damaged_file_of_ours(home: Settings, name: str) -> None:
    path = home.build_file if name == "build file" else home.state_dir / "crawl.sqlite"
    path.write_bytes(b"rubbish" * 2_000)
    finding = found(home, name)
    assert finding.state == "fail" and finding.fix


def test_a_check_that_fails_itself_is_a_finding(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: Settings) -> Iterator[Finding]:
        raise RuntimeError("no such thing")
        yield

    monkeypatch.setattr(doctor, "CHECKS", (broken,))
    assert found(home, "broken").detail == "no such thing"


def test_a_server_that_does_not_answer(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://user:secret@127.0.0.1:1/api")
    finding = found(home, "prefect")
    assert finding.state == "fail" and "secret" not in finding.detail + finding.fix
