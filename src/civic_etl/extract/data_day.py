"""The time of all figures of a report, where a line of its own below the title tells it.

("(Số liệu thời điểm tháng 10/2020)")
"""

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("report_period.yaml")
_DATA_OF, _UP_TO = _PATTERNS["data_of"], _PATTERNS["data_up_to"]
# such a line stands in the head of a report
_HEAD, _LONGEST = 800, 70


def period_of_data(text: TimeText, blocks: list[Block]) -> Period | None:
    """The one time that such a line tells in a report whose title names another; None without one.

    What happened in the time of the title is reported on whatever the day up to which it was counted.
    """
    if not text.title_cues:
        return None
    for block in blocks:
        if block.start > _HEAD:
            return None
        if block.end - block.start > _LONGEST or text.quantities.any_within(block.start, block.end):
            continue
        line = text.folded[block.start : block.end]
        if _DATA_OF.match(line) is None or _UP_TO.is_in(line):
            continue
        told = [cue.period for cue in text.between(block.start, block.end)]
        if len(told) == 1 and told[0] is not None:
            return told[0]
    return None
