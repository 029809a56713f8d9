"""A release in an object store: whole before it is named, and put once."""

import json
from pathlib import Path

import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.mirror import mirror
from civic_etl.warehouse.publish import seal, verify


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A sealed folder like a release."""
    folder = tmp_path / "releases" / "2026.11.27-1"
    (folder / "parquet").mkdir(parents=True)
    (folder / "parquet" / "mart.ward_year.parquet").write_bytes(b"PAR1")
    (folder / "diff.md").write_text("nothing", encoding="utf-8")
    seal(folder)
    return folder


def test_every_file_is_put_once_and_then_named(release: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    assert mirror(release, away.as_uri()) == 3
    verify(away / release.name)
    assert json.loads((away / "current.json").read_text()) == {"version": release.name}
    (away / release.name / "diff.md").unlink()
    assert mirror(release, away.as_uri()) == 0, "the seal is there: nothing is put again"


def test_what_was_cut_short_is_put_again(release: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    mirror(release, away.as_uri())
    (away / release.name / "SHA256SUMS").unlink()
    assert mirror(release, away.as_uri()) == 3


def test_a_store_that_refuses_is_told(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "never-to-be-read")
    with pytest.raises(WarehouseError, match="is in force but not in the store") as caught:
        mirror(release, "s3://nothing/here")
    assert "never-to-be-read" not in str(caught.value)
