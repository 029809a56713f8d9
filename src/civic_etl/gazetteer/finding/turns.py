"""The days on which places are read otherwise than on the day before: between two of them all days are alike."""

from bisect import bisect_right
from datetime import date

from civic_etl.gazetteer.finding.candidates import AHEAD
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import REFORM


class Turns:
    """The days that the units of a gazetteer begin, end or are looked forward to.

    Read by the last of them, articles of any day share what was worked out for one of their site before.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        days = {REFORM, gazetteer.exact_from}
        for unit in gazetteer.units:
            days |= {unit.valid_from, unit.valid_to}
        days |= {day - AHEAD for day in days if day.toordinal() > AHEAD.days}
        self._days = sorted(days)

    def before(self, day: date) -> date:
        """The last such day up to a day; the day itself before all of them."""
        index = bisect_right(self._days, day)
        return self._days[index - 1] if index else day
