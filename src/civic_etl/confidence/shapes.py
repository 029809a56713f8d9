"""The shape of a time period: a day, a month, a year, several of them."""

import re

_RUN = re.compile(r"/P\d+([YMD])$")
_RUNS = {"Y": "years", "M": "months", "D": "days"}
_PARTS = {"S": "half", "Q": "quarter", "M": "month"}
_YEAR, _DAY = 4, 10


def period_shape(period: str) -> str:
    """`year`, `half`, `quarter`, `month` or `day`, `years`, `months` or `days` of a run, `none` of an empty code."""
    run = _RUN.search(period)
    if run is not None:
        return _RUNS[run[1]]
    if len(period) == _YEAR:
        return "year"
    return _PARTS.get(period[5:6], "day" if len(period) == _DAY else "none")
