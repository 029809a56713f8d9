from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise, permutations
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.errors import WarehouseError
from civic_etl.extract.records import Unresolved
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.items import LoadItem, PageOutcome
from civic_etl.warehouse.load import load_batch, load_parquet
from civic_etl.warehouse.migrate import migrate

from .makers import VERSIONS, Draft


@pytest.fixture
def con(tmp_path: Path):
    connection = duckdb.connect(str(tmp_path / "build.duckdb"))
    migrate(connection)
    yield connection
    connection.close()


def load(con, *items: LoadItem, versions=VERSIONS, outcomes=()):
    return load_batch(con, items, run_id="r", versions=versions, outcomes=outcomes)


def dump(con, *tables: str) -> list[list[tuple]]:
    return [con.execute(f"select * from raw.{t} order by all").fetchall() for t in tables]


def refusals(con) -> list[tuple[int, str]]:
    """What the ledger says of each batch in the order of loading: documents, and why none of them went in."""
    return con.execute("select documents, refused_because from raw.load_ledger order by loaded_at").fetchall()


ALL = ("article", "sighting", "observation", "unresolved", "refusal", "page_outcome")


def budget(url="https://a.vn/1", value="9130000000", day=1, **other) -> LoadItem:
    fetched = datetime(2021, 2, day, 1, 0, tzinfo=UTC)
    return Draft(url, fetched_at=fetched, **other).says("budget_revenue", value, "2020").item()


def test_first_load_writes_and_second_says_no_change(con):
    first = load(con, budget())
    before = dump(con, *ALL)
    second = load(con, budget())
    assert (first.new, first.observations, first.changed) == (1, 1, True)
    assert (second.new, second.replaced, second.unchanged, second.changed) == (0, 0, 1, False)
    assert "no change" in second.summary()
    assert dump(con, *ALL) == before
    assert len(dump(con, "load_ledger")[0]) == 2


def test_values_survive_as_decimals(con):
    load(con, budget(value="12345678901234567890.123456"))
    (row,) = con.execute("select obs_value, breakdown, rules from raw.observation").fetchall()
    assert row == (Decimal("12345678901234567890.123456"), "{}", ["test"])


def test_new_versions_replace_the_facts_of_a_revision(con):
    load(con, budget())
    report = load(con, budget(), versions=replace(VERSIONS, extractor="e2"))
    assert (report.replaced, report.new) == (1, 0)
    assert con.execute("select extractor_version, count(*) from raw.article group by 1").fetchall() == [("e2", 1)]
    assert con.execute("select count(*) from raw.observation").fetchall() == [(1,)]


def test_an_edit_keeps_the_old_revision_and_a_return_to_it_is_seen(con):
    old, new, back = budget(day=1), budget(day=2, value="9500000000"), budget(day=3)
    load(con, old)
    assert load(con, new).switched == 1
    assert con.execute("select count(*) from raw.observation").fetchall() == [(2,)]
    report = load(con, back)
    assert (report.new, report.switched, report.changed) == (0, 1, True)


def test_a_fetch_read_anew_moves_to_the_new_reading(con):
    load(con, budget(title="Tổng kêt"))
    load(con, budget(title="Tổng kết"))
    assert con.execute("select count(distinct revision_id), count(*) from raw.sighting").fetchall() == [(1, 1)]
    assert con.execute("select count(*) from raw.article").fetchall() == [(2,)]


def test_order_of_batches_does_not_matter(tmp_path):
    batches = [budget(day=1), budget(day=2, value="1"), budget(day=3), budget(url="https://a.vn/2", day=2)]
    dumps = []
    for number, order in enumerate(permutations(batches)):
        if number % 5:
            continue
        con = duckdb.connect(str(tmp_path / f"{number}.duckdb"))
        migrate(con)
        for item in order:
            load(con, item)
        dumps.append(dump(con, *ALL))
        con.close()
    assert all(d == dumps[0] for d in dumps)


