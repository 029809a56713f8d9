"""Other spellings of the names of communes and districts, as official lists have had them."""

from functools import lru_cache

import yaml

from civic_etl.gazetteer.keys import name_keys
from civic_etl.gazetteer.tables import DATA
from civic_etl.gazetteer.units import PROVINCE, REFORM, Unit

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def other_spellings() -> dict[str, str]:
    """Another spelling of a name by the code of its commune or district, for those of before 2025-07-01."""
    found: dict[str, str] = yaml.load((DATA / "spellings.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    return found


def other_keys(unit: Unit) -> tuple[str, ...]:
    """Keys of the other spelling of a unit's name; none for most."""
    other = other_spellings().get(unit.code) if unit.level > PROVINCE and unit.valid_from < REFORM else None
    return () if other is None else name_keys(other)
