"""The phrases that name categories inside indicators."""

from typing import Any

from civic_etl.errors import CatalogueError
from civic_etl.indicators.abbreviations import shortened
from civic_etl.indicators.catalogue import Catalogue
from civic_etl.indicators.families import expand
from civic_etl.indicators.lexicon_data import read_lexicon_data, require_code
from civic_etl.vietnamese.short_words import spelled_out

NO_CATEGORY = "-"
"""Value of a breakdown phrase that says there is no category ("đúng hạn" of a punctuality rate)."""

_HIDDEN = frozenset({"crop", "species", "sector"})
Category = tuple[str, str, str]
"""Scope (a code, or "" for all that have the key), key and value."""


def read_categories(catalogue: Catalogue) -> dict[str, tuple[Category, ...]]:
    """Each phrase with its categories; CatalogueError where one does not fit the catalogue."""
    data = read_lexicon_data("breakdowns.yaml")
    found: dict[str, list[Category]] = {}
    scopes: list[tuple[str, dict[str, Any]]] = [("", data["any"]), *data["of"].items()]
    for scope, keys in scopes:
        if scope:
            require_code(catalogue, scope, "breakdowns.yaml")
        for key, values in keys.items():
            for value, words in (values or {}).items():
                _fits(catalogue, scope, key, str(value))
                for word in words:
                    for phrase in map(spelled_out, expand(str(word), data["words"], "breakdowns.yaml")):
                        rows = found.setdefault(phrase, [])
                        if (scope, key, str(value)) not in rows:
                            rows.append((scope, key, str(value)))
    for word, rows in list(found.items()):
        for short in shortened(word):
            # with words before it, it would hide a longer category that begins with the short form
            if word.split()[0] != short.split()[0]:
                found.setdefault(short, list(rows))
    hidden = {spelled_out(str(word)) for words in data["hidden"] for word in words}
    longest: dict[str, int] = {}
    for word in found:
        first, *others = word.split()
        longest[first] = max(longest.get(first, 0), 1 + len(others))
    return {
        word: _with_inner(word, found, longest, hides=word in hidden)
        for word in (*found, *sorted(hidden - found.keys()))
    }


def _with_inner(
    word: str, found: dict[str, list[Category]], longest: dict[str, int], *, hides: bool
) -> tuple[Category, ...]:
    """The categories of a phrase, and those of the longest phrases inside it where it has none of that scope and key.

    Text is read by the longest phrase, so a phrase of one indicator would hide the words it holds from all others. One
    that `hides` is there to keep crops, animals and sectors from being read out of it ("kết quả"). `longest` tells by
    the first word how many words phrases have at most.
    """
    rows = list(found.get(word, ()))
    parts = word.split()
    reach = [longest.get(part, 0) for part in parts]
    for size in range(min(len(parts) - 1, max(reach)), 0, -1):
        for start in range(len(parts) - size + 1):
            inner = found.get(" ".join(parts[start : start + size]), ()) if reach[start] >= size else ()
            if not inner:
                continue
            known = {(scope, key) for scope, key, _ in rows}
            rows.extend(row for row in inner if row[:2] not in known and not (hides and row[1] in _HIDDEN))
    return tuple(rows)


def _fits(catalogue: Catalogue, scope: str, key: str, value: str) -> None:
    if not scope or value == NO_CATEGORY:
        return
    allowed = catalogue.indicators[scope].breakdowns.get(key, ())
    if value not in allowed:
        raise CatalogueError(f"{scope}: {key}={value} is not in the catalogue", file="breakdowns.yaml", field=key)
