"""Areas of the facts that are no figures: who acts, and the shortest name that tells a unit apart."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from civic_etl.extract.places import Places
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan


def area_of(span: PlaceSpan) -> RefArea:
    """The area a mention names; of a part of a commune the commune, where it is known."""
    if span.unit is not None:
        return RefArea(span.full_name, span.unit.unit_id, span.unit.code, "resolved")
    if span.status == "ambiguous" or not span.full_name:
        return RefArea(name="" if span.anaphor else span.text, status="ambiguous")
    return RefArea(span.full_name, None, None, "unlisted")


class Mentions:
    """The places named in one document, in text order."""

    def __init__(self, places: Places, end: int) -> None:
        self.all = places.spans_in(0, end)
        self._starts = [span.start for span in self.all]

    def within(self, start: int, end: int) -> list[PlaceSpan]:
        """Mentions that start inside [start, end)."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def full_names(self) -> list[str]:
        """Full names of all units named."""
        return [span.full_name for span in self.all if span.full_name and span.status != "part"]


def shortest(units: Iterable[str]) -> dict[str, str]:
    """Full names with their short forms: the unit alone, with its parent where two units of a text share a name."""
    alike: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        alike[unit.split(", ")[0]].add(unit)
    short: dict[str, str] = {}
    for name, fulls in alike.items():
        apart = _differ([frozenset(full.split(", ")[1:]) for full in fulls])
        short |= {full: ", ".join(full.split(", ")[:2]) if apart else name for full in fulls}
    return short


def _differ(parents: list[frozenset[str]]) -> bool:
    """Whether names with these parents are of two units: neither's parents are all among the other's."""
    return any(not (one <= other or other <= one) for i, one in enumerate(parents) for other in parents[:i])
