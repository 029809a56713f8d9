"""How deep a page nests, counted before any tree is built: HTML parsers take time with the square of the depth."""

import re
from functools import cache

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.resources import DATA

# No editor nests that deep; browsers stop at 512.
DEEPEST = 2_000
# A page with fewer tags cannot cost much, however they nest.
_FEW = 10_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# A start tag of that length may hold a picture as text; with so many attributes it is made to cost time.
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_MOST_ATTRIBUTES = 1_000


@cache
def _level() -> frozenset[str]:
    tags: list[str] = read_yaml_file(DATA / "tags.yaml")["level"]
    return frozenset(tags)


def too_costly(html: str) -> str | None:
    """Why a page is not worth building a tree of, or None. Linear in the page."""
    if is_too_deep(html):
        return f"the page nests more than {DEEPEST} elements"
    if any(tag.group().count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        return f"an element of the page has more than {_MOST_ATTRIBUTES} attributes"
    return None


def is_too_deep(html: str) -> bool:
    """Whether some element lies below more than `DEEPEST` others. Linear in the page; elements left open count."""
    if html.count("<") < _FEW:
        return False
    depth, level = 0, _level()
    for match in _TAG.finditer(html):
        closing, name = match.groups()
        if name.lower() in level:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST:
            return True
    return False
