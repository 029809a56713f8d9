"""The last of the days off whose course an article tells ("trong 4 ngày nghỉ lễ, từ 30/4 đến 3/5")."""

from datetime import timedelta

from civic_etl.extract.calendar_period import Period, day
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import compiled
from civic_etl.extract.time_text import TimeText

_HOLIDAY = compiled("report_period.yaml", "holiday")
# the paragraphs that open an article
_FIRST = 4
_LONGEST, _LATEST = timedelta(days=12), timedelta(days=10)


def last_of_holiday(text: TimeText, blocks: list[Block]) -> Period | None:
    """The last of the days off that the opening writes out, where the title speaks of them; None for other articles.

    Not where they were over long before, or are still to come: then something else is told.
    """
    if text.reference is None or _HOLIDAY.search(text.title) is None:
        return None
    cues = [cue for block in blocks[:_FIRST] for cue in text.between(block.start, block.end)]
    spans = (cue.period for cue in [*text.title_cues, *cues] if cue.kind == "span")
    for span in spans:
        told = span is not None and span.end - span.start <= _LONGEST and span.end <= text.reference
        if span is not None and told and text.reference - span.end <= _LATEST:
            return day(span.end)
    return None
