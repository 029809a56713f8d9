"""The last day of the week that a bulletin reports on ("Tình hình dịch hại tuần 7, từ 13/2 đến 19/2/2014")."""

from datetime import timedelta

from civic_etl.extract.calendar_period import Period, day, month
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import compiled
from civic_etl.extract.time_text import TimeText

_WEEK, _OF_MONTH = (compiled("report_period.yaml", key) for key in ("week", "week_of_month"))
# the lines that open a bulletin
_FIRST = 6
_LONGEST = timedelta(days=10)


def last_of_week(text: TimeText, blocks: list[Block]) -> Period | None:
    """The day that ends the week of a bulletin, by its title or its first lines.

    Where they do not tell it is the month whose week it is, else the bulletin's own day. None for an article that is no
    bulletin of a week.
    """
    if _WEEK.search(text.title) is None:
        return None
    spans = [cue.period for cue in text.title_cues if cue.kind == "span"]
    for block in blocks[:_FIRST]:
        spans += [cue.period for cue in text.between(block.start, block.end) if cue.kind == "span"]
    weeks = (span for span in spans if span is not None and span.end - span.start <= _LONGEST)
    week = next(weeks, None)
    if week is not None:
        return day(week.end)
    reference = text.reference
    if reference is None:
        return None
    named = _OF_MONTH.search(text.title)
    if named is None:
        return day(reference)
    told = month(int(named["year"] or reference.year), int(named["month"]))
    return day(reference) if told.start <= reference <= told.end else told
