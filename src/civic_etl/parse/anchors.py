"""What an address says of the time of its article, to check dates against."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from civic_etl.parse.stamps import VIETNAM

_MONTH = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])/|/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
_DAY = re.compile(r"/((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})/|/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/")
_UNIX = re.compile(r"-(1[0-9]{9})\.html?$")
# The CMS stamps the address when the draft is made, and editors publish days later.
_BEFORE = timedelta(days=3)
_AFTER_MONTH = timedelta(days=10)
_AFTER_DAY = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The span of days in which an article of that address was published. `day` is set where the address names one."""

    first: date
    last: date
    day: date | None = None
    moment: datetime | None = None

    def allows(self, moment: datetime) -> bool:
        """Whether the article may have been published then."""
        return self.first <= moment.astimezone(VIETNAM).date() <= self.last


def anchor_of(url: str) -> Anchor | None:
    """The anchor that an address gives, or None. Addresses without any are the rule."""
    path = urlsplit(url).path
    unix = _UNIX.search(path)
    if unix:
        moment = datetime.fromtimestamp(int(unix[1]), UTC).astimezone(VIETNAM)
        return Anchor(moment.date() - _BEFORE, moment.date() + _AFTER_DAY, moment.date(), moment)
    try:
        if match := _DAY.search(path):
            year, month, of_month = (int(part) for part in match.groups() if part)
            day = date(year, month, of_month)
            return Anchor(day - _BEFORE, day + _AFTER_DAY, day)
        if match := _MONTH.search(path):
            year, month = (int(part) for part in match.groups() if part)
            first = date(year, month, 1)
            after = date(year + month // 12, month % 12 + 1, 1)
            return Anchor(first - _BEFORE, after + _AFTER_MONTH)
    except ValueError:
        return None
    return None
