"""Households of several places whose list says only with the last of them that they are the poor."""

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART, WORDS

_HOUSEHOLDS, _UNIT = "households", "household"
_POOR = {" nghèo": "poor_households", " cận nghèo": "near_poor_households"}
_OF_RATE = {"poor_household_rate": "poor_households", "near_poor_household_rate": "near_poor_households"}
_LEFT, _HAVE = "còn ", "có "


def poor_of_list(context: Context, figure: Figure, frame: Frame) -> str | None:
    """What bare households are of: the poor that the last of their list names, or that a rate before them tells of.

    ("xã A còn 120 hộ, xã B còn 85 hộ nghèo"; "hộ nghèo còn 2,1%, trong đó xã A còn 120 hộ")
    """
    if figure.code != _HOUSEHOLDS or figure.q.unit != _UNIT:
        return None
    return _named_by_last(context, figure) or _left_of_rate(figure, frame)


def _named_by_last(context: Context, figure: Figure) -> str | None:
    folded, end = figure.folded, figure.spot.sentence.end
    before = figure.q
    if figure.gap.endswith(_HAVE):
        # how many households a place has
        return None
    quantities = context.quantities
    for index in range(quantities.first_from(before.end), len(quantities)):
        quantity = quantities[index]
        if quantity.unit != _UNIT or quantity.end > end:
            return None
        if WORDS["next_place"].fullmatch(folded, before.end, quantity.start) is None:
            return None
        told = next((code for words, code in _POOR.items() if folded.startswith(words, quantity.end)), None)
        if told is not None:
            return told
        before = quantity
    return None


def _left_of_rate(figure: Figure, frame: Frame) -> str | None:
    """The poor that a rate of the sentence, or of the one that this one tells parts of, is of."""
    last = next(iter(frame.backwards()), None)
    if last is None or not figure.gap.endswith(_LEFT):
        return None
    first = figure.spot.sentence.start
    apart = last.sentence.start != first
    part = figure.folded.startswith(PART, first) if apart else PART in figure.gap
    return _OF_RATE.get(last.code) if part else None
