"""A place that can be in force, and how a named one becomes it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import dropwhile

from civic_etl.extract.brackets import opening
from civic_etl.extract.patterns import patterns
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import Gazetteer, PlaceSpan


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in force: its area and the part below the commune ("" for all of it)."""

    area: RefArea
    sub_area: str
    level: int


COMMUNE_TYPES = ("xã ", "phường ", "thị trấn ")
"""How the names of communes begin."""

_LONGEST_BRACKET = 400
# what is told of more than one province has no place
NOWHERE = Spot(RefArea(), "", 0)
_LIST_JOINT = patterns("places.yaml")["list_joint"]
# "xã A (huyện C), xã B"; a figure in brackets is the first one's alone
_LIES_IN = re.compile(r"^ ?\([^()\d]{1,40}\)")


def is_list(folded: str, one: PlaceSpan, other: PlaceSpan) -> bool:
    """Whether two places that follow each other in a folded text are of one list, be it said where the first lies."""
    gap = _LIES_IN.sub("", folded[one.end : other.start])
    return one.level == other.level and not (one.anaphor or other.anaphor) and _LIST_JOINT.fullmatch(gap) is not None


def in_brackets(folded: str, span: PlaceSpan, start: int = 0) -> bool:
    """Whether a place stands inside brackets that open at or after `start` of a folded text."""
    return opening(folded, span.start, max(start, span.start - _LONGEST_BRACKET)) >= 0


def lies_in(spot: Spot, other: Spot) -> bool:
    """Whether one place lies in another."""
    return bool(other.area.name) and spot.area.name.endswith(f", {other.area.name}")


def is_known(span: PlaceSpan) -> bool:
    """Whether it is settled which unit a span names, be it in the tables or not."""
    return span.status in {"resolved", "unlisted"}


def area_of(span: PlaceSpan) -> RefArea:
    """The area that a span names."""
    if span.unit is None:
        return RefArea(span.full_name or span.text, None, None, "unlisted")
    name = span.full_name or Gazetteer.load().full_name(span.unit)
    return RefArea(name, span.unit.unit_id, span.unit.code, "resolved")


def spot_of(span: PlaceSpan) -> Spot:
    """All of the area that a span names."""
    return Spot(area_of(span), "", span.level)


@lru_cache(maxsize=1024)
def site_spot(site: str | None, reference: date | None) -> Spot:
    """The area of a site on a day; of level 0 where there is none, or it cannot be found."""
    if not site:
        return Spot(RefArea(), "", 0)
    spans = Gazetteer.load().find(site, on=reference, near=site, site_area=site) if site.strip() else []
    known = [span for span in spans if is_known(span)]
    return spot_of(max(known, key=lambda s: s.level)) if known else Spot(RefArea(name=site, status="unlisted"), "", 0)


def bare_name(full_name: str) -> str:
    """The name of a unit without its type and without the units around it ("thành phố Bạc Liêu, tỉnh Bạc Liêu")."""
    return " ".join(dropwhile(str.islower, full_name.partition(", ")[0].split()))
