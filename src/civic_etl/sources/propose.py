"""A first description of a site from one address and its page, for a person to go over."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser

from civic_etl.data_files import read_yaml_file
from civic_etl.errors import SourceError
from civic_etl.sources.detect import weigh
from civic_etl.sources.families import Evidence, get_family
from civic_etl.sources.load import parse_source
from civic_etl.sources.model import Source

_LEVELS = Path(__file__).with_name("levels.yaml")
_BREAKS = (" | ", " - ", " – ", " :: ", " » ")
# Where nothing says more; the file that is written says so beside it.
_USUAL_LEVEL = "ward"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A description as YAML text and as it is understood, with the evidence for its family, strongest first."""

    text: str
    source: Source
    evidence: tuple[Evidence, ...]


def propose(
    url: str,
    html: str | None = None,
    *,
    name: str | None = None,
    area: str | None = None,
    level: str | None = None,
    local: bool = False,
) -> Proposal:
    """Describe the site behind an address. What is not known is left out, with a comment that says what to fill in.

    `local` declares a site of this machine or its own network.

    Raises SourceError for an address without a host.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError("not an http(s) address", url=url)
    evidence = weigh(url, html)
    title = site_title(html) if html else ""
    host = parts.netloc.lower().rpartition("@")[2]
    said = level or level_of(title)
    lines = [
        f"name: {name or host.removeprefix('www.').replace(':', '.')}",
        f"title: {_quoted(title or host)}",
        f"hosts: [{', '.join(_hosts(host))}]",
        f"area: {_quoted(area)}" if area else "# area: the place the site is about, as 'phường ABC, tỉnh XYZ'",
        f"level: {said or _USUAL_LEVEL}" + ("" if said else "  # not known: set it"),
        f"home: {parts.scheme}://{host}/",
        *(["local: true"] if local else []),
        "periods:",
        *_period(evidence[0]),
        "# cadence_days: longest usual silence between two articles",
        "assertions:",
        "  share_with_title: 1.0",
        "  share_with_date: 0.95",
        "  share_with_body: 0.95",
        f"basis: {_quoted(_basis(evidence[0], url))}",
    ]
    text = "\n".join(lines) + "\n"
    return Proposal(text, parse_source(text, file=f"proposal for {host}"), tuple(evidence))


def site_title(html: str) -> str:
    """What a site calls itself: og:site_name, else the part of <title> behind the last dash; empty where neither is."""
    tree = LexborHTMLParser(html)
    named = tree.css_first('meta[property="og:site_name"]')
    if named is not None and (text := " ".join(str(named.attributes.get("content") or "").split())):
        return text
    node = tree.css_first("title")
    whole = " ".join(node.text().split()) if node is not None else ""
    tails = [whole.rpartition(mark)[2] for mark in _BREAKS if mark in whole]
    return min(tails, key=len, default="")


def level_of(title: str) -> str | None:
    """The level that a site's title speaks of, or None."""
    folded = f"{title.lower()} "
    return next((level for words, level in _levels() if any(word in folded for word in words)), None)


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(row["words"]), row["level"]) for row in read_yaml_file(_LEVELS))


def _hosts(host: str) -> list[str]:
    bare = host.removeprefix("www.")
    # A number or a host with a port has no second spelling.
    if ":" in host or bare.replace(".", "").isdigit():
        return [_quoted(host)]
    return [bare, f"www.{bare}"] if host == bare else [host, bare]


def _period(best: Evidence) -> list[str]:
    indexes = ", ".join(f"{kind} {path}" for kind, path in get_family(best.family).indexes)
    lines = [f"  - family: {best.family}", f"    # without an index these are tried: {indexes}"]
    return lines if best.page_score else [lines[0] + "  # by the address alone", *lines[1:]]


def _basis(best: Evidence, url: str) -> str:
    marks = ", ".join(best.marks) or "no mark of a known system"
    return f"Proposed from {url}: {marks}."


def _quoted(text: str) -> str:
    """The text as a YAML scalar on one line."""
    return yaml.safe_dump(text, allow_unicode=True, default_flow_style=True, width=10_000).removesuffix("...\n").strip()
