"""Counts and shares of one people, or of all minorities, in a place."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link

MINORITY_SHARE = "ethnic_minority_share"
_COUNTS = frozenset({"population", "households"})
_PEOPLE = "ethnicity"
_SHARES = frozenset({"share_of", "equal", ""})
_WORDS_REACH = 60
_NOUN_REACH = 12


def share_of_people(categories: Categories, figure: Figure, counted: Draft) -> Breakdown | None:
    """The people that a percentage behind a count of theirs is of ("dân tộc Thái 3.395 người, chiếm 99%").

    None where it is no share of one, and nothing where no people is named.
    """
    if counted.code not in _COUNTS or counted.breakdown.get("group") != "ethnic_minority":
        return None
    if not figure.is_rate or figure.around.against or figure.around.before not in _SHARES:
        return None
    low = max(counted.sentence.start, counted.quantity.start - _WORDS_REACH)
    named = categories.named(MINORITY_SHARE, _PEOPLE, low, counted.quantity.end)
    return {_PEOPLE: named[-1][1]} if named else {}


def counts_majority(figure: Figure, link: Link) -> bool:
    """Whether those are counted who are of the largest people, which is no category of a place's inhabitants."""
    if link.code not in _COUNTS:
        return False
    low = max(figure.spot.floor, figure.q.start - _WORDS_REACH)
    if WORDS["majority"].search(figure.folded, low, figure.q.start) is not None:
        return True
    behind = WORDS["majority_behind"].match(figure.folded, figure.q.number_end, figure.spot.ceiling)
    return behind is not None and behind.end() <= figure.q.end + _NOUN_REACH
