from dataclasses import replace
from datetime import UTC, datetime

import pytest

from civic_etl.errors import CheckFailedError, WarehouseError

from .conftest import a_warehouse, documents, pages
from .test_corrections import GOOD


def test_status_says_since_when_a_release_is_in_force_and_why_the_next_is_not(tmp_path):
    warehouse = a_warehouse(tmp_path / "home")
    assert warehouse.status().release is None
    warehouse.load(documents(), pages(), run_id="first")
    made = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    release = warehouse.finish(run_id="first", summary="all is new", now=made).release
    found = warehouse.status()
    assert (found.release, found.released_at, found.articles) == (release.version, made, 4)
    assert found.last_run is not None
    assert (found.last_run.run_id, found.last_run.error, found.last_run.warned_checks) == (
        "first",
        "",
        ("sources_within_cadence",),
    )

    path = tmp_path / "corrections.yaml"
    path.write_text(GOOD.replace("9500000000", "1"), encoding="utf-8")
    with pytest.raises(CheckFailedError):
        a_warehouse(tmp_path / "home", corrections=path).finish(run_id="second")
    found = warehouse.status()
    assert (found.release, found.released_at) == (release.version, made)
    assert found.last_run is not None
    assert found.last_run.failed_checks == ("corrections_match",)
    assert "stays current" in found.last_run.error

    # a night in which nothing came is said, and changes nothing
    third = a_warehouse(tmp_path / "home")
    assert third.load([], run_id="third").changed is False
    again = third.finish(run_id="third", summary="nothing to load").release
    assert (again.fresh, again.version) == (False, release.version)
    assert warehouse.status().last_run.summary == "nothing to load"  # type: ignore[union-attr]


def test_status_says_what_ended_a_run_before_its_release(tmp_path):
    """A batch that is refused, a corrections file with a slip: the release in force stays, and the reason is told."""
    warehouse = a_warehouse(tmp_path / "home")
    warehouse.load(documents(), run_id="first")
    release = warehouse.finish(run_id="first").release
    item = documents()[0]
    odd = replace(item, article=replace(item.article, canonical_url="https://backan.vn/odd", family=7))
    with pytest.raises(WarehouseError, match="refused whole"):
        warehouse.load([odd], run_id="second")
    found = warehouse.status()
    assert found.release == release.version
    assert (found.last_run.run_id, found.last_run.error.split(": ", 1)[0]) == (  # type: ignore[union-attr]
        "second",
        "batch 0 of run second was refused whole",
    )

    path = tmp_path / "corrections.yaml"
    path.write_text(GOOD.replace("indicator: budget_revenue", "indicator: budget"), encoding="utf-8")
    with pytest.raises(WarehouseError, match="no indicator has the code 'budget'"):
        a_warehouse(tmp_path / "home", corrections=path).roll_up(run_id="third")
    found = warehouse.status()
    assert (found.release, found.last_run.run_id) == (release.version, "third")  # type: ignore[union-attr]
    assert found.last_run.error.endswith(f"(file {path}, row 3, field indicator)")  # type: ignore[union-attr]
