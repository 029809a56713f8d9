"""Whether a figure is one of schools: what else a paragraph tells of is of no school year."""

from civic_etl.extract.figure import Figure
from civic_etl.extract.patterns import compiled
from civic_etl.indicators import load_catalogue

_EDUCATION = "education"
_OF_SCHOOLS = compiled("timeline.yaml", "of_schools")


def is_beside_schools(figure: Figure) -> bool:
    """Whether a figure is of an indicator of another domain, and its sentence has not spoken of schools before it."""
    indicator = load_catalogue().get(figure.code)
    if indicator is None or indicator.domain == _EDUCATION:
        return False
    return _OF_SCHOOLS.search(figure.folded, figure.spot.sentence.start, figure.q.start) is None
