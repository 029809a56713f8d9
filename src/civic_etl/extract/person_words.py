"""The words that tell a person's name, and how a name is written."""

import re
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.tokens import tokenise
from civic_etl.vietnamese.fold import fold


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What stands before names, family names, and what no name begins with."""

    before: PhraseTable[bool]
    surnames: frozenset[str]
    never: frozenset[str]
    not_a_person: frozenset[tuple[str, ...]]
    history: frozenset[str]
    credit: re.Pattern[str]


@lru_cache(maxsize=1)
def person_words() -> PersonWords:
    """The words of persons.yaml; CatalogueError names the file where it is malformed."""
    data = read_data("persons.yaml")
    marks = [(word, True) for word in (*data["honorifics"], *data["lists"], *data["ranks"])]
    credit = "|".join(re.escape(word) for word in data["credit_before"])
    return PersonWords(
        before=PhraseTable(marks),
        surnames=frozenset(fold(word) for line in data["surnames"] for word in line.split()),
        never=frozenset(fold(word) for line in data["never"] for word in line.split()),
        not_a_person=frozenset(tokenise(fold(word)) for word in data["not_a_person_before"]),
        history=frozenset(fold(name) for name in data["history"]),
        credit=re.compile(rf"\W*(?:{credit})(?:[ ,&và]+(?:{credit}))*\s*:"),
    )


def written_name(name: str) -> str:
    """A name as it is recorded: one blank between syllables, and capitals only where a name has them."""
    words = re.sub(r"['’‘`ʼ] ?", "'", name).split()
    if all(word.isupper() for word in words) and any(len(word) > 2 for word in words):
        words = ["'".join(part.capitalize() for part in word.split("'")) for word in words]
    return " ".join(word[:1].upper() + word[1:] for word in words)
