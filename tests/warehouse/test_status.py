from datetime import UTC, datetime

import pytest

from civic_etl.errors import CheckFailedError

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
