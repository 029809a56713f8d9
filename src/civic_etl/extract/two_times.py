"""Headings that name the time under report and the next one ("TÌNH HÌNH NĂM 2023 VÀ NHIỆM VỤ NĂM 2024")."""

from collections.abc import Sequence

from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue

_WORDS = patterns("kind_words.yaml")


def reviews_first(folded: str, cues: Sequence[PeriodCue], inner: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands below such a heading is of the first of its two times.

    It is, unless one of the headings between, `inner`, is of aims. `cues` are the times of the heading.
    """
    if len(cues) < 2:
        return False
    between = cues[0].end, cues[-1].start
    if _WORDS["heading_target"].search(folded, *between) is None or _WORDS["heading_result"].search(folded, *between):
        return False
    return not any(_aims(folded, *heading) for heading in inner)


def _aims(folded: str, start: int, end: int) -> bool:
    target, result = _WORDS["heading_target"], _WORDS["heading_result"]
    return target.search(folded, start, end) is not None and result.search(folded, start, end) is None
