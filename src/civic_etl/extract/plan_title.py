"""Whether a title is that of a plan, and which of its sections tell how things are."""

from collections.abc import Iterable
from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue

_WORDS = patterns("kind_words.yaml")
_FIRST_WEEKS = timedelta(weeks=8)


def is_plan_title(title: str) -> bool:
    """Whether a folded title is that of a plan ("Nghị quyết của HĐND huyện về nhiệm vụ năm 2012")."""
    return _WORDS["plan_title"].search(title) is not None and _WORDS["heading_result"].search(title) is None


def year_ahead(cues: Iterable[PeriodCue], reference: date | None, *, of_plan: bool) -> Period | None:
    """The first year among the time expressions of a title that has not begun on the day of the article.

    A plan (`of_plan`) may be published in the first weeks of its year.
    """
    if reference is None:
        return None
    years = (cue.period for cue in cues if cue.kind in {"year", "deadline", "season"} and cue.period is not None)
    return next((p for p in years if p.start > reference or (of_plan and _has_just_begun(p, reference))), None)


def _has_just_begun(period: Period, reference: date) -> bool:
    return period.is_calendar_year and period.start <= reference < period.start + _FIRST_WEEKS


def tells_how_things_are(folded: str, block: Block) -> bool:
    """Whether the nearest heading above a block of a plan is of how things are ("1. Tình hình chăn nuôi")."""
    if not block.headings:
        return False
    heading = block.headings[-1]
    return _WORDS["as_things_are"].search(folded, *heading) is not None and (
        _WORDS["heading_target"].search(folded, *heading) is None
    )
