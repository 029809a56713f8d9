"""One spelling for one span of time."""

import re

_SPAN = re.compile(r"(\d{4})-(\d\d)-01/P(\d+)([YM])")


def canonical(period: str) -> str:
    """The shortest code of a period: `2020-01-01/P6M` is `2020-S1`, `2020-01-01/P1Y` is `2020`.

    Codes that already are the shortest, days and unknown spellings stay as they are. A year is not its last day.
    """
    match = _SPAN.fullmatch(period)
    if match is None:
        return period
    year, month = match[1], int(match[2])
    months = int(match[3]) * (12 if match[4] == "Y" else 1)
    if (months, month) == (12, 1):
        return year
    if months == 6 and month in {1, 7}:
        return f"{year}-S{1 + month // 7}"
    if months == 3 and month % 3 == 1:
        return f"{year}-Q{1 + month // 3}"
    if months == 1:
        return f"{year}-M{month:02d}"
    length = f"{months}M" if months % 12 else f"{months // 12}Y"
    return f"{year}-{month:02d}-01/P{length}"
