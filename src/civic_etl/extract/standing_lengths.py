"""Lengths of roads and canals that are there: none that was built."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity

STANDING = "standing"
"""Rule of a length that is there."""

_WORDS = patterns("lengths.yaml")
_MAKES, _STANDS, _ALL, _HARDENED, _SOME, _SOME_HARDENED, _LONG = (
    _WORDS[key] for key in ("makes", "stands", "all", "hardened", "some", "some_hardened", "long")
)
_ROADS = ("tuyến", "hẻm", "ngõ", "kiệt", "con đường", "con hẻm", "con ngõ")
_BUILT = frozenset({"road_built_length", "canal_hardened_length"})
_LENGTHS = frozenset({"km", "m"})
_ROAD = "road"
# roads with flowers along them are told by what was planted, whenever it was
_PLANTED = "flower"
# between two lengths that are there
_JOINED = re.compile(r"[^,;.:()\d]{2,40}(?:,|và)\s*")
_REACH = 40


def length_of_roads(figure: Figure, frame: Frame) -> bool:
    """Whether a length is that of the roads counted right before it, which were built or mended.

    ("bê tông hóa 8 tuyến, tổng chiều dài 4,2 km")
    """
    last = frame.last
    if figure.q.unit not in _LENGTHS or last is None or not last.quantity.noun.startswith(_ROADS):
        return False
    folded, first = figure.folded, figure.spot.sentence.start
    clause = max(first, folded.rfind(";", first, last.quantity.start) + 1)
    made = _MAKES.search(folded, clause, last.quantity.start) is not None
    return made and _LONG.fullmatch(folded, last.quantity.end, figure.q.start) is not None


def is_standing(figure: Figure, frame: Frame) -> bool:
    """Whether a length is that of all there is of a road, a kind of roads or canals.

    ("đường liên thôn: 24 km, đã cứng hóa 15,6 km", "tổng chiều dài đường xã là 18 km")
    """
    if figure.code not in _BUILT or figure.q.unit not in _LENGTHS or figure.breakdown.get(_ROAD) == _PLANTED:
        return False
    folded, q, sentence = figure.folded, figure.q, figure.spot.sentence
    clause = max(sentence.start, folded.rfind(";", sentence.start, q.start) + 1)
    whole = _whole(frame)
    first = clause if whole is None else max(clause, whole.quantity.end)
    if _ALL.search(folded, first, q.start) is not None:
        return True
    if _MAKES.search(folded, first, q.start) is not None:
        return False
    if _is_hardened_behind(figure):
        return True
    if _is_made_behind(figure):
        return False
    if _STANDS.search(folded, first, q.start) is not None:
        return True
    if whole is None:
        return False
    return (
        PART in folded[whole.quantity.end : q.start]
        or _JOINED.fullmatch(folded, whole.quantity.end, q.start) is not None
    )


def hardened_of(figure: Figure, frame: Frame, categories: Categories) -> tuple[str, Breakdown] | None:
    """What a length is that is told as the hardened part of the one right before it, of its road or of canals.

    ("đường thôn 18 km, cứng hóa 14 km", "kênh mương: 31 km; kiên cố hóa: 12 km")
    """
    last = frame.last
    if last is None or STANDING not in last.rules or last.link is None or figure.q.unit not in _LENGTHS:
        return None
    if not _is_hardened(figure.folded, last.quantity.end, figure.q):
        return None
    code, q = last.link.code, figure.q
    first = frame.seen[-2].quantity.end if len(frame.seen) > 1 else last.sentence.start
    roads = categories.named(code, _ROAD, first, last.quantity.end + _REACH)
    before = [value for hit, value in roads if hit.end <= last.quantity.start] or [value for _, value in roads]
    road = {_ROAD: before[-1]} if before else {}
    return code, road | categories.read(code, q, last.quantity.end, q.start, None)


def _whole(frame: Frame) -> Draft | None:
    """The length of all before, in the sentence."""
    return next((d for d in frame.seen if STANDING in d.rules), None)


def _is_made_behind(figure: Figure) -> bool:
    """Whether what stands right behind a length, up to the next mark, says that it was built."""
    folded, end = figure.folded, figure.q.end
    stop = min((at for mark in ",;.(:" if (at := folded.find(mark, end, figure.spot.ceiling)) >= 0), default=-1)
    return _MAKES.search(folded, end, stop if stop >= 0 else figure.spot.ceiling) is not None


def _is_hardened_behind(figure: Figure) -> bool:
    """Whether the next length tells how much of this one is hardened."""
    following = figure.spot.following
    if following is None or following.unit not in _LENGTHS:
        return False
    return _is_hardened(figure.folded, figure.q.end, following)


def _is_hardened(folded: str, end: int, part: Quantity) -> bool:
    """Whether a length is told as the hardened part of the one that stops at `end`."""
    if _HARDENED.fullmatch(folded, end, part.start) is not None:
        return True
    some = _SOME.fullmatch(folded, end, part.start)
    return some is not None and _SOME_HARDENED.match(folded, part.end) is not None
