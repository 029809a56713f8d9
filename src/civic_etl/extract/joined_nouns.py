"""A noun that is told once for two indicators ("thu, chi ngân sách"), and which of them a figure behind it is of."""

from dataclasses import replace

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link
from civic_etl.pattern import Pattern

_DATA = read_data("twins.yaml")
_COORDINATED = [{**pair, "joined": Pattern(pair["joined"])} for pair in _DATA["coordinated"]]
_LOCAL, _ONE = Pattern(_DATA["local"]), Pattern(_DATA["one"])
# what joins the first of the two to the noun stands so near to it
_BEFORE = 7


def joined_to(context: Context, link: Link | None, end: int) -> str | None:
    """The other indicator of a noun that is told once for both, before a figure that begins at `end`."""
    if link is None or link.hit is None or link.hit.end > end:
        return None
    start = link.hit.start
    for pair in _COORDINATED:
        if link.code == pair["code"] and pair["joined"].search(context.folded, max(0, start - _BEFORE), start):
            return str(pair["local"] if _LOCAL.search(context.folded, start, end) else pair["twin"])
    return None


def is_told_alone(context: Context, link: Link, start: int) -> bool:
    """Whether the word of one of them alone stands between the noun and a figure that begins at `start`."""
    return link.hit is not None and _ONE.search(context.folded, link.hit.end, start) is not None


def told_alone(context: Context, link: Link | None, start: int) -> Link | None:
    """The link of a figure that begins at `start`: that of the twin, where the twin's word stands before the figure.

    ("thu, chi ngân sách năm 2020 (thu 6,4 tỷ đồng; chi 6,1 tỷ đồng)")
    """
    twin = joined_to(context, link, start)
    if link is None or link.hit is None or twin is None:
        return link
    one = _ONE.search(context.folded, link.hit.end, start)
    return replace(link, code=twin) if one is not None and one[1] else link
