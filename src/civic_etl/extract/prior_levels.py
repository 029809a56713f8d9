"""The level that a change is held against, or came to, in brackets behind the words of the comparison."""

from decimal import Decimal

from civic_etl.extract.calendar_period import shift
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import RATIOS, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.indicators import load_catalogue

_ALL = Decimal(100)


def level_held_against(figure: Figure, frame: Frame) -> Draft | None:
    """The level before a change, where brackets behind that tell what it is held against.

    ("đạt 210 tỷ đồng, tăng 12% so với cùng kỳ năm 2022 (187,5 tỷ đồng)", but "(22,5 tỷ đồng)" is the change again: what
    is nearer to the level that there was tells it)
    """
    last = frame.last
    if figure.q.denominator is not None:
        # "tăng 12 vụ so với cùng kỳ (40/28 vụ)" tells what there is now, over what there was
        return None
    if last is None or last.measure not in RATIOS or WORDS["held_against"].fullmatch(figure.gap) is None:
        return None
    level = frame.of_unit(figure.q.unit)
    if level is None or level.measure != "level" or level.code != last.code:
        return None
    then = _level_then(level, last)
    if then is None or then <= 0:
        return None
    told, change = figure.q.value, abs(level.value - then)
    return level if abs(told - then) < abs(told - change) else None


def level_come_to(figure: Figure, frame: Frame) -> Draft | None:
    """The change before a figure, where brackets behind it tell what it came to, and no level of it was told before.

    ("doanh thu tăng 36% so với cùng kỳ (hơn 1.200 tỷ đồng)")
    """
    last = frame.last
    if last is None or last.measure != "change_pct" or last.code == "other":
        return None
    indicator = load_catalogue().get(last.code)
    if indicator is None or indicator.unit_measure != figure.q.unit:
        return None
    if any(d.code == last.code and d.quantity.unit == figure.q.unit for d in frame.seen):
        return None
    return last if WORDS["now_at"].fullmatch(figure.gap) is not None else None


def _level_then(level: Draft, ratio: Draft) -> Decimal | None:
    """What a level was before it came to be what it is, by its change or its ratio to it."""
    if ratio.measure == "change":
        return level.value - ratio.value if ratio.unit == level.unit else None
    if ratio.value <= -_ALL:
        return None
    if ratio.measure == "change_pct":
        return level.value * _ALL / (_ALL + ratio.value)
    if ratio.measure == "prior_ratio" and ratio.value > 0:
        return level.value * _ALL / ratio.value
    return None


def date_level_held_against(figure: Figure, level: Draft) -> None:
    """Dates what a change is held against: the same span of the year named, else of the year before."""
    figure.kind = "actual"
    named = WORDS["year_named"].search(figure.gap)
    same_span = WORDS["same_time"].search(figure.gap) is not None
    if level.period is None or not same_span:
        return
    by = int(named.group()) - level.period.end.year if named is not None else -1
    figure.period = shift(level.period, by)
