"""The unit that a site is of by its address, for a page that came without one ("baohatinh.vn")."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from civic_etl.extract.lexicon import read_data
from civic_etl.gazetteer import Gazetteer
from civic_etl.gazetteer.gazetteer import short_name
from civic_etl.gazetteer.units import Unit
from civic_etl.vietnamese.fold import fold_ascii

_DATA = read_data("host_area.yaml")
_OTHER: dict[str, list[str]] = _DATA["other"]
_SHARED = frozenset(_DATA["shared"])
_NAME = re.compile(rf"(?:{'|'.join(_DATA['before'])})?(.+?)(?:{'|'.join(_DATA['after'])})?")
_TYPED = re.compile(rf"(?:{'|'.join(_DATA['below'])})?(.+)")
_NO_LETTER = re.compile(r"[^a-z0-9]")


def area_of_host(url: str, on: date | None) -> str | None:
    """The full name of the unit, as of a day, that the host of an address is named after.

    None where it is named after none: a paper of the whole country, a province that is no more.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    labels = [label for label in host.lower().split(".") if label not in _SHARED]
    return _area(tuple(labels), on) if labels else None


@lru_cache(maxsize=1024)
def _area(labels: tuple[str, ...], on: date | None) -> str | None:
    province = _province(_NO_LETTER.sub("", labels[-1]), on)
    if province is None:
        return None
    unit = province
    for label in reversed(labels[:-1]):
        below = _below(unit, _NO_LETTER.sub("", label), on)
        if below is None:
            break
        unit = below
    return Gazetteer.load().full_name(unit, on)


def _province(label: str, on: date | None) -> Unit | None:
    """The province of a day that a label is named after, with or without the words of a paper round it."""
    found = _NAME.fullmatch(label)
    for name in dict.fromkeys((label, found[1] if found else label)):
        called = [unit for unit in _provinces().get(name, ()) if on is None or unit.on(on)]
        if len({short_name(unit) for unit in called}) == 1:
            return called[-1]
    return None


@lru_cache(maxsize=1)
def _provinces() -> dict[str, list[Unit]]:
    """The provinces of all times by the names that hosts have for them."""
    found: dict[str, list[Unit]] = {}
    for unit in sorted((u for u in Gazetteer.load().units if u.level == 1), key=lambda u: u.valid_from):
        for name in (_squeezed(unit.core_name), *_OTHER.get(short_name(unit), ())):
            found.setdefault(name, []).append(unit)
    return found


def _below(unit: Unit, label: str, on: date | None) -> Unit | None:
    """The only unit right below another that a label is named after."""
    if on is None or unit.level > 2:
        return None
    typed = _TYPED.fullmatch(label)
    children = Gazetteer.load().children(unit, on)
    for name in (label, typed[1] if typed else label):
        called = [child for child in children if _squeezed(child.core_name) == name]
        if len(called) == 1:
            return called[0]
    return None


def _squeezed(name: str) -> str:
    return _NO_LETTER.sub("", fold_ascii(name))
