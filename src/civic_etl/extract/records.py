"""What extraction reads and what it yields; field names are those of SDMX."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Measure = Literal["level", "share", "plan_ratio", "plan_change", "prior_ratio", "change", "change_pct", "multiple"]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]
ValueKind = Literal["actual", "estimate", "target"]
AreaStatus = Literal["resolved", "ambiguous", "unlisted", "unknown"]


@dataclass(frozen=True, slots=True)
class Document:
    """The article as extraction sees it.

    `site_area` names the unit whose site published it ("thành phố Bắc Kạn, tỉnh Bắc Kạn"). Offsets of everything
    extracted count Python characters of `text`.
    """

    doc_id: str
    text: str
    title: str = ""
    url: str = ""
    published: date | None = None
    site_area: str | None = None


@dataclass(frozen=True, slots=True)
class RefArea:
    """The admin unit a fact is about, as it was on the article's date.

    `area_id` is the gazetteer's `<level>-<code>-<valid_from>`; None unless `status` is `resolved`. `name` runs from the
    unit up ("phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn") and is given for `unlisted` units too: named by the
    text with their type, absent from the gazetteer.
    """

    name: str = ""
    area_id: str | None = None
    code: str | None = None
    status: AreaStatus = "unknown"


@dataclass(frozen=True, slots=True)
class Observation:
    """One number the article asserts about one indicator of one place, for one period, of one kind.

    Values are in the base unit `unit_measure`; a fall is negative. `char_start`/`char_end` span the number with its
    comparator and unit, `evidence_start`/`evidence_end` the sentence. `rules` names the rules that fired, in order;
    `confidence` is the share of observations so read that were right in all, in articles that no rule had been written
    against. `number_ambiguous` marks a group of three digits that could be thousands or decimals.
    """

    doc_id: str
    ref_area: RefArea
    sub_area: str
    indicator: str
    indicator_text: str
    breakdown: tuple[tuple[str, str], ...]
    measure: Measure
    obs_value: Decimal
    obs_value_upper: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit_measure: str
    comparator: Comparator
    time_period: str
    value_kind: ValueKind
    char_start: int
    char_end: int
    quote: str
    evidence_start: int
    evidence_end: int
    evidence: str
    rules: tuple[str, ...] = ()
    confidence: float = 0.0
    number_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A person named in a public office."""

    doc_id: str
    person: str
    office: str
    unit: str
    char_start: int
    char_end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated meeting or occasion; `event_date` is its last day, None where the text does not date it."""

    doc_id: str
    kind: str
    event_date: date | None
    place: str
    ref_area: RefArea
    char_start: int
    char_end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Distinction:
    """A named title or rating given to a unit."""

    doc_id: str
    title: str
    holder: str
    ref_area: RefArea
    year: int | None
    char_start: int
    char_end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result stated without a number: `exceeded`, `met`, `missed`, or `none_left`."""

    doc_id: str
    indicator: str
    indicator_text: str
    outcome: Literal["exceeded", "met", "missed", "none_left"]
    ref_area: RefArea
    time_period: str
    char_start: int
    char_end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A candidate that was not turned into a fact, with the reason."""

    doc_id: str
    reason: str
    detail: str
    char_start: int
    char_end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields."""

    document: Document
    observations: tuple[Observation, ...] = ()
    offices: tuple[OfficeMention, ...] = ()
    events: tuple[Event, ...] = ()
    distinctions: tuple[Distinction, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    unresolved: tuple[Unresolved, ...] = field(default=())
