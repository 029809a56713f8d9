"""Number and money words typed without marks (`hai muoi trieu`), given their marks again."""

import re

from civic_etl.vietnamese.lexicon import read_data

_DATA = read_data("unaccented.yaml")
_WORDS: dict[str, str] = _DATA["words"]
_FIRST: dict[str, str] = _DATA["first"]
_AFTER_DIGIT: dict[str, str] = _DATA["after_digit_word"]
_DIGIT_WORDS = frozenset(_DATA["digit_words"])
_DATES: dict[str, str] = _WORDS | _DATA["dates"]
_DATES_BEFORE: dict[str, str] = _DATA["dates_before"]
_DATES_AFTER: dict[str, str] = _DATA["dates_after"]
_TELLING = frozenset(_DATA["telling"])
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def with_marks(text: str) -> str:
    """The text with the words of numbers and money in their full spelling; other words stay.

    Only for a text that is a number or an amount as a whole: `nam` may be `năm` or `nam` anywhere else.
    """
    pieces: list[str] = []
    position, before = 0, ""
    for match in _WORD.finditer(text):
        word = match.group().lower()
        table = _FIRST if match.start() == 0 else {}
        if before in _DIGIT_WORDS:
            table = {"muoi": _AFTER_DIGIT["muoi"]}
        elif before == "muoi" and pieces and pieces[-1] == _AFTER_DIGIT["muoi"]:
            table = {"mot": _AFTER_DIGIT["mot"]}
        pieces += [text[position : match.start()], table.get(word) or _WORDS.get(word, match.group())]
        position, before = match.end(), word
    return "".join(pieces) + text[position:]


def with_date_marks(text: str) -> str:
    """The text with the words of dates in their full spelling (`ngay 3 thang 2`); only for a text that is a date."""
    words = text.lower().split(" ")
    marked: list[str] = []
    for index, word in enumerate(words):
        behind = _DATES_AFTER.get(f"{words[index - 1]} {word}") if index else None
        ahead = _DATES_BEFORE.get(f"{word} {words[index + 1]}") if index + 1 < len(words) else None
        tens = _AFTER_DIGIT["muoi"] if word == "muoi" and index and words[index - 1] in _DIGIT_WORDS else None
        marked.append(behind or ahead or tens or _DATES.get(word, word))
    return " ".join(marked)


def is_number(text: str) -> bool:
    """Whether a text without marks has a word that only numbers have (`trieu`, `muoi`)."""
    return text.isascii() and any(match.group().lower() in _TELLING for match in _WORD.finditer(text))
