"""All of which a count tells some: "15/19 tổ dân phố đạt chuẩn" tells how many there are, too."""

import re
from dataclasses import replace

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.extract.records import Observation
from civic_etl.extract.unexpressed import SUM
from civic_etl.indicators import load_catalogue

_DATA = read_data("wholes.yaml")
_WHOLES: dict[str, str] = _DATA["wholes"]
_NO_STOCK = frozenset([*_DATA["planned_counts"], *_DATA["of_a_list"]])
_HEADS, _HEAD_REACH = compiled("wholes.yaml", "heads"), 80
_TELLS = re.compile(_DATA["tells"])
_TELLING_UNITS = frozenset(_DATA["telling_units"])
# what tells the members of a whole apart, too ("6 trong 9 trường mầm non")
_OF_KIND = frozenset({"level"})
# persons of whom nothing says that they are Party members
_ANY_MEMBER = frozenset({"đồng chí", "đ/c"})
_MEMBERS_BEFORE = re.compile(r"\bđảng viên(?:,? (?:thì )?(?:có|là|đã|được))?[,:]? (?:có )?$")


def tells_of_all(context: Context, draft: Draft) -> bool:
    """Whether a count of some of all says what they do or are: of all, not of those of a kind."""
    if _TELLS.match(context.folded, draft.quantity.end) is not None:
        return True
    low = max(draft.sentence.start, draft.quantity.start - _HEAD_REACH)
    return _HEADS.first_in(context.folded, low, draft.quantity.start) is not None


def are_members(context: Context, draft: Draft) -> bool:
    """Whether comrades are said to be members right before their count ("xếp loại đảng viên, có 90/95 đồng chí")."""
    low = max(draft.sentence.start, draft.quantity.start - _HEAD_REACH)
    return _MEMBERS_BEFORE.search(context.folded, low, draft.quantity.start) is not None


def whole_of(observation: Observation, draft: Draft, *, tells: bool, members: bool) -> Observation | None:
    """The denominator of a count of the place's own groups is a stock of the place.

    `tells` is whether a verb behind the count says what so many of all do or are, `members` whether comrades are those
    of the Party.
    """
    # a bare fraction takes the unit of what it counts ("số gia đình văn hóa 2077/2173")
    code = _WHOLES.get(draft.quantity.unit or draft.unit)
    if (
        code is None
        or observation.denominator is None
        or observation.numerator is None
        or observation.measure != "level"
    ):
        return None
    if observation.numerator > observation.denominator or observation.indicator in {code, *_NO_STOCK}:
        return None
    if observation.indicator == "other" and draft.quantity.noun in _ANY_MEMBER and not members:
        return None
    known = SUM in draft.rules or draft.quantity.unit in _TELLING_UNITS or tells
    if observation.indicator == "other" and not known:
        return None
    indicator = load_catalogue().indicators[code]
    kinds = {k: v for k, v in draft.breakdown.items() if k in _OF_KIND and v in indicator.breakdowns.get(k, ())}
    return replace(
        observation,
        indicator=code,
        indicator_text="",
        breakdown=tuple(kinds.items()),
        obs_value=observation.denominator,
        obs_value_upper=None,
        numerator=None,
        denominator=None,
        unit_measure=indicator.unit_measure,
        comparator="eq",
        value_kind="actual",
        rules=(*observation.rules, "whole"),
    )
