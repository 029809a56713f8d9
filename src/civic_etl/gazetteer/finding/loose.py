"""Names whose spelling is not settled: those of the Central Highlands, and of districts written with a slip."""

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from civic_etl.gazetteer.finding.lexicon import lexicon
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import COMMUNE
from civic_etl.vietnamese.fold import fold_ascii

if TYPE_CHECKING:
    from civic_etl.gazetteer.gazetteer import Gazetteer


def loose_key(key: str) -> str:
    """A `name_key` without marks and blanks: `krongbuk` for both `krông búk` and `krông buk`."""
    return fold_ascii(key).replace(" ", "")


@lru_cache(maxsize=4)
def loose_names(gazetteer: "Gazetteer") -> dict[tuple[int, str], str]:
    """The one `name_key` of a level and `loose_key`, of provinces, districts and communes of the highlands.

    Among communes of the plains a mark makes another name (Sơn Hà, Sơn Hạ), so they are not in it.
    """
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    firsts = lexicon().words["highlands"]
    for unit in gazetteer.units:
        key = name_key(unit.core_name)
        if unit.level < COMMUNE or key.split(" ", 1)[0] in firsts:
            found[unit.level, loose_key(key)].add(key)
    return {loose: next(iter(keys)) for loose, keys in found.items() if len(keys) == 1}
