"""Several loaders at once lose nothing, write nothing twice, and show nobody half a batch."""

import signal
from collections.abc import Iterable
from pathlib import Path
from subprocess import Popen

import pytest

from archive.s3_server import bucket, s3_server
from civic_etl.removals import removals_of
from civic_etl.settings import Settings
from civic_etl.warehouse import lake, tables
from civic_etl.warehouse.items import PageOutcome
from civic_etl.warehouse.scratch import materialise, snapshot_of
from civic_etl.warehouse.taking_out import take_out
from civic_etl.warehouse.warehouse import Warehouse
from warehouse.makers import VERSIONS, Draft

from .conftest import Start
from .loader import documents

# Of each state: articles and observations that there are, those that are there once, and what the ledger promises.
_AT = """
select
    (select count(*) from raw.article {at}), (select count(distinct revision_id) from raw.article {at}),
    (select count(*) from raw.observation {at}), (select count(distinct observation_id) from raw.observation {at}),
    (select count(*) from raw.sighting {at}),
    (select coalesce(sum(new), 0)::bigint from raw.load_ledger {at}),
    (select coalesce(sum(observations), 0)::bigint from raw.load_ledger {at})
"""

_FITTING = """
select count(*), count(*) filter (o.quote = substring(a.text, o.char_start + 1, o.char_end - o.char_start))
from raw.observation as o inner join raw.article as a on o.revision_id = a.revision_id
"""


def warehouse(settings: Settings) -> Warehouse:
    """The warehouse of this process."""
    return Warehouse(settings, versions=VERSIONS)


def state(settings: Settings, snapshot: int | None = None) -> tuple[int, ...]:
    """The counts, now or at a snapshot."""
    with lake.attached(settings, snapshot=snapshot) as con:
        (row,) = con.execute(_AT.format(at="")).fetchall()
    return tuple(row)


def loaded(articles: int) -> tuple[int, ...]:
    """The counts where so many articles are in, each once and whole."""
    return (articles, articles, 2 * articles, 2 * articles, articles, articles, 2 * articles)


def snapshots_of_data(settings: Settings) -> list[int]:
    """The snapshots since the tables were made."""
    with lake.attached(settings) as con:
        rows = con.execute("select snapshot_id, schema_version from ducklake_snapshots('lake') order by 1").fetchall()
    newest = rows[-1][1]
    return [number for number, version in rows if version == newest]


def go(loaders: Iterable["Popen[str]"]) -> None:
    """Let loaders begin together, once all are ready."""
    waiting = list(loaders)
    for loader in waiting:
        assert loader.stdout is not None and loader.stdout.readline() == "ready\n"
    for loader in waiting:
        assert loader.stdin is not None
        loader.stdin.write("\n")
        loader.stdin.flush()


def test_four_loaders_at_once(settings: Settings, start: Start) -> None:
    spans = {"a": (0, 30), "b": (15, 45), "c": (0, 30), "d": (30, 60)}
    loaders = [start(name, *span) for name, span in spans.items()]
    go(loaders)
    ends = [loader.communicate()[0].splitlines()[-1] for loader in loaders]
    assert [loader.returncode for loader in loaders] == [0, 0, 0, 0]
    assert sum(int(end.removeprefix("done ")) for end in ends) == 60, "each document was new to one of them"
    assert state(settings) == loaded(60)
    with lake.attached(settings, read_only=True) as con:
        for snapshot in snapshots_of_data(settings):
            (found,) = con.execute(_AT.format(at=f"at (version => {snapshot})")).fetchall()
            assert tuple(found) == loaded(found[0]), "a reader at any moment sees whole batches"
    assert warehouse(settings).load(documents(0, 60), run_id="again").unchanged == 60


def test_a_loader_that_is_killed_leaves_no_half_of_a_batch(settings: Settings, start: Start) -> None:
    for number in range(2):
        loader = start(f"killed-{number}", 0, 80)
        go([loader])
        assert loader.stdout is not None
        for _ in range(number + 1):
            loader.stdout.readline()
        loader.send_signal(signal.SIGKILL)
        loader.communicate()
        articles, *_ = found = state(settings)
        assert found == loaded(articles) and articles < 80
    warehouse(settings).load(documents(0, 80), run_id="after")
    assert state(settings) == loaded(80)


def test_an_earlier_state_can_be_read_again(settings: Settings) -> None:
    house = warehouse(settings)
    house.load(documents(0, 10), run_id="first")
    before = materialise(settings)
    with house._build_file() as con:
        assert snapshot_of(con) == before
        assert con.execute("select count(*) from raw.observation").fetchall() == [(20,)]
    edited = Draft("https://site-0.vn/0").says("schools", "99", "2021", unit_measure="school").item()
    page = PageOutcome("https://site-0.vn/x", "site", 404, "gone", "", None, None, None)
    house.load([edited, *documents(10, 20)], [page], run_id="second")
    after = materialise(settings)
    assert after > before and state(settings, before) == loaded(10)
    with lake.attached(settings, snapshot=before) as con:
        assert con.execute("select count(*) from raw.observation where obs_value = 99").fetchall() == [(0,)]
    with house._build_file() as con:
        assert con.execute("select count(*) from raw.article").fetchall() == [(21,)]
        assert con.execute("select count(*) from raw.observation where obs_value = 99").fetchall() == [(1,)]


def test_the_removal_list_reaches_the_lake(settings: Settings, tmp_path: Path) -> None:
    listed = tmp_path / "removals.yaml"
    listed.write_text(
        "- person: Trần Thị Thử\n  reason: asked\n  date: 2026-11-01\n"
        "- url: https://site-0.vn/1\n  reason: asked\n  date: 2026-11-01\n",
        encoding="utf-8",
    )
    removals = removals_of(settings.model_copy(update={"removals": listed}))
    named = Draft("https://site-0.vn/0", text="Bà Trần Thị Thử báo cáo.\n").says("schools", "4", "2021")
    warehouse(settings).load([named.item(), *documents(1, 3)], run_id="first")
    with tables.writing(settings) as con:
        gone = tables.in_turn(settings, None, lambda: take_out(con, removals))
        assert (gone.articles, gone.rows) == (1, 1)
        assert con.execute("select count(*) from raw.article where text like '%Thử%'").fetchall() == [(0,)]
        assert con.execute(_FITTING).fetchall() == [(3, 3)]
        assert tables.in_turn(settings, None, lambda: take_out(con, removals)).anything is False


def test_the_files_may_lie_in_s3(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with s3_server(monkeypatch) as endpoint:
        far = settings.model_copy(update={"lake_data": f"s3://{bucket(endpoint, tmp_path.name)}/lake"})
        warehouse(far).load(documents(0, 30), run_id="first")
        assert state(far) == loaded(30)
        with lake.attached(far) as con:
            files = con.execute("from ducklake_list_files('lake', 'observation', schema => 'raw')").fetchall()
        assert files and all(str(row[0]).startswith("s3://") for row in files)
    assert not (tmp_path / "data").exists()
