"""Several categories that one figure is of: it is of none of them ("thu hoạch 210 ha lúa rẫy và sắn")."""

import re
from itertools import pairwise

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.count_parts import part_start
from civic_etl.extract.figure import Figure

# what one thing cannot be several of at once
_KEYS = frozenset({"crop", "species", "sector", "sex", "org", "ethnicity"})
_JOINT = re.compile(r"(?: (?:lai|nếp|các loại))?\s*(?:,|và|, và|-|/)\s*(?:(?:trường|cấp|bậc|cây|diện tích)\s+)?")
# keys that are told apart in a list before a figure, too; two sectors may be named by one word each of a pair
_OF_THINGS = frozenset({"crop", "species"})
# between a category and the next figure, which it tells
_TOLD_BY = re.compile(r"\s*(?::|có|đạt|là|được|trên|hơn|gần|khoảng|\s)*\s*")
# what stands before categories that are of the rest, which no figure tells
_OF_REST = re.compile(r"\bcòn lại\b")


def has_several(categories: Categories, code: str, key: str, figure: Figure) -> bool:
    """Whether several categories of a key are told together right behind a figure."""
    if key not in _KEYS:
        return False
    folded, spot = figure.folded, figure.spot
    run: list[tuple[int, str]] = []
    for hit, value in categories.named(code, key, figure.q.number_end, spot.ceiling):
        if run and _JOINT.fullmatch(folded, run[-1][0], hit.start) is None:
            break
        if ";" in folded[figure.q.number_end : hit.start]:
            # "lúa 320 ha; ngô, rau 90 ha": those are of the next figure
            break
        if not run and _OF_REST.search(folded, figure.q.number_end, hit.start) is not None:
            # "tiêu 900 ha, còn lại là điều và cao su"
            break
        run.append((hit.end, value))
    following = spot.following
    if run and following is not None and _TOLD_BY.fullmatch(folded, run[-1][0], following.start) is not None:
        # "120 ha lúa, ngô 35 ha": the last one is of the next figure
        run = [each for each in run if each[1] != run[-1][1]]
    return len({value for _, value in run}) > 1


def joined_before(categories: Categories, code: str, figure: Figure, low: int) -> frozenset[str]:
    """The keys of which several categories are joined before a figure, and end its words or precede its phrase.

    ("diện tích ngô, sắn và khoai đạt 310 ha"; not "ngô 30 ha, sắn 20 ha")
    """
    found: set[str] = set()
    for key in _OF_THINGS:
        named = categories.named(code, key, max(low, figure.spot.floor), figure.q.start)
        if named and _names_figure_before(figure, named[0][0].start):
            named = named[1:]
        joined = all(_JOINT.fullmatch(figure.folded, a.end, b.start) for (a, _), (b, _) in pairwise(named))
        if joined and len({value for _, value in named}) > 1:
            found.add(key)
    return frozenset(found)


def _names_figure_before(figure: Figure, start: int) -> bool:
    """Whether what begins at `start` is the noun of the figure before ("500 ha cao su, cà phê 180 ha")."""
    floor = figure.spot.floor
    return floor > figure.spot.sentence.start and not figure.folded[floor:start].strip()


def without_joined(categories: Categories, figure: Figure) -> Breakdown:
    """The categories of a figure without those that go on from the one before, where its own words join several.

    ("chè 90 ha; nhãn, vải 30 ha": the second is of no tea)
    """
    if figure.q.parallel is not None or not figure.breakdown.keys() & _OF_THINGS:
        return figure.breakdown
    joined = joined_before(categories, figure.code, figure, part_start(figure))
    behind = {
        value
        for key in joined
        for _, value in categories.named(figure.code, key, figure.q.number_end, figure.spot.ceiling)
    }
    return {key: value for key, value in figure.breakdown.items() if key not in joined or value in behind}
