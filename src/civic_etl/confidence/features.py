"""What a reading shows of how it came about, as words."""

from typing import Protocol


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
    found = {f"rule:{rule}" for rule in reading.rules}
    found |= {
        f"measure:{reading.measure}",
        f"kind:{reading.value_kind}",
        f"unit:{reading.unit_measure}",
        f"place:{reading.ref_area.status}",
    }
    told = {
        "other": reading.indicator == "other",
        "part": bool(reading.sub_area),
        "undated": not reading.time_period,
        "ambiguous": reading.number_ambiguous,
    }
    return tuple(sorted(found | {name for name, holds in told.items() if holds}))
