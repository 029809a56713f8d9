"""One figure that is told of two rates ("tỷ lệ tuyển quân, bồi dưỡng kiến thức quốc phòng đạt 100%")."""

from dataclasses import replace

from civic_etl.extract.code_units import RATES, code_for_unit
from civic_etl.extract.context import Context, within
from civic_etl.extract.drafts import Draft
from civic_etl.extract.rates import is_rate

_RATE = "tỷ lệ"
# "tỷ lệ" may stand in the phrase or right before it
_BEFORE = 7


def twins_of(context: Context, draft: Draft) -> list[Draft]:
    """The readings of a share for the other rate that is named with its own, only a comma between the two."""
    link = draft.link
    if link is None or link.hit is None or link.rule != "left" or draft.quantity.unit not in RATES:
        return []
    named = within(context.indicators, draft.sentence.start, link.hit.start)
    if not named or context.folded[named[-1].end : link.hit.start].strip() != ",":
        return []
    other = named[-1]
    if _RATE not in context.folded[max(draft.sentence.start, other.start - _BEFORE) : other.start + len(_RATE)]:
        return []
    fits = [fit[0] for code in other.payload if (fit := code_for_unit(code, draft.quantity.unit, False)) is not None]
    code = next((fit for fit in fits if is_rate(fit) and fit != draft.code), None)
    if code is None:
        return []
    return [
        replace(draft, code=code, link=replace(link, code=code, hit=other), breakdown={}, rules=(*draft.rules, "twin"))
    ]
