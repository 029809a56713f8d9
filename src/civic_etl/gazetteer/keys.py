"""The spelling under which a unit's name is looked up."""

import re
from functools import lru_cache

from civic_etl.gazetteer.numerals import numbered_otherwise
from civic_etl.vietnamese.fold import fold

# letters or digits, never mixed: "P11", "8B" and "TP.Bắc" come apart at the border
TOKEN = re.compile(r"([^\W\d_]+|\d+)")
# words of the Central Highlands in their current spellings; the only i or y that folding leaves apart in names
_SPELLINGS = (
    dict.fromkeys(("đăk", "đắc", "đăc", "đak", "đác", "dak"), "đắk")
    | dict.fromkeys(("lắc", "lăk"), "lắk")
    | {"vĩ": "vỹ"}
)


def token_keys(folded: list[str]) -> list[str]:
    """The keys of folded tokens: Đăk and Đắc as đắk, 01 as 1."""
    words = folded
    if not _SPELLINGS.keys().isdisjoint(words):
        words = [_SPELLINGS.get(word, word) for word in words]
    return [(word.lstrip("0") or "0") if word.isdigit() else word for word in words]


def name_key(name: str) -> str:
    """The key of a name without its type: folded tokens, single blanks.

    Idempotent. Hyphens, apostrophes and full stops only part tokens: `Ea H'leo` gives `ea h leo`.
    """
    return " ".join(token_keys(TOKEN.findall(fold(name))))


# an h before another consonant is of no Vietnamese syllable: many write an apostrophe behind it
_PARTED = re.compile(r"\bh(?=[bdđklmnr])")


@lru_cache(maxsize=32_768)
def name_keys(name: str) -> tuple[str, ...]:
    """All keys a unit is found under: its key, and those of other ways to write the name.

    Of one with an apostrophe the key without it (`ea hleo`), of one that left it out that with it (`h ra`),
    of one with a number that in the other numerals (`x 2`).
    """
    key = name_key(name)
    written = (re.sub(r"['’‘`]\s?", "", fold(name)), numbered_otherwise(name))
    return tuple(dict.fromkeys((key, *(name_key(way) for way in written), _PARTED.sub("h ", key))))
