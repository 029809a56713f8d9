"""Times written for machines: ISO 8601 with its usual slips, seconds since 1970, and the US form of one CMS."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d))?(?:[.,]\d{1,9})?"
    r"\s?(?:(?P<z>Z)|(?P<sign>[+-])(?P<zh>\d\d):?(?P<zm>\d\d)?)?)?(?!\d)"
)
# Only a form with AM or PM and without leading zeros can be the US one.
_MONTH_FIRST = re.compile(
    r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d\d)\s+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d))?\s?(?P<half>[AP]M)"
)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?")


def read_stamp(text: str) -> datetime | None:
    """An ISO time, aware; without a zone it is Vietnam's. A bare date is its midnight. None for anything else."""
    match = _ISO.match(text.strip())
    if match is None:
        return None
    zone: ZoneInfo | timezone = VIETNAM
    if match["z"]:
        zone = UTC
    elif match["sign"]:
        offset = timedelta(hours=int(match["zh"]), minutes=int(match["zm"] or 0))
        if offset > timedelta(hours=14):
            return None
        zone = timezone(offset if match["sign"] == "+" else -offset)
    return _moment(match, int(match["H"] or 0), zone)


def read_month_first(text: str) -> datetime | None:
    """`9/5/2026 10:17:01 PM` as 5 September 2026, 22:17:01 in Vietnam; None for anything else."""
    match = _MONTH_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    hour = int(match["H"])
    if not 1 <= hour <= 12:
        return None
    return _moment(match, hour % 12 + (12 if match["half"] == "PM" else 0), VIETNAM)


def read_epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970 as a time in Vietnam; None for anything else."""
    digits = text.strip()
    if _EPOCH.fullmatch(digits) is None:
        return None
    seconds = int(digits) // (1000 if len(digits) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM)


def _moment(match: re.Match[str], hour: int, zone: ZoneInfo | timezone) -> datetime | None:
    minute, second = int(match.groupdict()["M"] or 0), int(match.groupdict()["S"] or 0)
    try:
        moment = datetime(int(match["y"]), int(match["m"]), int(match["d"]), hour, minute, second, tzinfo=zone)
        return moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None
