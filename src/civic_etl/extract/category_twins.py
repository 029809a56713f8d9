"""One share told of several categories ("tỷ lệ hoàn thành chương trình tiểu học, THCS đạt 100%")."""

import re
from dataclasses import replace

from civic_etl.extract.categories import Categories
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft

_JOINT = re.compile(r"\s*(?:,|và|, và)\s*(?:cấp )?")
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
        run = _run(context, categories, draft, key, link.hit.start)
        if value in run:
            others = [each for each in dict.fromkeys(run) if each != value]
            found.extend(
                replace(draft, breakdown=draft.breakdown | {key: each}, rules=(*draft.rules, "twin")) for each in others
            )
    return found


def _run(context: Context, categories: Categories, draft: Draft, key: str, start: int) -> list[str]:
    """The values of a key in the last list of categories before a figure."""
    run: list[str] = []
    following = None
    for hit, value in reversed(categories.named(draft.code, key, start, draft.quantity.start)):
        if following is not None and _JOINT.fullmatch(context.folded, hit.end, following) is None:
            break
        run.append(value)
        following = hit.start
    return run
