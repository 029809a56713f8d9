"""The events that were found, and what is near what."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeVar

from civic_etl.extract.event_days import Day
from civic_etl.extract.event_kinds import Cue
from civic_etl.extract.layout import Sentence
from civic_etl.extract.records import RefArea

_SITTINGS = frozenset({"hội nghị", "họp UBND"})
Item = TypeVar("Item", Cue, Day)


@dataclass(frozen=True, slots=True)
class Found:
    """An event with its day and area; `start` and `end` span its words and its day."""

    kind: str
    day: Day | None
    area: RefArea
    start: int
    end: int
    sentence: Sentence


def without_sittings(found: list[Found]) -> list[Found]:
    """The events without single sittings of one that lasts several days ("trong phiên họp ngày 17/12")."""
    kept: list[Found] = []
    for event in found:
        day = event.day
        longer = [e.day for e in kept if e.day is not None and e.area.name == event.area.name and e.kind != event.kind]
        if event.kind in _SITTINGS and day is not None and any(day.last in d.each for d in longer):
            continue
        kept.append(event)
    return kept


def between(items: list[Item], start: int, end: int) -> list[Item]:
    """The items that start inside [start, end); they are sorted by start."""
    low = bisect_left(items, start, key=_start)
    return items[low : bisect_left(items, end, lo=low, key=_start)]


def _start(item: Cue | Day) -> int:
    return item.start
