"""Currencies, comparators and divisors around an amount, as patterns over folded text."""

import re
from dataclasses import dataclass
from typing import Literal

from civic_etl.vietnamese.lexicon import read_data
from civic_etl.vietnamese.number_tokens import DATA as NUMBERS

Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]

_DATA = read_data("money.yaml")
_CURRENCIES = read_data("currencies.yaml")


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code with the number of decimals its coins allow and the words for its hundredth part."""

    code: str
    minor: int
    cents: tuple[str, ...]


CURRENCIES = {code: Currency(code, row["minor"], tuple(row.get("cents", ()))) for code, row in _CURRENCIES.items()}
AFTER = {word: CURRENCIES[code] for code, row in _CURRENCIES.items() for word in row["words"]}
BEFORE = {word: CURRENCIES[code] for code, row in _CURRENCIES.items() for word in row["before"]}
# a hundredth part alone is a cent of the first currency that names it
CENTS = {word: currency for currency in reversed(CURRENCIES.values()) for word in currency.cents}
COMPARE_BEFORE: dict[str, Comparator] = {w: sign for sign, words in _DATA["before"].items() for w in words}
COMPARE_AFTER: dict[str, Comparator] = {w: sign for sign, words in _DATA["after"].items() for w in words}
OPENERS = frozenset(_DATA["openers"])


def either(words: object) -> str:
    """An alternation of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


def _after_words(words: object) -> str:
    """Words that follow an amount, unless the word they seem to be is the beginning of another (`đồng chí`)."""
    choices = []
    for word in sorted(words, key=len, reverse=True):  # type: ignore[call-overload]
        ends = r"(?![^\W\d_])" if word[-1].isalpha() else ""
        others = _DATA["other_word_before"].get(word)
        guard = rf"(?! (?:{either(others)})(?![^\W\d_]))" if others else ""
        # "05 đ/c" are five comrades
        guard += r"(?!/c(?![^\W\d_]))" if word == "đ" else ""
        choices.append(re.escape(word) + ends + guard)
    return "|".join(choices)


CURRENCY_AFTER = rf"(?P<after>{_after_words(AFTER)})"
CURRENCY_BEFORE = rf"(?<![^\W_])(?P<before>{either(BEFORE)})"
CENT_AFTER = rf"(?:{_after_words(CENTS)})"

COMPARATOR_AFTER = rf"(?P<sign_after>{either(COMPARE_AFTER)})(?![^\W_])"
# what is counted after a slash or "mỗi": short words, so that the pattern stays bounded
PER_WORDS = either(_DATA["per"])
_PER_NOUN = (
    rf"(?!(?:{either(AFTER)})(?![^\W\d_]))[0-9]{{0,3}} ?"
    rf"(?:(?:{either(_DATA['per_pairs'])})(?![^\W_])|[^\W\d_]{{1,8}}[²³23]?)"
)
PER = rf"(?P<per>(?: ?/ ?{_PER_NOUN}|,? (?:{PER_WORDS}) {_PER_NOUN}){{0,3}})"
# without a currency only a scale word shows that "một" does not belong to the number
_AFTER_SCALE = "|".join(f"(?<={word})" for word in NUMBERS["scales"])
PER_BARE = rf"(?P<per_bare>(?: ?/ ?{_PER_NOUN}|(?:{_AFTER_SCALE}),? (?:{PER_WORDS}) {_PER_NOUN}){{0,3}})"
