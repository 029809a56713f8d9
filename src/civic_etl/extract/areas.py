"""Areas of the facts that are no figures: who acts, and the shortest name that tells a unit apart."""

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
        return RefArea(name=span.text, status="ambiguous")
    return RefArea(span.full_name, None, None, "unlisted")


def named_areas(places: Places, end: int) -> list[str]:
    """Full names of all units that a text of a length names."""
    return [span.full_name for span in places.spans_in(0, end) if span.full_name and span.status != "part"]


def shortest(units: Iterable[str]) -> dict[str, str]:
    """Full names with their short forms: the unit alone, with its parent where two units of a text share a name."""
    alike: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        alike[unit.split(", ")[0]].add(unit)
    short: dict[str, str] = {}
    for name, fulls in alike.items():
        apart = len({full.split(", ", 1)[-1] for full in fulls if ", " in full}) > 1
        short |= {full: ", ".join(full.split(", ")[:2]) if apart else name for full in fulls}
    return short
