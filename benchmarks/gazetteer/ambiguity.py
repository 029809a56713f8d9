"""Names that several communes share: every commune of a day, named in a sentence with more and more beside it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from measure import EVE, table

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, REFORM, Unit

_KINDS = ("found", "ambiguous", "wrong")


def shared_names(gazetteer: Gazetteer) -> str:
    """One row a day and setting."""
    rows = []
    for day in (EVE, REFORM):
        communes = gazetteer.units_on(day, COMMUNE)
        shared = _share_of_shared_names(communes)
        for label, text, site in _settings(gazetteer, day):
            results = Counter(_outcome(gazetteer, unit, text(unit), site(unit), day) for unit in communes)
            rates = [f"{results[kind] / len(communes):.1%}" for kind in _KINDS]
            rows.append((label, day, f"{shared:.1%}", *rates))
    return table(("every commune, named with its type", "day", "share a name", *_KINDS), rows)


def _share_of_shared_names(communes: Sequence[Unit]) -> float:
    names = Counter(unit.core_name for unit in communes)
    return sum(count for count in names.values() if count > 1) / len(communes)


def _settings(
    gazetteer: Gazetteer, day: date
) -> Iterator[tuple[str, Callable[[Unit], str], Callable[[Unit], str | None]]]:
    def alone(unit: Unit) -> str:
        return f"Hội nghị tại {unit.type.lower()} {unit.core_name} bắt đầu."

    def province(unit: Unit) -> str:
        return gazetteer.full_name(gazetteer.ancestors(unit, day)[-1], day)

    def parent(unit: Unit) -> str:
        return gazetteer.full_name(gazetteer.ancestors(unit, day)[0], day)

    yield "nothing beside it", alone, lambda _: None
    yield "the province's site", alone, province
    if day < REFORM:
        yield "the district's site", alone, parent
    yield "its parent named after it", lambda unit: f"Hội nghị tại {gazetteer.full_name(unit, day)}.", lambda _: None


def _outcome(gazetteer: Gazetteer, unit: Unit, text: str, site: str | None, day: date) -> str:
    spans = gazetteer.find(text, day, site_area=site)
    if not spans or spans[0].status in {"ambiguous", "unlisted"}:
        return "ambiguous"
    return "found" if spans[0].unit == unit else "wrong"
