"""What a reading shows of how it came about, alone and among the others of its page, as words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from civic_etl.confidence.shapes import period_shape

_UNNAMED = "other"
# shares of a page's readings
_OTHERS = (0.05, 0.15, 0.3, 0.5)
# words between the beginning of a sentence and the figure
_LENGTHS = (8, 20, 40, 80)
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Area(Protocol):
    @property
    def status(self) -> str: ...


class Reading(Protocol):
    """The part of an observation that says how sure it is."""

    @property
    def ref_area(self) -> _Area: ...
    @property
    def sub_area(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def value_kind(self) -> str: ...
    @property
    def unit_measure(self) -> str: ...
    @property
    def time_period(self) -> str: ...
    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def number_ambiguous(self) -> bool: ...
    @property
    def char_start(self) -> int: ...
    @property
    def evidence_start(self) -> int: ...


class Page(Protocol):
    """The article that readings are of."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def published(self) -> date | None: ...


def features(page: Page, readings: Sequence[Reading]) -> list[tuple[str, ...]]:
    """What each reading of a page shows: how it was read, what of, how it is dated, how many others name no indicator.

    Sorted. The order of the readings makes no difference.
    """
    unnamed = sum(reading.indicator == _UNNAMED for reading in readings)
    others = f"others:{_step(unnamed / max(1, len(readings)), _OTHERS)}"
    return [tuple(sorted({*_of_itself(reading), *_dated(page, reading), others})) for reading in readings]


def _of_itself(reading: Reading) -> Iterator[str]:
    yield f"measure:{reading.measure}"
    yield f"kind:{reading.value_kind}"
    yield f"unit:{reading.unit_measure}"
    yield f"place:{reading.ref_area.status}"
    yield f"code:{reading.indicator}"
    for rule in reading.rules:
        yield f"rule:{rule}"
    if reading.sub_area:
        yield "part"
    if reading.number_ambiguous:
        yield "ambiguous"


def _dated(page: Page, reading: Reading) -> Iterator[str]:
    """The shape of a reading's time, beside the article's day; whether its year was told, and how far it is to that."""
    period, published = reading.time_period, page.published.isoformat() if page.published else ""
    shape = period_shape(period)
    yield f"period:{shape}"
    beside = "same" if period[:4] == published[:4] else "before" if period[:4] < published[:4] else "ahead"
    yield f"period:{shape}:{beside}"
    if period and period == published:
        yield "period:of-article"
    words = page.text[reading.evidence_start : reading.char_start]
    if period[:4] in _YEAR.findall(words):
        yield "year:sentence"
    elif period[:4] in page.title:
        yield "year:title"
    yield f"length:{_step(len(words.split()), _LENGTHS)}"


def _step(value: float, edges: Sequence[float]) -> int:
    """Between which edges a value lies."""
    return sum(value >= edge for edge in edges)
