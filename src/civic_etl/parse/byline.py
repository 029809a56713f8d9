"""Who wrote an article: names without labels, accounts and agencies told apart."""

import re
from functools import cache
from html import unescape
from typing import Any

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.resources import DATA
from civic_etl.parse.tidy import tidy
from civic_etl.vietnamese.fold import fold

_LONGEST = 120
_EDGES = " \t\n-–—|•·()[]/:;,."


@cache
def furniture() -> dict[str, re.Pattern[str]]:
    """The patterns of `furniture.yaml` over folded text, one a list."""
    rows: dict[str, Any] = read_yaml_file(DATA / "furniture.yaml")
    return {name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for name, patterns in rows.items()}


def author_name(text: str) -> str:
    """The name in a byline; empty for an account such as "admin", for a source, and for what is no name."""
    name = tidy(unescape(text)).strip(_EDGES)
    folded = fold(name)
    if len(folded) == len(name) and (label := furniture()["labels"].match(folded)):
        name = name[label.end() :].strip(_EDGES)
        folded = fold(name)
    if not name or len(name) > _LONGEST or furniture()["nobodies"].fullmatch(folded):
        return ""
    is_source = furniture()["sources"].match(folded + " ") is not None
    return "" if is_source or any(letter.isdigit() for letter in name) else name + _point(text, name)


def _point(text: str, name: str) -> str:
    """Initials keep their closing point: `M.L.`"""
    return "." if re.fullmatch(r"(?:\w\.)+\w", name) and f"{name}." in text else ""
