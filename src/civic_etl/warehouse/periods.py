"""The SDMX forms of a period that the warehouse accepts; their bounds are computed in SQL."""

import re
from datetime import date

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:S[12]|Q[1-4]|M(?:0[1-9]|1[0-2])|(?P<month>\d\d)-(?P<day>\d\d)(?:/P[1-9]\d{0,3}[YMD])?))?"
)


def is_time_period(text: str) -> bool:
    """True for `2020`, `2020-S1`, `2020-Q3`, `2020-M09`, `2020-10-31` and `2020-01-01/P9M`, of days that exist."""
    match = _FORM.fullmatch(text)
    if match is None or match["year"] == "0000":
        return False
    if match["month"] is None:
        return True
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True
