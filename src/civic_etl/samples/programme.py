"""What is published where and when: the programme of the two sites."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import StringIO

import yaml

from civic_etl.samples.places import DATA, Place, places


@dataclass(frozen=True, slots=True)
class Site:
    """A sample site. `forbidden` is the folder that its robots.txt closes, `secret` the page that lies in it."""

    key: str
    family: str
    title: str
    area: str
    level: str
    crawl_delay: float
    forbidden: str
    secret: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be told. `year` is the year it reports on; `number` its id in the CMS."""

    site: str
    number: int
    template: str
    place: Place
    other: Place | None
    year: int
    event: date
    published: datetime
    session: str
    ordinal: str
    council_term: str

    @property
    def is_noise(self) -> bool:
        """Whether it holds no figures."""
        return self.template.startswith("noise/")


@cache
def sites() -> dict[str, Site]:
    """The sites by key."""
    rows = yaml.safe_load((DATA / "sites.yaml").read_text(encoding="utf-8"))
    return {key: Site(key=key, **(row | {"authors": tuple(row["authors"])})) for key, row in rows.items()}


@cache
def programme() -> tuple[Entry, ...]:
    """All entries, by site and time."""
    rows = csv.DictReader(StringIO((DATA / "programme.csv").read_text(encoding="utf-8")))
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        site=row["site"],
        number=int(row["number"]),
        template=row["template"],
        place=places()[row["place"]],
        other=places()[row["other"]] if row["other"] else None,
        year=int(row["year"]),
        event=date.fromisoformat(row["event"]),
        published=datetime.fromisoformat(row["published"]),
        session=row["session"],
        ordinal=row["ordinal"],
        council_term=row["council_term"],
    )
