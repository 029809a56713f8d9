"""Aims "by the year 2030": whether such a date is of all that is listed behind it, or of one item of a term's goals."""

import re

from civic_etl.extract.cue_kinds import ENDS_OF_YEARS
from civic_etl.extract.layout import Sentence
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.time_roles import AIMED
from civic_etl.extract.time_text import TimeText

# "phấn đấu đến năm 2030 ...": before what is aimed at, not behind it
_RIGHT_BEHIND = re.compile(rf"{AIMED.pattern}[,:]? $")
_AIM_REACH, _AIM_BEHIND = 40, 16


def are_all_by(text: TimeText, cue: PeriodCue, sentence: Sentence) -> bool:
    """Whether a date heads the aims of its sentence and of those behind it.

    ("Đại hội đặt mục tiêu đến năm 2030, thu ngân sách đạt ...; ... Thu nhập bình quân đạt ...")
    """
    if cue.kind not in ENDS_OF_YEARS:
        return False
    near = max(sentence.start, cue.start - _AIM_REACH)
    heads = text.folded[cue.end : cue.end + 2].startswith((",", ":", " :"))
    if not heads and _RIGHT_BEHIND.search(text.folded, near, cue.start) is None:
        return False
    first = text.quantities.first_from(sentence.start)
    if first < len(text.quantities) and text.quantities[first].start < cue.start:
        return False
    return AIMED.search(text.folded, near, cue.end + _AIM_BEHIND) is not None
