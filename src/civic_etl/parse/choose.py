"""Which family and theme read a page: by the page's own marks, for sites change their systems."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from civic_etl.archive.page import Page
from civic_etl.errors import ParseError
from civic_etl.parse.family import is_marked
from civic_etl.parse.metadata import Metadata
from civic_etl.parse.refusals import emptiness
from civic_etl.parse.rules import Rules, Variant, rules_of
from civic_etl.sources import FAMILIES, confirms, get_family, weigh
from civic_etl.sources.detect import CONFIRMED

GENERIC = "generic"
# An address of that weight settles a family, one of the lower weight is shared by several.
_SETTLED = 0.85
_SHARED = 0.3
# Patterns of families are run over the page; one with more of these is made to cost time.
_MOST_META = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """The family of a page, and the theme that reads it; None where no theme fits."""

    family: str
    variant: Variant | None


def choose(tree: LexborHTMLParser, html: str, page: Page, meta: Metadata, declared: str | None) -> Choice:
    """The declared family if the page bears its marks, else the one whose marks it bears, else `generic`.

    Raises ParseError where a family is declared and the page bears the marks of none.
    """
    if html.count("<meta") > _MOST_META:
        raise ParseError(f"the page has more than {_MOST_META} meta tags")
    if declared is not None and declared != GENERIC:
        variant = _variant(tree, page, declared)
        if variant is not None or confirms(declared, page.url, html):
            return Choice(declared, variant)
    quick = next(_quick(tree, html, page, meta), None)
    if quick is not None:
        return quick
    for found in weigh(page.url, html):
        variant = _variant(tree, page, found.family)
        # an address that several families share decides nothing, the marks of a theme do
        if found.family != GENERIC and (found.page_score >= CONFIRMED or (variant and found.score > _SHARED)):
            return Choice(found.family, variant)
    if declared is not None and declared != GENERIC:
        known = get_family(declared).title
        raise ParseError(f"the page bears no mark of {known}, the system of its site: {emptiness(tree, html)}")
    return Choice(GENERIC, None)


def _quick(tree: LexborHTMLParser, html: str, page: Page, meta: Metadata) -> Iterator[Choice]:
    """What settles the family without weighing all of them, which takes longer than reading the page."""
    generator = meta.meta.get("generator", "").lower()
    for rules in _all_rules():
        if rules.generator and rules.generator in generator:
            yield Choice(rules.family, _variant(tree, page, rules.family))
    for rules in _all_rules():
        if rules.unique_marks and (variant := _variant(tree, page, rules.family)) is not None:
            yield Choice(rules.family, variant)
    for rules in _all_rules():
        if get_family(rules.family).recognise(page.url).score < _SETTLED:
            continue
        variant = _variant(tree, page, rules.family)
        if variant is not None and confirms(rules.family, page.url, html):
            yield Choice(rules.family, variant)


@cache
def _all_rules() -> tuple[Rules, ...]:
    return tuple(rules for family in FAMILIES if (rules := rules_of(family)) is not None)


def _variant(tree: LexborHTMLParser, page: Page, family: str) -> Variant | None:
    """The theme whose marks the page bears, those of the day it was fetched first."""
    rules = rules_of(family)
    if rules is None:
        return None
    day = page.fetched_at.astimezone(UTC).date()
    return next((variant for variant in rules.ordered(day) if is_marked(tree, variant)), None)
