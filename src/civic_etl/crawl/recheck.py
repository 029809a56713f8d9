"""Which known addresses are worth a request tonight.

1. One we have no page of, unless it failed lately and still rests.
2. One whose index entry carries a later change than the one noted when we last looked.
3. A young one: published (or, undated, first seen in a nightly run) within `days`. With an ETag or Last-Modified it
   is asked in every run, which costs no body; without, once every `hours`.
4. One that was tried after now, as a clock said that has been set right since: nothing follows from its times.

An address that moved is followed at its target only; one that is gone comes back through rule 2.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from civic_etl.crawl.known import Known, iso


@dataclass(frozen=True, slots=True)
class RecheckPolicy:
    """The numbers of the rule. `everything` asks for every known address again."""

    days: int = 7
    hours: float = 20.0
    everything: bool = False

    def is_due(self, known: Known, now: datetime) -> bool:
        """Whether to request the address."""
        if known.outcome in ("moved", "gone"):
            return _listed_later(known) or (self.everything and known.outcome == "gone")
        if known.last_tried is not None and known.last_tried > str(iso(now)):
            return True
        if known.digest is None:
            return known.next_try is None or known.next_try <= str(iso(now))
        if self.everything or _listed_later(known):
            return True
        if known.next_try is not None and known.next_try > str(iso(now)):
            return False
        return self._is_young(known, now) and self._is_time(known, now)

    def _is_young(self, known: Known, now: datetime) -> bool:
        born = known.published or known.listed_lastmod
        if born is None:
            if known.via != "nightly":
                return False
            born = known.first_seen
        return born >= str(iso(now - timedelta(days=self.days)))

    def _is_time(self, known: Known, now: datetime) -> bool:
        if known.etag or known.last_modified:
            return True
        return known.last_fetched is None or known.last_fetched <= str(iso(now - timedelta(hours=self.hours)))


def _listed_later(known: Known) -> bool:
    if known.listed_lastmod is None:
        return False
    if known.noted_lastmod is not None:
        return known.listed_lastmod > known.noted_lastmod
    # Nothing was listed when we looked; a change before that is already in what we hold.
    return known.last_tried is None or known.listed_lastmod > known.last_tried
