"""One share told of several categories ("tỷ lệ hoàn thành chương trình tiểu học, THCS đạt 100%")."""

from dataclasses import replace

from civic_etl.extract.categories import Categories
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.joined import joined_back
from civic_etl.pattern import Pattern

_JOINT = Pattern(r"\s*(?:,|và|, và)\s*(?:cấp )?")
# a share of several sectors is their sum
_SUMMED = frozenset({"sector", "crop", "species", "source"})
# rates of units of several kinds, which stand before what they meet
_MET_BY_UNITS = frozenset({"security_standard_rate"})


def category_twins(context: Context, categories: Categories, draft: Draft) -> list[Draft]:
    """The readings of a share for the categories that are joined to its own before it.

    Those of units that meet a standard may stand before its name ("thôn, trường học an toàn về ANTT đạt 95%").
    """
    link = draft.link
    if draft.measure != "share" or link is None:
        return []
    if link.hit is not None and link.rule == "left":
        low = link.hit.start
    elif link.rule == "pattern" and draft.code in _MET_BY_UNITS and draft.reach is not None:
        low = draft.reach.floor
    else:
        return []
    found: list[Draft] = []
    for key, value in draft.breakdown.items():
        if key in _SUMMED:
            continue
        named = categories.named(draft.code, key, low, draft.quantity.start)
        items = ((hit.start, hit.end, each) for hit, each in reversed(named))
        run = [each for _, _, each in joined_back(context.folded, items, _JOINT)]
        if value in run:
            others = [each for each in dict.fromkeys(run) if each != value]
            found.extend(
                replace(draft, breakdown=draft.breakdown | {key: each}, rules=(*draft.rules, "twin")) for each in others
            )
    return found
