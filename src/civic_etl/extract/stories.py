"""Figures that are no facts of a place: one family's or firm's story, a meeting, a tariff, an award."""

import re

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.reading import Draft

_DATA = read_data("stories.yaml")


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){item}" for item in _DATA[key]))


_PERSONAL = _pattern("personal")
_AWARD = _pattern("award")
_THRESHOLD = _pattern("threshold")
_PROCEDURE = _pattern("procedure")
_CAPTION = _pattern("caption")


def is_story(context: Context, draft: Draft) -> bool:
    """Whether the sentence of a figure speaks of somebody or something that is not the place."""
    sentence = context.folded[draft.sentence.start : draft.sentence.end]
    before = context.folded[draft.sentence.start : draft.quantity.start]
    after = context.folded[draft.quantity.end : draft.sentence.end]
    if _CAPTION.match(sentence):
        return True
    if _PERSONAL.search(before[-140:]) and draft.code in {"other", *_DATA["personal_codes"]}:
        return True
    if _AWARD.search(before[-90:]) and draft.code in {"other", "gifts_given", "gift_value", "construction_investment", "party_members", "officials", "students", "poor_households"}:
        return True
    if _THRESHOLD.search(before[-60:]) and draft.code == "other":
        return True
    return bool(_PROCEDURE.search(before[-40:] + " " + after[:30])) and draft.code == "other"
