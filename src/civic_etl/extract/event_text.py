"""The occasions and days that one document names, before they are brought together."""

from dataclasses import dataclass
from datetime import timedelta

from civic_etl.extract.context import Context
from civic_etl.extract.event_days import Day
from civic_etl.extract.event_kinds import Cue, patterns

_OLD = timedelta(days=150)
_SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class EventText:
    """A document with its occasions and days, in text order; `titled` is the kind that its title names."""

    context: Context
    cues: list[Cue]
    days: list[Day]
    titled: str

    def planned(self, start: int, end: int) -> bool:
        """Whether a stretch speaks of what is still to come."""
        return patterns().planned.search(self.context.folded, start, end) is not None

    def recent(self, day: Day) -> bool:
        """Whether a day is near the article's own, and not that of a document."""
        line = self.context.folded.rfind("\n", 0, day.start) + 1
        if patterns().of_a_document.search(self.context.folded, max(line, day.start - 70), day.start):
            return False
        if patterns().as_of.search(self.context.folded, max(line, day.start - 12), day.start):
            return False
        reference = self.context.reference
        if self.context.document.published is None and day.year_given:
            return True
        return reference is None or -_SOON <= reference - day.last <= _OLD
