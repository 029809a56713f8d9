"""A unit of the site or the title under a name that the table lacks: cut short, or with the wrong marks."""

from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import Unit
from civic_etl.vietnamese.fold import fold_ascii


def own_unit(mention: Mention, gazetteer: Gazetteer, context: Context) -> Unit | None:
    """The one unit of the site, or of what was read before, that a name of no unit near may stand for.

    `xã Hòa`, `xã Hòa Tiên` on the site of xã Hòa Tiến.
    """
    if mention.kind != "typed" or mention.key.isdigit():
        return None
    known = [other.unit for other in (*context.site, *context.prelude) if other.unit is not None]
    meant = {unit.unit_id: unit for unit in known if unit.type in mention.types and _alike(mention.key, unit)}
    if len(meant) != 1:
        return None
    (unit,) = meant.values()
    if mention.inside is not None and mention.inside.unit not in gazetteer.ancestors(unit, context.day):
        return None
    namesakes = (other for other in gazetteer.named(mention.key) if other.level == unit.level)
    return None if any(other.province_code == unit.province_code for other in namesakes) else unit


def _alike(key: str, unit: Unit) -> bool:
    """Whether a name begins like a unit's, or has its letters without the marks."""
    own = name_key(unit.core_name)
    return own.startswith(f"{key} ") or (" " in own and fold_ascii(own) == fold_ascii(key))
