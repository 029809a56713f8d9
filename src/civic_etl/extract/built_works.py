"""What is built: in what unit bridges and the like are counted, and houses that are told by those who get them.

Bridges, sluices and pumping stations are works where they are built, and counted one by one else.
"""

from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure, Spot
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_WORKS, _BUILDS, _HARMS, _HARMED, _HOUSED = (
    compiled("works.yaml", key) for key in ("works", "builds", "harms", "harmed", "housed")
)
HOUSES = "temporary_houses_removed"
"""The code of the houses of the poor that are built or mended."""
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


def are_housed(figure: Figure, frame: Frame) -> bool:
    """Whether households are some of those freed of a shack before, by what was done to their houses.

    ("hỗ trợ 12 hộ xóa nhà tạm, trong đó 8 hộ xây mới, 4 hộ sửa chữa")
    """
    if figure.q.unit != "household" or _HOUSED.match(figure.folded, figure.q.end) is None:
        return False
    return any(d.code == HOUSES and d.value > figure.q.value for d in frame.trail.recent)
