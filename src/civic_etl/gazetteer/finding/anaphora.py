"""Mentions without a name of their own: `xã`, `toàn huyện`, `địa phương`, and parts of a commune."""

import re
from collections.abc import Iterator

from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, Unit

_SEPARATES = re.compile(r"[,;:\n]")


def settle_anaphor(mention: Mention, gazetteer: Gazetteer, context: Context) -> None:
    """Let a type alone stand for the last unit of that type, or for the one that the last unit lies in."""
    # a former unit is spoken of in passing: what is in force comes first
    for other in _candidates(mention, context):
        if _stands_for(mention, other):
            _copy(mention, other)
            context.settle(mention)
            return
        above = _above(mention, other, gazetteer, context)
        if above is not None:
            _stand_for(mention, above, context, f"stands for the unit that {other.full_name} lies in")
            context.settle(mention)
            return
    only = _only_one(mention, gazetteer, context)
    if only is not None:
        _stand_for(mention, only, context, "the one unit of its type beside those of a list")
    else:
        mention.status, mention.reason = "ambiguous", "no unit of this type is named before"
    context.settle(mention)


def _candidates(mention: Mention, context: Context) -> Iterator[Mention]:
    """What an anaphor may stand for, the nearest first.

    Former units, those that others were parted from and those that they lie beside come last.
    """
    for late in (False, True):
        for other in context.earlier(mention):
            if (
                (other.former or other.origin or other.beside) is late
                and other.kind != "part"
                and other.status != "ambiguous"
            ):
                yield other


def settle_part(mention: Mention, context: Context) -> None:
    """Give a part its commune: the one it is said to lie in, else the last one named, the site's, or the next one."""
    commune = mention.inside
    if commune is None or commune.level != COMMUNE:
        commune = context.commune_of_part(mention)
    mention.status = "part"
    if commune is None:
        mention.reason = "its commune is not named"
    else:
        mention.unit, mention.candidates = commune.unit, commune.candidates
        mention.full_name = commune.full_name
        mention.reason = f"part of {commune.full_name or commune.name}"
    context.settle(mention)


def _stands_for(mention: Mention, other: Mention) -> bool:
    if not mention.types:
        return other.status == "resolved" or bool(other.full_name)
    if other.word == mention.word:
        return True
    return other.unit is not None and other.unit.type in mention.types and other.word == ""


def _only_one(mention: Mention, gazetteer: Gazetteer, context: Context) -> Unit | None:
    """What a type alone stands for in a list of units, where there is one of that type beside them.

    ("huyện Hòa Thành 40 ha; huyện Tân Biên 38 ha; thị xã 17 ha")
    """
    tokens = context.tokens
    before = next(context.earlier(mention), None)
    if before is None or before.unit is None or before.office or context.came_before(before):
        return None
    if before.level not in mention.levels or not _SEPARATES.search(tokens.gap(mention.first)):
        return None
    # a list told over several lines begins each with its unit
    if "\n" in tokens.text[tokens.ends[before.last - 1] : tokens.starts[mention.first]] and not (
        tokens.line_start(before.first) and tokens.line_start(mention.first)
    ):
        return None
    around = gazetteer.parent(before.unit, context.day)
    beside = gazetteer.children(around, context.day) if around is not None else []
    alike = [unit for unit in beside if unit.type in mention.types]
    return alike[0] if len(alike) == 1 else None


def _stand_for(mention: Mention, unit: Unit, context: Context, reason: str) -> None:
    mention.status, mention.unit, mention.candidates = "resolved", unit, (unit,)
    mention.full_name, mention.reason = context.full_name(unit), reason


def _copy(mention: Mention, other: Mention) -> None:
    mention.status, mention.unit, mention.candidates = other.status, other.unit, other.candidates
    mention.full_name, mention.former = other.full_name, other.former
    mention.levels = (other.level,)
    mention.reason = f"stands for {other.full_name or other.name}"


def _above(mention: Mention, other: Mention, gazetteer: Gazetteer, context: Context) -> Unit | None:
    if other.unit is None or not mention.types:
        return None
    return next((u for u in gazetteer.ancestors(other.unit, context.day) if u.type in mention.types), None)
