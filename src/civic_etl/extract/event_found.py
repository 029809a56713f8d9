"""The events that were found, and what is near what."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from civic_etl.extract.event_days import Day
from civic_etl.extract.event_kinds import Cue
from civic_etl.extract.layout import Sentence
from civic_etl.extract.records import RefArea

# a page comes out so soon behind what it tells of
_NEAR = timedelta(days=3)
# so kinds begin that may last several days, each told for itself
_LASTING = ("đại hội", "kỳ họp")
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


def by_last_day(found: list[Found]) -> list[Found]:
    """The events, each that is told day after day ("sáng 7/5 họp phiên trù bị ... ngày 8/5 phiên chính thức") once."""
    kept: list[Found] = []
    for event in found:
        before = next((each for each in kept if _goes_on(each, event)), None)
        if before is None:
            kept.append(event)
        elif event.day is not None and before.day is not None and event.day.last > before.day.last:
            kept[kept.index(before)] = replace(before, day=event.day)
    return kept


def _goes_on(earlier: Found, event: Found) -> bool:
    if earlier.day is None or event.day is None or not event.kind.startswith(_LASTING):
        return False
    same = earlier.kind == event.kind and earlier.area.name == event.area.name
    return same and abs(event.day.last - earlier.day.last) <= _NEAR


def without_echoes(found: list[Found]) -> list[Found]:
    """The events without those told of twice: once without a day, or by the article's own ("hội nghị hôm nay")."""
    dated = {(event.kind, event.area.name) for event in found if event.day is not None}
    kept: list[Found] = []
    for event in found:
        day = event.day
        if day is None and (event.kind, event.area.name) in dated:
            continue
        if day is not None and day.relative:
            alike = [
                e.day for e in kept if e.kind == event.kind and e.area.name == event.area.name and e.day is not None
            ]
            if any(abs(day.last - earlier.last) <= _NEAR for earlier in alike):
                continue
        kept.append(event)
    return kept


def between(items: list[Item], start: int, end: int) -> list[Item]:
    """The items that start inside [start, end); they are sorted by start."""
    low = bisect_left(items, start, key=_start)
    return items[low : bisect_left(items, end, lo=low, key=_start)]


def _start(item: Cue | Day) -> int:
    return item.start
