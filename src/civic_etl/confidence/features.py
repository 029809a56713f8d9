"""What a reading shows of how it came about, as words."""

from functools import lru_cache
from typing import Protocol

# few of all the readings that there could be are ever made
_KEPT = 4096


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


def features(reading: Reading) -> tuple[str, ...]:
    """The rules that fired, and what is known of indicator, place, period, measure, kind and unit; sorted."""
    shown = (
        f"measure:{reading.measure}",
        f"kind:{reading.value_kind}",
        f"unit:{reading.unit_measure}",
        f"place:{reading.ref_area.status}",
        *(("other",) if reading.indicator == "other" else ()),
        *(("part",) if reading.sub_area else ()),
        *(("undated",) if not reading.time_period else ()),
        *(("ambiguous",) if reading.number_ambiguous else ()),
    )
    return _in_order(reading.rules, shown)


@lru_cache(maxsize=_KEPT)
def _in_order(rules: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*shown, *(f"rule:{rule}" for rule in rules)}))
