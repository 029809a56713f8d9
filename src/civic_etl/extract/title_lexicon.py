"""The words of public offices: heads, organisations, units."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.tokens import TokenLine, tokenise
from civic_etl.vietnamese.fold import fold, fold_same_length

HeadKind = Literal["complete", "own", "heads", "local_heads"]


@dataclass(frozen=True, slots=True)
class Organ:
    """An organisation an office belongs to: where it lies by itself, and whether the unit is the committee."""

    name: str
    level: str
    party: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What an office begins with, and how it goes on (a section of the data file)."""

    name: str
    kind: HeadKind
    organ: Organ | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an organisation's name: a known organisation, or one that begins (`kind`) or goes on (`term`)."""

    kind: Literal["organ", "kind", "term"]
    organ: Organ | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrase tables of offices.yaml; `openers` are the words that a head can begin with."""

    heads: PhraseTable[Head]
    words: PhraseTable[Word]
    private: PhraseTable[bool]
    levels: PhraseTable[str]
    parts: PhraseTable[str]
    short: PhraseTable[str]
    prefixes: frozenset[str]
    dropped: frozenset[str]
    joins: frozenset[str]
    verbs: frozenset[str]
    named_unions: dict[str, str]
    same_as: dict[str, str]
    at_length: frozenset[tuple[str, ...]]
    ends_the_name: frozenset[str]
    bare_bodies: frozenset[str]
    behind_a_mark: frozenset[tuple[str, ...]]
    types: tuple[str, ...]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of offices; CatalogueError names the file where it is malformed."""
    data = read_data("offices.yaml")
    kinds: tuple[HeadKind, ...] = ("own", "heads", "local_heads")
    heads = [(phrase, Head(name, kind)) for kind in kinds for name, phrases in data[kind].items() for phrase in phrases]
    for row in data["complete"]:
        committee = row.get("committee", "")
        head = Head(row["name"], "complete", Organ(committee, row["level"], bool(committee)))
        heads += [(phrase, head) for phrase in row["phrases"]]
    words = [
        (phrase, Word("organ", Organ(row["name"], row["level"], bool(row.get("party")))))
        for row in data["organs"]
        for phrase in row["phrases"]
    ]
    words += [(phrase, Word("kind")) for phrase in data["kinds"]]
    words += [(phrase, Word("term")) for phrase in data["terms"]]
    prefixes, dropped = frozenset(data["prefixes"]), frozenset(data["dropped_prefixes"])
    return Lexicon(
        heads=PhraseTable(heads),
        words=PhraseTable(words),
        private=PhraseTable((phrase, True) for phrase in data["private"]),
        levels=PhraseTable((phrase, level) for level, phrases in data["levels"].items() for phrase in phrases),
        parts=PhraseTable((phrase, phrase) for phrase in data["parts"]),
        short=PhraseTable((phrase, name) for name, phrases in data["short_names"].items() for phrase in phrases),
        prefixes=prefixes,
        dropped=dropped,
        joins=frozenset(data["joins"]),
        verbs=frozenset(data["also_verbs"]),
        named_unions=dict(data["named_unions"]),
        same_as=dict(data["same_as"]),
        at_length=frozenset(tokenise(fold(phrase)) for phrase in data["named_at_length"]),
        ends_the_name=frozenset(tokenise(fold(" ".join(data["ends_the_name"])))),
        behind_a_mark=frozenset(tokenise(fold(phrase)) for phrase in data["behind_a_mark"]),
        bare_bodies=frozenset(data["bare_bodies"]),
        types=tuple(data["levels"]),
        openers=prefixes | dropped | {tokenise(fold(phrase))[0] for phrase, _ in heads},
    )


def short_name(organ: str) -> str:
    """An organisation's name with the parts that everybody abbreviates in their short form ("Hội LHPN")."""
    line = TokenLine(fold_same_length(organ))
    pieces: list[str] = []
    position = 0
    for hit in lexicon().short.find(line):
        pieces += [organ[position : hit.start], hit.payload]
        position = hit.end
    return "".join([*pieces, organ[position:]])