def test_one_batch_equals_many(con, tmp_path):
    items = [budget(url=f"https://a.vn/{n}", day=n % 3 + 1) for n in range(8)]
    load(con, *items)
    other = duckdb.connect(str(tmp_path / "other.duckdb"))
    migrate(other)
    for item in reversed(items):
        load(other, item)
    assert dump(con, *ALL) == dump(other, *ALL)
    other.close()


def test_repeats_are_kept_and_numbered(con):
    item = Draft("https://a.vn/r").says("population", "5", "2020").says("population", "5", "2020").item()
    load(con, item)
    rows = con.execute("select mention_no, observation_id from raw.observation order by 1").fetchall()
    assert [number for number, _ in rows] == [1, 2]
    assert rows[0][1] != rows[1][1]


def test_an_edit_elsewhere_keeps_the_key_of_an_observation(con):
    load(con, Draft("https://a.vn/k").says("population", "5", "2020").item())
    load(con, Draft("https://a.vn/k", text="Lời dẫn.\n").says("population", "5", "2020").item())
    rows = con.execute("select count(*), count(distinct observation_id) from raw.observation").fetchall()
    assert rows == [(2, 1)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_period": "năm 2020"}, "observations[0].time_period"),
        ({"time_period": "2020-02-30"}, "observations[0].time_period"),
        ({"char_end": 9999}, "observations[0].char_start"),
        ({"obs_value": Decimal("NaN")}, "observations[0].obs_value"),
        ({"obs_value": Decimal("1e33")}, "observations[0].obs_value"),
        ({"measure": "niveau"}, "observations[0].measure"),
    ],
)
def test_a_broken_document_is_kept_out_whole_and_named(con, change, field):
    broken = Draft("https://a.vn/bad").says("population", "5", "2020", **change).item()
    report = load(con, broken, budget())
    assert (report.refused, report.new) == (1, 1)
    assert con.execute("select url, field from raw.refusal").fetchall() == [("https://a.vn/bad", field)]
    assert load(con, broken).changed is False
    mended = Draft("https://a.vn/bad").says("population", "5", "2020").item()
    load(con, mended)
    assert con.execute("select count(*) from raw.refusal").fetchall() == [(0,)]


def test_naive_time_and_foreign_text_are_refused(con):
    item = budget()
    naive = replace(item, article=replace(item.article, published=datetime(2021, 1, 1)))  # noqa: DTZ001
    foreign = replace(item, article=replace(item.article, text="khác"))
    assert load(con, naive).refusals[0].field == "published"
    assert load(con, foreign).refusals[0].field == "document.text"


def test_nothing_of_a_batch_stays_when_it_fails(con):
    con.execute("drop table raw.unresolved")
    lost = Unresolved("d", "no period", "", 0, 1, "x")
    item = replace(budget(), extraction=replace(budget().extraction, unresolved=(lost,)))
    with pytest.raises(WarehouseError, match="refused whole"):
        load(con, item)
    assert con.execute("select count(*) from raw.article").fetchall() == [(0,)]
    ((documents, why),) = refusals(con)
    assert documents == 0
    assert why


def test_page_states(con):
    def seen(day: int, outcome: str) -> PageOutcome:
        return PageOutcome("https://a.vn/x", "a", 404, outcome, "", datetime(2021, 2, day, tzinfo=UTC))  # type: ignore[arg-type]

    assert load(con, outcomes=[seen(1, "gone")]).outcomes_changed == 1
    assert load(con, outcomes=[seen(2, "gone"), seen(2, "unchanged")]).changed is False
    assert load(con, outcomes=[seen(3, "parse_failed")]).outcomes_changed == 1


