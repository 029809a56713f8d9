"""Which family an address or a page belongs to.

Three witnesses, strongest first: marks in the page, a shape of address that only one family has, and - for shapes that
several share - what is described of the host.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from civic_etl.sources.families import FAMILIES, Evidence, get_family
from civic_etl.sources.load import load_sources
from civic_etl.sources.model import Source

# Enough to lift a shared shape over the rivals, too little against a shape or a mark that settles it.
_HOST_WEIGHT = 0.45
# Least sum of page marks that confirms a family.
CONFIRMED = 0.4


def detect(url: str, html: str | None = None, *, sources: Mapping[str, Source] | None = None) -> str:
    """The likeliest family's name; `generic` where nothing speaks for another.

    `sources` are the descriptions to know hosts by, those of the package if None.
    """
    return weigh(url, html, sources=sources)[0].family


def weigh(url: str, html: str | None = None, *, sources: Mapping[str, Source] | None = None) -> list[Evidence]:
    """Evidence for every family, strongest first."""
    by_host = _hosts(sources.values()) if sources is not None else _packaged_hosts()
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    known = by_host.get(host, ())
    found = [_with_host(get_family(name).recognise(url, html), url, name, known) for name in FAMILIES]
    return sorted(found, key=lambda evidence: -evidence.score)


def confirms(family: str, url: str, html: str) -> bool:
    """Whether the page itself bears marks of the family. An answer of 200 without any is no article of that site.

    `generic` has no marks of its own and is always confirmed.
    """
    return family == "generic" or get_family(family).recognise(url, html).page_score >= CONFIRMED


def _with_host(evidence: Evidence, url: str, name: str, known: tuple[str, ...]) -> Evidence:
    if name not in known:
        return evidence
    fits = get_family(name).is_article(url) or evidence.score > 0 or urlsplit(url).path in ("", "/")
    if not fits:
        return evidence
    # With several systems in a host's history the later described counts a little more.
    weight = _HOST_WEIGHT + 0.01 * known.index(name)
    return Evidence(name, evidence.score + weight, (*evidence.marks, "host: described"), evidence.page_score)


def _hosts(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for source in sources:
        families = tuple(period.family for period in source.periods)
        for host in source.hosts:
            found[host.rpartition(":")[0] or host] = families
            found[host.removeprefix("www.")] = families
    return found


@lru_cache(maxsize=1)
def _packaged_hosts() -> dict[str, tuple[str, ...]]:
    return _hosts(load_sources().values())
