"""The school years that "this", "the last", "the new" and "the coming school year" mean."""

from datetime import date

from civic_etl.extract.calendar_period import Period, school_year, school_year_on, shift

_MAY, _LAST_WEEKS, _JUNE = 5, 20, 6
_SEPTEMBER = 9


def school_year_of(kind: str, report: Period | None, reference: date | None) -> Period | None:
    """The school year of a cue of that kind: by the one under report, else by the day of the article."""
    told = report if report is not None and report.is_school_year else None
    match kind:
        case "school_year_next":
            return shift(told, 1) if told is not None else _to_come(reference)
        case "school_year_new":
            return shift(told, 1) if told is not None and _is_taught(told, reference) else told or _new(reference)
        case "school_year_over":
            # a review of the year that has been taught calls that one the last
            return told if told is not None and _is_taught(told, reference) else _before(told or _new(reference))
        case "school_year_past":
            return _before(told or _on(reference))
        case _:
            return told or _on(reference)


def _is_taught(year: Period, reference: date | None) -> bool:
    """Whether the lessons of a school year are as good as over on a day: they end with May."""
    return reference is None or reference >= date(year.start.year + 1, _MAY, _LAST_WEEKS)


def _on(reference: date | None) -> Period | None:
    return school_year_on(reference) if reference is not None else None


def _new(reference: date | None) -> Period | None:
    """The one that goes on, from June the one about to begin."""
    if reference is None:
        return None
    return school_year(reference.year if reference.month >= _JUNE else reference.year - 1)


def _before(year: Period | None) -> Period | None:
    return shift(year, -1) if year is not None else None


def _to_come(reference: date | None) -> Period | None:
    """The first that has not begun on a day."""
    if reference is None:
        return None
    return school_year(reference.year if reference.month < _SEPTEMBER else reference.year + 1)
