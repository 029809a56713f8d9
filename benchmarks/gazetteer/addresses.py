"""Addresses: those of the wheel's own page, and lists of them in files."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

from measure import EVE, code_of, parsed, seconds, share, table

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import COMMUNE, REFORM

_ADDRESS = re.compile(r"^\s*(?:address = )?'([^']*,[^']*)',?(?:\s*#.*)?$", re.MULTILINE)
_TYPE = re.compile(r"^(?:thành phố|thị trấn|thị xã|phường|huyện|quận|tỉnh|xã) ")
_EVERY = 4


def page_addresses(gazetteer: Gazetteer) -> str:
    """The addresses that the wheel's page gives as examples; right is what its own parser makes of them."""
    found = list(dict.fromkeys(_published()))
    written_out = [address for address in found if any(c.isupper() for c in address.split(",", 1)[1])]
    our_time = seconds(lambda address: gazetteer.find(address, EVE), found)
    their_time = seconds(lambda address: parsed(address, EVE), found)
    rows = [
        ("read as its parser reads them", len(found), share(found, lambda a: _agrees(gazetteer, a)), "100%"),
        ("of these with capitals", len(written_out), share(written_out, lambda a: _agrees(gazetteer, a)), "100%"),
        ("time per address, relative", len(found), 1, f"{their_time / our_time:.1f}"),
    ]
    return table(("addresses of the wheel's page", "cases", "civic-etl", "vietnamadminunits"), rows)


def _published() -> Iterator[str]:
    page = str(metadata("vietnamadminunits").json["description"])
    for match in _ADDRESS.finditer(page):
        yield match.group(1)


def _agrees(gazetteer: Gazetteer, address: str) -> bool:
    right = {parsed(address, EVE), parsed(address, REFORM)} - {None}
    ours = {code_of(span.unit) for day in (EVE, REFORM) for span in gazetteer.find(address, day) if span.unit}
    return bool(ours & right)


def listed_addresses(gazetteer: Gazetteer, path: Path) -> str:
    """Every fourth address of a CSV file with the columns ward, district, province, each tool on the day of its list.

    Right is the commune of 2025-06-30 whose name and parents are the three names; judged where there is just one.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row[name].strip() for name in ("ward", "district", "province")) for row in csv.DictReader(file)]
    rows = rows[::_EVERY]
    due = {row: _commune(gazetteer, row) for row in rows}
    judged = [row for row in due if due[row] is not None]
    texts = {row: ", ".join(row) for row in judged}
    ours = Counter(_outcome(_read(gazetteer, texts[row]), due[row]) for row in judged)
    theirs = Counter(_outcome(parsed(texts[row], EVE), due[row]) for row in judged)
    our_time = seconds(lambda row: _read(gazetteer, texts[row]), judged)
    their_time = seconds(lambda row: parsed(texts[row], EVE), judged)
    shares = [(kind, f"{ours[kind] / len(judged):.1%}", f"{theirs[kind] / len(judged):.1%}") for kind in _KINDS]
    lacking = [row for row in due if due[row] is None]
    invented = Counter(_outcome(_read(gazetteer, ", ".join(row)), None) for row in lacking)
    body = [*shares, ("time per address, relative", 1, f"{their_time / our_time:.1f}")]
    none = f"{invented['none'] / max(1, len(lacking)):.1%}"
    note = (
        f"\n{len(judged)} of {len(due)} addresses name a commune of that day as they stand. The other {len(lacking)} "
        f"name older units, or spell them otherwise; civic-etl leaves {none} of them without a commune.\n"
    )
    return table((path.stem, "civic-etl", "vietnamadminunits"), body) + note


_KINDS = ("right", "none", "another")


def _read(gazetteer: Gazetteer, address: str) -> tuple[int, str] | None:
    """As prose where types are written; a bare name is looked up."""
    spans = gazetteer.find(address, EVE)
    if spans and spans[0].level == COMMUNE:
        return code_of(spans[0].unit)
    return code_of(gazetteer.by_full_name(address, EVE))


def _outcome(found: tuple[int, str] | None, due: tuple[int, str] | None) -> str:
    if found is None or found[0] < COMMUNE:
        return "none"
    return "right" if found == due else "another"


def _commune(gazetteer: Gazetteer, names: tuple[str, ...]) -> tuple[int, str] | None:
    keys = [name_key(name) for name in names]
    found = []
    for unit in gazetteer.named(_TYPE.sub("", keys[0])):
        line = [unit, *gazetteer.ancestors(unit, EVE)]
        if unit.level == COMMUNE and unit.on(EVE) and all(map(_called, line, keys)):
            found.append(unit)
    return code_of(found[0]) if len(found) == 1 else None


def _called(unit: object, key: str) -> bool:
    own, core = name_key(unit.name), name_key(unit.core_name)  # type: ignore[attr-defined]
    return key in (own, core)
