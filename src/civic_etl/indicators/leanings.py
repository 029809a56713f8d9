"""Readings that lean on what stands around: bare nouns, the figures before, the topic, sister indicators."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from civic_etl.indicators.catalogue import load_catalogue
from civic_etl.indicators.lexicon_data import read_lexicon_data, require_code


@dataclass(frozen=True, slots=True)
class Stocks:
    """Indicators that a bare counted noun names, and the words before a number that make it one of them or not."""

    codes: frozenset[str]
    stock: tuple[str, ...]
    other: tuple[str, ...]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Companion:
    """A reading that holds only after figures of certain indicators, or only right behind one (`next`).

    It does not hold where a word of `unless` is of what is counted. What its words name (`names`) has no other subject.
    """

    code: str
    after: frozenset[str]
    words: tuple[str, ...]
    units: frozenset[str]
    is_next: bool
    names: bool
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Readings that change where the title or the sentence speaks of a topic, and no word `unless` is the figure's.

    One that `goes_on` is spoken of for the sentences behind it in its paragraph, too. One that is to be `spoken` is so
    in the "sentence", or in it "before" the figure; a title does not tell it.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...]
    codes: dict[str, tuple[str, dict[str, str]]]
    goes_on: bool
    spoken: str


@lru_cache(maxsize=1)
def load_stocks() -> Stocks:
    """Readings of bare counted nouns."""
    data = read_lexicon_data("stocks.yaml")
    for code in data["codes"]:
        require_code(load_catalogue(), code, "stocks.yaml")
    return Stocks(frozenset(data["codes"]), tuple(data["stock"]), tuple(data["other"]), frozenset(data["parts"]))


@lru_cache(maxsize=1)
def load_companions() -> tuple[Companion, ...]:
    """Readings that lean on the figures before."""
    rows = read_lexicon_data("companions.yaml")
    return tuple(
        Companion(
            r["code"],
            frozenset(r["after"]),
            tuple(r["words"]),
            frozenset(r["units"]),
            is_next=bool(r.get("next")),
            names=bool(r.get("names")),
            unless=tuple(r.get("unless", ())),
        )
        for r in rows
    )


@lru_cache(maxsize=1)
def load_topics() -> tuple[Topic, ...]:
    """Readings that lean on what the article is about."""
    rows = read_lexicon_data("topics.yaml")
    return tuple(
        Topic(
            tuple(r["words"]),
            tuple(r.get("unless", ())),
            {c: (v[0], v[1]) for c, v in r["codes"].items()},
            r.get("goes_on", False),
            r.get("spoken", ""),
        )
        for r in rows
    )


@lru_cache(maxsize=1)
def load_variants() -> dict[str, Any]:
    """Indicators that stand for one another: `switch`, `plan_rate`, `share_rate`, `change_of_rate`."""
    found: dict[str, Any] = read_lexicon_data("variants.yaml")
    return found
