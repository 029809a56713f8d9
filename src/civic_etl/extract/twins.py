"""One figure that is told of two rates, two indicators or the plans of two.

("tỷ lệ tuyển quân, bồi dưỡng kiến thức quốc phòng đạt 100%", "tổng thu, chi ngân sách", "kế hoạch tỉnh, huyện giao")
"""

from dataclasses import replace

from civic_etl.extract.code_units import RATES, fits_for
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import Figure
from civic_etl.extract.joined import joined_back
from civic_etl.extract.joined_nouns import is_told_alone, joined_to
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.rates import is_rate
from civic_etl.pattern import Pattern

_DATA = read_data("twins.yaml")
_RATED = {pair["code"]: (pair["twin"], Pattern(pair["joined"])) for pair in _DATA["rated"]}
_TOGETHER = {
    code: (told["codes"], *(Pattern(told[key]) for key in ("before", "behind", "apart")))
    for code, told in _DATA["together"].items()
}
_BOTH_DONE = {code: (done["twin"], Pattern(done["told"])) for code, done in _DATA["both_done"].items()}
_TOGETHER_REACH = 60
_RATED_REACH = 50
_JOINT = Pattern(r"\s*(?:,|và|, và)\s*")
_LEVELS = frozenset({"level", "change"})
_RATE = "tỷ lệ"
# "tỷ lệ" may stand in the phrase or right before it
_BEFORE = 7


def twins_of(context: Context, figure: Figure, draft: Draft) -> list[Draft]:
    """The other readings of a figure: for each who set the plan with the first, for an indicator named with its own."""
    named = [draft, *_other_rates(context, draft), *_coordinated(context, draft), *_together(context, draft)]
    named += [*_rated_together(context, figure, draft), *_both_done(context, draft)]
    plans = figure.around.setters[1:] if "plan" in draft.breakdown else ()
    planned = [replace(each, breakdown=each.breakdown | {"plan": setter}) for each in named for setter in plans]
    return [*named[1:], *planned]


def _coordinated(context: Context, draft: Draft) -> list[Draft]:
    """The reading for the indicator whose noun is told once for both ("tổng thu, chi ngân sách")."""
    link, start = draft.link, draft.quantity.start
    code = joined_to(context, link, start) if draft.measure in _LEVELS else None
    if link is None or link.hit is None or code is None or draft.code != link.code:
        return []
    if is_told_alone(context, link, start):
        return []
    return [replace(draft, code=code, link=replace(link, code=code), rules=(*draft.rules, "twin"))]


def _rated_together(context: Context, figure: Figure, draft: Draft) -> list[Draft]:
    """The reading of a share for the members who are rated with their cells, joined to them before or behind it."""
    told = _RATED.get(draft.code)
    if told is None or draft.measure != "share":
        return []
    code, joined = told
    start, end, folded = draft.quantity.start, draft.quantity.end, context.folded
    low = max(figure.spot.floor, folded.rfind(";", figure.spot.floor, start))
    behind = joined.search(folded, end, min(end + _RATED_REACH, figure.spot.ceiling))
    if behind is None and joined.search(folded, low, start) is None:
        return []
    return [replace(draft, code=code, rules=(*draft.rules, "twin"))]


def _together(context: Context, draft: Draft) -> list[Draft]:
    """The readings of a change for what changed by as much ("giảm 5% cả 3 tiêu chí số vụ, người chết, bị thương")."""
    told = _TOGETHER.get(draft.code)
    if told is None or draft.measure != "change_pct":
        return []
    codes, before, behind, apart = told
    start, end, folded = draft.quantity.start, draft.quantity.end, context.folded
    if behind.match(folded, end, draft.sentence.end) is None and (
        apart.match(folded, end) is not None
        or before.search(folded, max(draft.sentence.start, start - _TOGETHER_REACH), start) is None
    ):
        return []
    return [replace(draft, code=code, rules=(*draft.rules, "twin")) for code in codes]


def _both_done(context: Context, draft: Draft) -> list[Draft]:
    """The reading of a count for what was done with the same things as well ("tiếp nhận và giải quyết 650 hồ sơ")."""
    done = _BOTH_DONE.get(draft.code)
    if done is None or draft.measure != "level":
        return []
    twin, told = done
    start = draft.quantity.start
    if told.first_in(context.folded, max(draft.sentence.start, start - _TOGETHER_REACH), start) is None:
        return []
    return [replace(draft, code=twin, rules=(*draft.rules, "twin"))]


def _other_rates(context: Context, draft: Draft) -> list[Draft]:
    """The readings of a share for the other rates that are named with its own, only joints between them."""
    link = draft.link
    if link is None or link.hit is None or link.rule != "left" or draft.quantity.unit not in RATES:
        return []
    named = context.indicators.within(draft.sentence.start, link.hit.start)
    items = ((hit.start, hit.end, hit) for hit in reversed(named))
    chain = [hit for _, _, hit in joined_back(context.folded, items, _JOINT, link.hit.start)]
    if (
        not chain
        or _RATE
        not in context.folded[max(draft.sentence.start, chain[-1].start - _BEFORE) : chain[-1].start + len(_RATE)]
    ):
        return []
    found: list[Draft] = []
    for hit in chain:
        known = {draft.code, *(twin.code for twin in found)}
        code = next(
            (fit for fit, _ in fits_for(hit.payload, draft.quantity.unit) if is_rate(fit) and fit not in known), None
        )
        if code is not None:
            own = replace(link, code=code, hit=hit)
            found.append(replace(draft, code=code, link=own, breakdown={}, rules=(*draft.rules, "twin")))
    return found
