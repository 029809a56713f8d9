"""One warehouse with one release, built once: dbt takes seconds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from civic_etl.extract.records import Distinction, Event, OfficeMention, Outcome, Unresolved
from civic_etl.settings import Settings
from civic_etl.warehouse.items import LoadItem, PageOutcome, SourceInfo
from civic_etl.warehouse.warehouse import Finished, Warehouse

from .country import small_country
from .makers import BAC_KAN, DUC_XUAN, HUYEN_TUNG, SONG_CAU, VERSIONS, Draft

SOURCES = [SourceInfo("backan", "Thành phố Bắc Kạn", area="thành phố Bắc Kạn, tỉnh Bắc Kạn", cadence_days=30)]
RATE = {"measure": "share", "unit_measure": "percent"}
HOUSEHOLD = {"unit_measure": "household"}


def documents() -> list[LoadItem]:
    """Two years of three communes and their city, with a target, a conflict, an edit and every kind of fact."""
    seen = datetime(2022, 3, 1, tzinfo=UTC)
    review = Draft("https://backan.vn/1", date(2021, 1, 22))
    review.says("households", "1000", "2020", **HOUSEHOLD).says("poor_household_rate", "0.07", "2020", **RATE)
    review.says("budget_revenue", "9130000000", "2021", value_kind="target")
    later = Draft("https://backan.vn/2", date(2022, 1, 5), fetched_at=seen)
    for area, households, revenue in ((DUC_XUAN, 1020, 95), (SONG_CAU, 980, 80), (HUYEN_TUNG, 500, 40)):
        later.says("households", str(households), "2021", area, **HOUSEHOLD)
        later.says("budget_revenue", f"{revenue}00000000", "2021", area)
    paper = Draft("https://bao.vn/3", date(2021, 12, 30), source="bao", site_area=None, fetched_at=seen)
    paper.says("budget_revenue", "9900000000", "2021").says("budget_revenue", "25000000000", "2021", BAC_KAN)
    edited = [
        Draft("https://backan.vn/4", fetched_at=seen.replace(day=day)).says("schools", n, "2021", unit_measure="school")
        for day, n in ((2, "4"), (3, "5"))
    ]
    spots = {"doc_id": "1", "char_start": 0, "char_end": 4, "evidence": "câu"}
    facts = {
        "offices": (OfficeMention(person="Nguyễn Văn A", office="Chủ tịch UBND", unit="thành phố Bắc Kạn", **spots),),
        "events": (Event(kind="tổng kết", event_date=date(2021, 1, 22), place="", ref_area=DUC_XUAN, **spots),),
        "distinctions": (Distinction(title="Trong sạch", holder="Đảng bộ", ref_area=DUC_XUAN, year=2020, **spots),),
        "outcomes": (
            Outcome(
                indicator="budget_revenue",
                indicator_text="thu",
                outcome="exceeded",
                ref_area=DUC_XUAN,
                time_period="2020",
                **spots,
            ),
        ),
        "unresolved": (Unresolved(reason="no period", detail="", **spots),),
    }
    return [review.item(**facts), later.item(), paper.item(), *(draft.item() for draft in edited)]


def pages() -> list[PageOutcome]:
    """A page that could not be read and one that is gone."""
    seen = datetime(2022, 3, 3, tzinfo=UTC)
    return [
        PageOutcome("https://backan.vn/bad", "backan", 200, "parse_failed", "no readable text", seen),
        PageOutcome("https://backan.vn/old", "backan", 404, "gone", "", seen),
    ]


def a_warehouse(home: Path, **settings: object) -> Warehouse:
    """A warehouse on the small country."""
    found = Settings(home=home, **settings)  # type: ignore[arg-type]
    return Warehouse(found, gazetteer=small_country(), sources=SOURCES, versions=VERSIONS)


@dataclass
class Built:
    warehouse: Warehouse
    finished: Finished


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A warehouse with one release; tests must not load into it."""
    warehouse = a_warehouse(tmp_path_factory.mktemp("built"))
    warehouse.load(documents(), pages(), run_id="first")
    yield Built(warehouse, warehouse.finish(run_id="first"))


def broken(item: LoadItem) -> LoadItem:
    """The item with an observation whose period cannot be."""
    first, *rest = item.extraction.observations
    observations = (replace(first, time_period="khi nào"), *rest)
    return replace(item, extraction=replace(item.extraction, observations=observations))