def test_a_row_that_no_column_can_hold_refuses_the_batch_and_is_named(con):
    item = budget(url="https://a.vn/odd")
    odd = replace(item, article=replace(item.article, family=7))  # type: ignore[arg-type]
    with pytest.raises(WarehouseError, match=r"refused whole: 7 of https://a.vn/odd is no string.*field family"):
        load(con, budget(), odd)
    assert dump(con, *ALL) == [[] for _ in ALL]
    ((_, why),) = refusals(con)
    assert why == "7 of https://a.vn/odd is no string (row 1, field family)"
    load(con, budget())
    assert refusals(con) == [(0, why), (1, "")]


def test_half_a_character_is_refused_with_its_document(con):
    item = Draft("https://a.vn/half", title="Tổng kết \ud83d").says("population", "5", "2020").item()
    report = load(con, item, budget())
    assert (report.refused, report.new, report.refusals[0].field) == (1, 1, "title")


def raw_tables(con, folder: Path, tables) -> dict[str, Path]:
    """The raw tables as Parquet files."""
    for name in tables:
        con.execute(f"copy (select * from raw.{name}) to '{folder / name}.parquet' (format parquet)")
    return {name: folder / f"{name}.parquet" for name in tables}


def test_parquet_in_the_raw_layout_loads_like_the_documents_it_came_from(con, tmp_path):
    items = [budget(url=f"https://a.vn/{n}", day=n % 3 + 1) for n in range(8)]
    load(con, *items)
    files = raw_tables(con, tmp_path, ("article", "sighting", *FACT_TABLES))
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        migrate(other)
        load(other, *items[:3])
        report = load_parquet(other, files, run_id="p", versions=VERSIONS)
        assert (report.new, report.unchanged, report.observations) == (5, 3, 5)
        assert load_parquet(other, files, run_id="p", versions=VERSIONS).changed is False
        assert dump(con, *ALL) == dump(other, *ALL)


def test_parquet_with_a_revision_twice_is_refused_whole(con, tmp_path):
    load(con, budget())
    con.execute("insert into raw.article select * from raw.article")
    files = raw_tables(con, tmp_path, ("article", "sighting"))
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        migrate(other)
        with pytest.raises(WarehouseError, match=r"refused whole: revision [0-9a-f]{16} comes twice"):
            load_parquet(other, files, run_id="p", versions=VERSIONS)
        assert other.execute("select count(*) from raw.article").fetchall() == [(0,)]
        ((_, why),) = refusals(other)
        assert "comes twice in one batch (field article.revision_id)" in why


def test_the_ledger_says_which_versions_read_a_batch(con):
    load_batch(con, [budget()], run_id="night", versions=VERSIONS, batch_no=3)
    (row,) = con.execute(
        "select run_id, batch_no, documents, new, observations, parser_version, extractor_version, catalogue_version, "
        "gazetteer_version from raw.load_ledger"
    ).fetchall()
    assert row == ("night", 3, 1, 1, 1, "p1", "e1", "c1", "g1")


def days() -> list[LoadItem]:
    """Three articles through four days: edits, a return to what was said before, one read by newer versions."""
    pages = [("https://a.vn/1", day, value) for day, value in ((1, "7"), (2, "8"), (3, "7"), (4, "9"))]
    pages += [("https://a.vn/2", day, value) for day, value in ((1, "7"), (3, "7"))]
    pages += [("https://a.vn/3", 2, "5")]
    return [budget(url=url, day=day, value=value) for url, day, value in pages]


@given(order=st.permutations(range(7)), cuts=st.sets(st.integers(1, 6)), again=st.integers(0, 6))
@settings(max_examples=15, deadline=None)
def test_any_order_and_any_batches_give_the_same_tables(order, cuts, again):
    """Incremental nights, a backfill of a range, one great batch, a batch twice: the same rows in the end."""
    items = days()
    with duckdb.connect() as con, duckdb.connect() as other:
        migrate(con)
        for item in items:
            load(con, item)
        migrate(other)
        edges = [0, *sorted(cuts), len(items)]
        for first, last in pairwise(edges):
            load(other, *(items[number] for number in order[first:last]))
        load(other, items[again])
        assert dump(other, *ALL) == dump(con, *ALL)
