"""In what unit bridges, sluices and pumping stations are counted: as works where they are built, one by one else."""

from civic_etl.extract.figure import Spot
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_WORKS, _BUILDS, _HARMS, _HARMED = (compiled("works.yaml", key) for key in ("works", "builds", "harms", "harmed"))
_PROJECT, _ONE_BY_ONE = "project", "unit"
_VERB_REACH = 60


def unit_of_works(folded: str, q: Quantity, spot: Spot) -> str:
    """The unit of a count of bridges and the like by what was done to them; "" for all else, and where nothing was.

    ("xây mới 2 trạm bơm", "nâng cấp 6 cầu" are works; "3 cây cầu bị cuốn trôi" are what was lost)
    """
    if q.unit not in {"", _ONE_BY_ONE, _PROJECT} or _WORKS.match(folded, q.number_end) is None:
        return ""
    low = max(spot.floor, q.start - _VERB_REACH)
    if _HARMED.match(folded, q.number_end) is not None or _HARMS.search(folded, low, q.start) is not None:
        return _ONE_BY_ONE
    return _PROJECT if _BUILDS.search(folded, low, q.start) is not None else ""
