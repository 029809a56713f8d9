"""A unit that the text names with its type and the table lacks on that day: its name, and the parent that is known."""

from civic_etl.gazetteer.finding.candidates import Candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.outcome import leave_resolved
from civic_etl.gazetteer.finding.own_units import own_unit
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, REFORM, Unit

# what kind of unit a kind never lies in
_NEVER_HOLDS = {"xã": "Quận", "thị trấn": "Quận", "phường": "Huyện"}


def leave_unlisted(mention: Mention, gazetteer: Gazetteer, context: Context, reason: str, above: str = "") -> None:
    """Settle a mention as unlisted, below the full name given or that of the nearest unit that may be its parent.

    As the site's or the title's own unit, where the name is that one's, written otherwise.
    """
    own = own_unit(mention, gazetteer, context)
    if own is not None:
        leave_resolved(
            mention, own, Candidates([own]), context, f"{reason}; the site's or the title's, written otherwise"
        )
        return
    mention.status, mention.unit, mention.candidates = "unlisted", None, ()
    mention.reason = reason
    named = f"{mention.word or 'xã'} {_written(mention)}"
    mention.full_name = named
    above = above or _above(mention, gazetteer, context)
    if above:
        mention.full_name = f"{named}, {above}"


def _above(mention: Mention, gazetteer: Gazetteer, context: Context) -> str:
    if mention.inside is not None and mention.inside.full_name:
        return mention.inside.full_name
    level = mention.levels[-1]
    wanted = level - 1 if context.day < REFORM or mention.former else 1
    scopes = [
        unit
        for scope in context.scopes(mention, everywhere=False)
        for unit in [scope, *gazetteer.ancestors(scope, context.day)]
    ]
    scopes = [unit for unit in scopes if unit.on(context.day) and unit.type != _NEVER_HOLDS.get(mention.word)]
    parent = _first(scopes, wanted)
    home = context.home_district() if level == COMMUNE and wanted == DISTRICT else None
    if parent is None and home is not None:
        return home.full_name
    if parent is None and wanted == DISTRICT:
        # the district of a heading above
        around = [unit for unit in context.scopes(mention) if unit.on(context.day)]
        parent = _first([unit for unit in around if unit.type != _NEVER_HOLDS.get(mention.word)], wanted)
    parent = parent or (_first(scopes, 1) if level == COMMUNE else None)
    return context.full_name(parent) if parent is not None else ""


def _first(units: list[Unit], level: int) -> Unit | None:
    return next((unit for unit in units if unit.level == level), None)


def _written(mention: Mention) -> str:
    """The name as written; a shout in small letters, a number without its zero."""
    if mention.key.isdigit():
        return mention.key
    name = " ".join(mention.name.split())
    return " ".join(word.capitalize() for word in name.split()) if mention.shouted else name
