"""How the shipped table reads prose of days it does not hold exactly, judged by a history pack.

Run `python benchmarks/gazetteer/past.py DIR` with the folder of a pack; it prints markdown. Every third commune of a
day, as the pack has it, is named in a sentence; right is the pack's full name.
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from civic_etl.gazetteer.finding.loose import loose_key
from civic_etl.gazetteer.gazetteer import Gazetteer, shipped_gazetteer
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import COMMUNE, Unit

DAYS = (date(2012, 6, 1), date(2019, 6, 1), date(2022, 6, 1))
SETTINGS = ("nothing beside it", "the province's site", "the district's site", "its parents named after it")
KINDS = ("resolved, right", "unlisted, right", "unlisted, parents not all known", "ambiguous", "wrong")


def main() -> None:
    """Print one row a day and setting."""
    pack = Gazetteer.load(Path(sys.argv[1]))
    print(f"| day | named with | {' | '.join(KINDS)} |\n| --- | --- |{' --- |' * len(KINDS)}")
    for day in DAYS:
        communes = pack.units_on(day, COMMUNE)[::3]
        for setting in SETTINGS:
            counts = Counter(_outcome(pack, unit, day, setting) for unit in communes)
            print(f"| {day} | {setting} | {' | '.join(f'{counts[kind] / len(communes):.1%}' for kind in KINDS)} |")


def _outcome(pack: Gazetteer, unit: Unit, day: date, setting: str) -> str:
    right = pack.full_name(unit, day)
    own, *above = right.split(", ")
    sites = dict(zip(SETTINGS, (None, above[-1], ", ".join(above), None), strict=True))
    named = right if setting == SETTINGS[3] else own
    spans = shipped_gazetteer().find(f"Hội nghị tại {named} bắt đầu.", day, None, sites[setting])
    if not spans or spans[0].status == "ambiguous":
        return "ambiguous"
    found = spans[0].full_name
    # lists and tables spell names of the highlands in several ways
    if loose_key(name_key(found)) == loose_key(name_key(right)):
        return "resolved, right" if spans[0].status == "resolved" else "unlisted, right"
    # said without its district, or without any parent: too little, but nothing false
    less = {name_key(own), name_key(f"{own}, {above[-1]}")}
    return "unlisted, parents not all known" if name_key(found) in less and spans[0].unit is None else "wrong"


if __name__ == "__main__":
    main()
