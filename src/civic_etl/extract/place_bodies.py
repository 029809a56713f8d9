"""Bodies named with their place once, which later sentences call by their kind alone ("Trung tâm tiếp nhận ...")."""

import re
from bisect import bisect_left
from typing import NamedTuple

from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.place_spot import Spot, is_known, lies_in
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_BODY, _NAME, _SEVERAL, _AGAIN = (_PATTERNS[key] for key in ("body", "body_name", "several_bodies", "body_again"))
# so far behind the kind of a body stands the place that it is of
_REACH, _SEVERAL_REACH = 90, 16
# what stands for a body of any kind, and the offices that it may stand for, too
_ANY, _OTHERS = "đơn vị", _PATTERNS["other_bodies"]
# a body is called by its kind so many paragraphs behind its name at most
_BREAK, _LONGEST = re.compile(r"\n+"), 2


class _Body(NamedTuple):
    """A body that a text names: where, of what kind, by what first word of its name, and its place if it is told."""

    start: int
    kind: str
    name: str
    place: PlaceSpan | None


class PlaceBodies:
    """The bodies of one document that are named with a place in the article's own; `default` is that one."""

    def __init__(self, names: PlaceNames, reference: PlaceReference, default: Spot) -> None:
        self._names = names
        self._folded = names.folded
        self._reference = reference
        self._default = default
        self._named: list[_Body] | None = None

    def of(self, sentence: Sentence, end: int) -> Spot | None:
        """The place of the body that a sentence calls by its kind alone, as its subject, before a position.

        None where the body of that kind that was named last has no place in the article's own, or there is none.
        """
        again = next(iter(reversed([*_AGAIN.all_within(self._names.text, sentence.start, end)])), None)
        if again is None:
            return None
        bodies, kind = self._bodies(), again["kind"].lower()
        told = bodies[: bisect_left(bodies, again.start(), key=lambda body: body.start)]
        body = next((each for each in reversed(told) if kind in {each.kind, _ANY}), None)
        if body is not None and self._is_left(body, again.start(), kind):
            return None
        spot = self._reference.here(body.place) if body is not None and body.place is not None else None
        return spot if spot is not None and (spot == self._default or lies_in(spot, self._default)) else None

    def _is_left(self, body: _Body, position: int, kind: str) -> bool:
        """Whether a text has gone on from a body: by paragraphs, or to what its name for any body may as well mean."""
        paragraphs = len(_BREAK.findall(self._folded, body.start, position))
        if kind != _ANY:
            return paragraphs > _LONGEST
        return paragraphs > 0 or _OTHERS.search(self._folded, body.start, position) is not None

    def _bodies(self) -> list[_Body]:
        """The bodies in text order; one named again without its place is of the same."""
        if self._named is None:
            self._named = []
            for match in _BODY.all_in(self._names.text):
                start, kind, name = match.start(), match["kind"].lower(), match["name"]
                if _SEVERAL.search(self._folded, max(0, start - _SEVERAL_REACH), start) is not None:
                    continue
                alike = (b.place for b in reversed(self._named) if (b.kind, b.name) == (kind, name))
                place = self._place(match.end("kind")) or next(alike, None)
                self._named.append(_Body(start, kind, name, place))
        return self._named

    def _place(self, end: int) -> PlaceSpan | None:
        """The place that the name of a body ends with, whose kind ends at a position."""
        place = next(iter(self._names.between(end, end + _REACH)), None)
        if place is None or not (is_known(place) or place.anaphor):
            return None
        return place if _NAME.fullmatch(self._names.text, end, place.start) is not None else None
