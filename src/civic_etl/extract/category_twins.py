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


def category_twins(context: Context, categories: Categories, draft: Draft) -> list[Draft]:
    """The readings of a share for the categories that are joined to its own before it."""
    link = draft.link
    if draft.measure != "share" or link is None or link.hit is None or link.rule != "left":
        return []
    found: list[Draft] = []
    for key, value in draft.breakdown.items():
        if key in _SUMMED:
            continue
        named = categories.named(draft.code, key, link.hit.start, draft.quantity.start)
        items = ((hit.start, hit.end, each) for hit, each in reversed(named))
        run = [each for _, _, each in joined_back(context.folded, items, _JOINT)]
        if value in run:
            others = [each for each in dict.fromkeys(run) if each != value]
            found.extend(
                replace(draft, breakdown=draft.breakdown | {key: each}, rules=(*draft.rules, "twin")) for each in others
            )
    return found
