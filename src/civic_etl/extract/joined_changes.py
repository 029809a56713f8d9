"""Changes of several amounts that one verb tells ("giảm 3 vụ, 2 người chết", "giảm 22 vụ/11 ha")."""

from civic_etl.extract.brackets import opening
from civic_etl.extract.code_units import RATES
from civic_etl.extract.count_parts import is_part
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.growths import is_fall_told

_POOR = ("poor_households", "near_poor_households")
_POOR_RATES = ("poor_household_rate", "near_poor_household_rate")
# a rate falls by no more in a year or two
_SMALL_FALL = 10
_OF_ACCIDENTS = frozenset({"case", "person"})
_ONE_BREATH = frozenset({"/", "và"})


def is_told_with_change(figure: Figure, frame: Frame) -> bool:
    """Whether a figure without words of its own is told in one breath with a change ("giảm 22 vụ/11 ha")."""
    last = frame.last
    if last is None or last.measure != "change" or figure.around.before:
        return False
    if last.quantity.unit in {figure.q.unit, *RATES}:
        return False
    joint = figure.gap.strip()
    return joint in _ONE_BREATH or (joint == "," and _is_bracketed_with(figure, last))


def _is_bracketed_with(figure: Figure, change: Draft) -> bool:
    """Whether a figure stands in the brackets that a change opens ("14,7 ha (giảm 4 vụ, 11,2 ha)")."""
    opened = figure.bracket
    return opened >= 0 and not any(c.isdigit() for c in figure.folded[opened : change.quantity.number_start])


def goes_on_changing(figure: Figure, frame: Frame) -> bool:
    """Whether persons are the next of a list of changes ("giảm 3 vụ, 2 người chết và 1 người bị thương").

    Or the near poor behind the poor ("giảm 12 hộ nghèo, 5 hộ cận nghèo"), or some of those by whom they became fewer.
    """
    last = frame.last
    if last is not None and is_part_of_fall(figure, last):
        return True
    if last is not None and last.measure == "change_pct" and len(frame.seen) > 1:
        # what brackets say of the change before in percent
        last = frame.seen[-2]
    if last is None or last.measure != "change" or figure.around.before:
        return False
    if (
        (last.code, figure.code) == _POOR
        and last.rules[0] != "inherit"
        and WORDS["next_poor"].fullmatch(figure.gap) is not None
    ):
        return True
    if last.quantity.unit not in _OF_ACCIDENTS or _was_aside(figure, last):
        return False
    return figure.q.unit == "person" and WORDS["next_harm"].fullmatch(figure.gap) is not None


def is_part_of_fall(figure: Figure, last: Draft) -> bool:
    """Whether a figure tells how many of those were some by whom the poor became fewer, or by how much their rate fell.

    ("giảm 300 hộ nghèo, trong đó 200 hộ nghèo Khmer")
    """
    if not is_fall_told(last) or last.code != figure.code or figure.around.before or not is_part(figure, last):
        return False
    return figure.code in _POOR or (figure.code in _POOR_RATES and figure.q.value < _SMALL_FALL)


def _was_aside(figure: Figure, change: Draft) -> bool:
    """Whether the change stands in brackets that close before the figure.

    ("31 người chết (giảm 2 người), 40 người bị thương")
    """
    closes = ")" in figure.gap
    return closes and 0 <= opening(figure.folded, figure.spot.floor, figure.spot.sentence.start) < change.quantity.start
