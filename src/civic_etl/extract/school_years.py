"""The school years that "this", "the last" and "the coming school year" mean."""

from datetime import date

from civic_etl.extract.calendar_period import Period, school_year, school_year_on, shift

_SEPTEMBER = 9


def school_year_of(kind: str, report: Period | None, reference: date | None) -> Period | None:
    """The school year of a cue of that kind: by the one under report, else by the day of the article."""
    told = report if report is not None and report.is_school_year else None
    if kind == "school_year_next":
        return shift(told, 1) if told is not None else _to_come(reference)
    now = told or (school_year_on(reference) if reference is not None else None)
    return shift(now, -1) if now is not None and kind == "school_year_past" else now


def _to_come(reference: date | None) -> Period | None:
    """The first that has not begun on a day."""
    if reference is None:
        return None
    return school_year(reference.year if reference.month < _SEPTEMBER else reference.year + 1)
