"""Settling a mention: as one unit, or as several between which nothing decides."""

from collections.abc import Sequence

from civic_etl.gazetteer.finding.candidates import Candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.units import Unit


def leave_resolved(mention: Mention, unit: Unit, found: Candidates, context: Context, reason: str) -> None:
    """Settle a mention as a unit; its full name keeps the type that the text uses."""
    mention.status, mention.unit, mention.candidates = "resolved", unit, (unit,)
    mention.former = mention.former or found.former
    mention.reason = f"{found.reason}; {reason}" if found.reason else reason
    # the name is the text's: the table may know the unit, or what it lies in, under a later type only
    context.note(mention)
    mention.full_name = context.full_name(unit)


def leave_ambiguous(mention: Mention, left: Sequence[Unit], reason: str) -> None:
    """Settle a mention as one of several units."""
    mention.status, mention.unit, mention.candidates = "ambiguous", None, tuple(left)
    mention.reason, mention.full_name = reason, ""
