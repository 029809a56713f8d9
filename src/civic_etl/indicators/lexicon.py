"""The words that name indicators and their categories, from the catalogue and the data files beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from civic_etl.data_files import read_yaml
from civic_etl.errors import CatalogueError
from civic_etl.indicators.catalogue import Catalogue, load_catalogue
from civic_etl.indicators.families import expand

NO_CATEGORY = "-"
"""Value of a breakdown phrase that says there is no category ("đúng hạn" of a punctuality rate)."""

_CROP = "crop"  # "vụ đông" names crops, but not inside "vụ đông xuân"
Category = tuple[str, str, str]
"""Scope (a code, or "" for all that have the key), key and value."""

_COUNT_HEADS = ("tổng số", "số", "tỷ lệ")
_OPENING, _MEASURED = "có", ("diện tích ", "tổng diện tích ", "giá trị ")

DECOY = "other"
"""Code of phrases that hold the words of an indicator and mean none ("nợ quá hạn", "năng suất lao động")."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An indicator told by several words near a figure: one of each group, none of `without`, and one of the units.

    `weight` is added to its score: negative for readings that any other goes before. The code may be DECOY.
    """

    code: str
    units: frozenset[str]
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Stocks:
    """Indicators that a bare counted noun names, and the words before a number that make it one of them or not."""

    codes: frozenset[str]
    stock: tuple[str, ...]
    other: tuple[str, ...]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` maps a phrase to its codes; `rate_of` and `count_of` pair a count with its rate.

    `categories` maps a phrase to (scope, key, value) triples, where scope is a code or "" for every indicator that has
    the key.
    """

    phrases: dict[str, tuple[str, ...]]
    rate_of: dict[str, str]
    count_of: dict[str, str]
    patterns: tuple[Pattern, ...]
    categories: dict[str, tuple[Category, ...]]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package; CatalogueError names the file and code that do not fit the catalogue."""
    catalogue = load_catalogue()
    pairs = [(str(a), str(b)) for a, b in _data("pairs.yaml")]
    for pair in pairs:
        for code in pair:
            _known(catalogue, code, "pairs.yaml")
    return Lexicon(
        phrases=_phrases(catalogue),
        rate_of=dict(pairs),
        count_of={rate: count for count, rate in pairs},
        patterns=tuple(_patterns(catalogue)),
        categories=_categories(catalogue),
    )


def _data(name: str) -> Any:
    try:
        return read_yaml((files("civic_etl.indicators") / "data" / name).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogueError(f"malformed lexicon: {error}", file=name) from error


def _known(catalogue: Catalogue, code: str, file: str) -> None:
    if code not in catalogue.indicators:
        raise CatalogueError(f"{code} is no code of the catalogue", file=file, field=code)


def _phrases(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, words in _data("phrases.yaml").items():
        _known(catalogue, code, "phrases.yaml")
        for word in words:
            found.setdefault(str(word), []).append(code)
    for code, indicator in catalogue.indicators.items():
        for word in indicator.synonyms_vi:
            codes = found.setdefault(word, [])
            if code not in codes:
                codes.append(code)
    families = _data("families.yaml")
    for code, templates in families["phrases"].items():
        _known(catalogue, code, "families.yaml")
        for word in _expanded(families, templates):
            codes = found.setdefault(word, [])
            if code not in codes:
                codes.append(code)
    for word in (*map(str, _data("decoys.yaml")), *_expanded(families, families["decoys"])):
        found[word] = [DECOY]
    for word in _expanded(families, families["rates_only"]):
        found[word].append(DECOY)
    for word in _expanded(families, families["hidden"]):
        found.setdefault(word, [])
    _add_counted(found)
    return {word: tuple(codes) for word, codes in found.items()}


def _add_counted(found: dict[str, list[str]]) -> None:
    """Phrases also behind the heads of their noun: "số hộ" would hide "hộ khá giàu" in "số hộ khá giàu"."""
    heads: dict[str, list[str]] = {}
    for word in found:
        for head in _COUNT_HEADS:
            noun = word.removeprefix(head + " ")
            if noun != word and noun in found:
                heads.setdefault(noun, []).append(head)
    for word in list(found):
        if word.startswith(_MEASURED):
            found.setdefault(f"{_OPENING} {word}", list(found[word]))
    for word in list(found):
        parts = word.split()
        nouns = (" ".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))
        noun = next((noun for noun in nouns if noun in heads), "")
        for head in heads.get(noun, ()):
            found.setdefault(f"{head} {word}", list(found[word]))


def _expanded(families: dict[str, Any], templates: list[str]) -> Iterator[str]:
    for template in templates:
        yield from expand(str(template), families["words"], "families.yaml")


def _patterns(catalogue: Catalogue) -> list[Pattern]:
    rows: list[Pattern] = []
    for raw in _data("patterns.yaml"):
        if raw["code"] != DECOY:
            _known(catalogue, raw["code"], "patterns.yaml")
        groups = tuple(tuple(map(str, group)) for group in raw["all"])
        without = tuple(map(str, raw.get("not", ())))
        rows.append(Pattern(raw["code"], frozenset(raw["units"]), groups, without, float(raw.get("weight", 0))))
    words = {word for row in rows for group in row.groups for word in group}
    return [_widened(row, sorted(words)) for row in rows]


def _widened(pattern: Pattern, words: list[str]) -> Pattern:
    """A pattern with the longer pattern words that hold its own: text is read by the longest, which would hide them."""

    def holding(group: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*group, *(w for w in words if any(f" {own} " in f" {w} " for own in group)))))

    return replace(pattern, groups=tuple(holding(group) for group in pattern.groups), without=holding(pattern.without))


def _categories(catalogue: Catalogue) -> dict[str, tuple[Category, ...]]:
    data = _data("breakdowns.yaml")
    found: dict[str, list[Category]] = {}
    scopes: list[tuple[str, dict[str, Any]]] = [("", data["any"]), *data["of"].items()]
    for scope, keys in scopes:
        if scope:
            _known(catalogue, scope, "breakdowns.yaml")
        for key, values in keys.items():
            for value, words in (values or {}).items():
                _fits(catalogue, scope, key, str(value))
                for word in words:
                    found.setdefault(str(word), []).append((scope, key, str(value)))
    return {word: _with_inner(word, found) for word in found}


def _with_inner(word: str, found: dict[str, list[Category]]) -> tuple[Category, ...]:
    """The categories of a phrase, and those of the longest phrases inside it where it has none of that scope and key.

    Text is read by the longest phrase, so a phrase of one indicator would hide the words it holds from all others.
    """
    rows = list(found[word])
    keys = {key for _, key, _ in rows}
    parts = word.split()
    for size in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - size + 1):
            inner = found.get(" ".join(parts[start : start + size]), ())
            known = {(scope, key) for scope, key, _ in rows}
            rows.extend(row for row in inner if row[:2] not in known and (row[1] in keys or row[1] != _CROP))
    return tuple(rows)


def _fits(catalogue: Catalogue, scope: str, key: str, value: str) -> None:
    if not scope or value == NO_CATEGORY:
        return
    allowed = catalogue.indicators[scope].breakdowns.get(key, ())
    if value not in allowed:
        raise CatalogueError(f"{scope}: {key}={value} is not in the catalogue", file="breakdowns.yaml", field=key)


@dataclass(frozen=True, slots=True)
class Companion:
    """A reading that holds only after figures of certain indicators."""

    code: str
    after: frozenset[str]
    words: tuple[str, ...]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """Readings that change where the title or the sentence speaks of a topic."""

    words: tuple[str, ...]
    codes: dict[str, tuple[str, dict[str, str]]]


@lru_cache(maxsize=1)
def load_stocks() -> Stocks:
    """Readings of bare counted nouns."""
    data = _data("stocks.yaml")
    for code in data["codes"]:
        _known(load_catalogue(), code, "stocks.yaml")
    return Stocks(frozenset(data["codes"]), tuple(data["stock"]), tuple(data["other"]), frozenset(data["parts"]))


@lru_cache(maxsize=1)
def load_companions() -> tuple[Companion, ...]:
    """Readings that lean on the figures before."""
    rows = _data("companions.yaml")
    return tuple(Companion(r["code"], frozenset(r["after"]), tuple(r["words"]), frozenset(r["units"])) for r in rows)


@lru_cache(maxsize=1)
def load_topics() -> tuple[Topic, ...]:
    """Readings that lean on what the article is about."""
    rows = _data("topics.yaml")
    return tuple(Topic(tuple(r["words"]), {c: (v[0], v[1]) for c, v in r["codes"].items()}) for r in rows)


@lru_cache(maxsize=1)
def load_variants() -> dict[str, Any]:
    """Indicators that stand for one another: `switch`, `plan_rate`, `share_rate`, `change_of_rate`."""
    found: dict[str, Any] = _data("variants.yaml")
    return found
