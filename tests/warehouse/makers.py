"""Records written by hand, the way parse and extract hand them on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from civic_etl.extract.records import Document, Extraction, Observation, RefArea
from civic_etl.parse.article import Article
from civic_etl.warehouse.items import Fetched, LoadItem, Versions

VERSIONS = Versions(parser="p1", extractor="e1", catalogue="c1", gazetteer="g1")
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

DUC_XUAN = RefArea(
    name="phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn", area_id="3-01840-20040831", code="01840", status="resolved"
)
SONG_CAU = RefArea(
    name="phường Sông Cầu, thành phố Bắc Kạn, tỉnh Bắc Kạn", area_id="3-01837-20040831", code="01837", status="resolved"
)
HUYEN_TUNG = RefArea(
    name="phường Huyền Tụng, thành phố Bắc Kạn, tỉnh Bắc Kạn",
    area_id="3-01846-20150312",
    code="01846",
    status="resolved",
)
BAC_KAN = RefArea(name="thành phố Bắc Kạn, tỉnh Bắc Kạn", area_id="2-058-20150312", code="058", status="resolved")


@dataclass
class Draft:
    """A document in the making: each fact writes its own sentence into the text."""

    url: str
    published: date = date(2021, 1, 22)
    title: str = "Tổng kết công tác"
    source: str | None = "backan"
    site_area: str | None = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
    fetched_at: datetime | None = datetime(2021, 2, 1, 1, 0, tzinfo=UTC)
    text: str = ""
    observations: list[Observation] = field(default_factory=list)

    def says(self, indicator: str, value: str, period: str, area: RefArea = DUC_XUAN, **other: Any) -> "Draft":
        """Add a sentence and the observation it makes."""
        quote = value.replace(".", ",")
        sentence = f"{indicator} {quote} {period}."
        start = len(self.text)
        self.text += sentence + "\n"
        number = start + len(indicator) + 1
        fields: dict[str, Any] = {
            "doc_id": self.url,
            "ref_area": area,
            "sub_area": "",
            "indicator": indicator,
            "indicator_text": indicator,
            "breakdown": (),
            "measure": "level",
            "obs_value": Decimal(value),
            "obs_value_upper": None,
            "numerator": None,
            "denominator": None,
            "unit_measure": "VND",
            "comparator": "eq",
            "time_period": period,
            "value_kind": "actual",
            "char_start": number,
            "char_end": number + len(quote),
            "quote": quote,
            "evidence_start": start,
            "evidence_end": start + len(sentence),
            "evidence": sentence,
            "rules": ("test",),
            "confidence": 0.9,
        }
        self.observations.append(Observation(**(fields | other)))
        return self

    def item(self, **facts: Any) -> LoadItem:
        """The finished item; `facts` are further fields of Extraction."""
        text = self.text or "Không có số liệu."
        published = datetime.combine(self.published, datetime.min.time(), VIETNAM)
        article = Article(
            url=self.url,
            canonical_url=self.url,
            title=self.title,
            text=text,
            published=published,
            date_source="argument",
            parser_version="p1",
            site_area=self.site_area,
            source=self.source,
        )
        document = Document(doc_id=self.url, text=text, title=self.title, url=self.url, published=self.published)
        fetched = None
        if self.fetched_at is not None:
            fetched = Fetched(self.url, 200, self.fetched_at, "sha256:0", "urn:1", "backan/2021-02-0000.warc.gz", 10)
        return LoadItem(article, Extraction(document, tuple(self.observations), **facts), fetched)
