"""The pieces numbers are made of, picked out of a text in one linear pass."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from civic_etl.vietnamese.fold import fold_same_length
from civic_etl.vietnamese.lexicon import read_data
from civic_etl.vietnamese.number_digits import DigitReading, read_digits, split_list

Kind = Literal[
    "digits", "unit", "ten", "tens", "contracted", "hundred", "scale", "joint", "mark", "half_after", "half", "minus"
]

DATA = read_data("numbers.yaml")
FRACTIONS: dict[str, Decimal] = {sign: Decimal(value) for sign, value in DATA["fractions"].items()}
_FRACTION_SIGNS = "".join(FRACTIONS)
_GLUED_CURRENCY = ("đồng", "đ")
_DIGIT_STARTS = frozenset("0123456789" + _FRACTION_SIGNS)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a number.

    `value` is a digit's value, a power of ten for scales, the number itself for digits. `joined` says that only blanks
    (or nothing) lie between it and the token before it.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal
    joined: bool
    digits: DigitReading | None = None


def _vocabulary() -> dict[str, tuple[Kind, Decimal]]:
    words: dict[str, tuple[Kind, Decimal]] = {w: ("unit", Decimal(v)) for w, v in DATA["digits"].items()}
    words |= {w: ("contracted", Decimal(v)) for w, v in DATA["contracted_tens"].items()}
    words |= {w: ("scale", Decimal(v)) for w, v in DATA["scales"].items()}
    kinds: tuple[tuple[str, Kind], ...] = (
        ("ten", "ten"),
        ("tens", "tens"),
        ("hundred", "hundred"),
        ("zero_joints", "joint"),
        ("decimal_marks", "mark"),
        ("half_after", "half_after"),
        ("half", "half"),
        ("minus", "minus"),
    )
    for key, kind in kinds:
        words |= {w: (kind, Decimal(0)) for w in DATA[key]}
    return words


def _token_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Digits, fraction signs, and the words that numbers are made of; a set of first letters rules the others out."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    known = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())
    digits = rf"[0-9]+(?:[.,][0-9]+)*(?: ?[{_FRACTION_SIGNS}])?|[{_FRACTION_SIGNS}]"
    # "45trđ", "16 triệuđồng": the currency may be glued to a scale
    glued = "|".join(_GLUED_CURRENCY)
    return re.compile(rf"{digits}|(?=[{''.join(tails)}])(?<![^\W\d_])(?:{known})(?:{glued})?(?![^\W\d_])")


_VOCABULARY = _vocabulary()
_TOKEN = _token_pattern(_VOCABULARY)
_SIGNS = frozenset(DATA["sign_scales"])
_OTHER_WORD = {
    scale: re.compile(rf"[ ]+(?:{'|'.join(rest)})(?![^\W\d_])")
    for scale, rest in DATA["scale_is_a_word_before"].items()
}
_OTHER_END = {
    minus: re.compile(rf"(?<![^\W\d_])(?:{'|'.join(first)})[ ]+$")
    for minus, first in DATA["minus_is_a_word_after"].items()
}
_LONGEST_FIRST = 12
_CURRENCY = re.compile(rf"\s*(?:{'|'.join(DATA['currency_words'])})(?![^\W\d_])")


def tokenise(text: str, folded: str | None = None, *, running: bool = True) -> list[Token]:
    """The tokens of a text. `folded` may be given where it is at hand.

    In running text, scale words inside names (`Triệu Sơn`) and other words (`tỷ lệ`) are left out.
    """
    folded = fold_same_length(text) if folded is None else folded
    tokens: list[Token] = []
    last_end = -1
    for match in _TOKEN.finditer(folded):
        word = match.group()
        start, end = match.span()
        if word[0] in _DIGIT_STARTS:
            made = _digit_tokens(word, start)
        else:
            made = _word_tokens(text, folded, word, start, end, running=running)
        for kind, first, last, value, digits in made:
            # several blanks separate the cells of a table, not the words of a number
            joined = last_end >= 0 and first - last_end <= 2 and not folded[last_end:first].strip(" ")
            tokens.append(Token(kind, first, last, folded[first:last], value, joined, digits))
            last_end = last
    return tokens


_Made = list[tuple[Kind, int, int, Decimal, DigitReading | None]]


def _digit_tokens(word: str, start: int) -> _Made:
    fraction = FRACTIONS.get(word[-1])
    run = word[:-1].rstrip() if fraction is not None else word
    reading = DigitReading(Decimal(0), "integer") if not run else read_digits(run)
    if reading is not None and fraction is not None:
        reading = DigitReading(reading.value + fraction, "fraction")
    if reading is not None:
        return [("digits", start, start + len(word), reading.value, reading)]
    made: _Made = []
    for first, last in split_list(run) or ():
        member = read_digits(run[first:last])
        if member is not None:
            made.append(("digits", start + first, start + last, member.value, member))
    return made


def _word_tokens(text: str, folded: str, word: str, start: int, end: int, *, running: bool) -> _Made:
    known = _VOCABULARY.get(word)
    glued = next((tail for tail in _GLUED_CURRENCY if word.endswith(tail)), None) if known is None else None
    if glued is not None:
        known, end = _VOCABULARY.get(word.removesuffix(glued)), end - len(glued)
        if known is not None and known[0] != "scale":
            return []
    if known is None:
        return []
    kind, value = known
    if kind == "scale" and running and not _is_scale(text, folded, folded[start:end], start, end):
        return []
    if kind == "minus" and running and _OTHER_END[word].search(folded, max(0, start - _LONGEST_FIRST), start):
        return []
    return [(kind, start, end, value, None)]


def _is_scale(text: str, folded: str, word: str, start: int, end: int) -> bool:
    other = _OTHER_WORD.get(word)
    if other is not None and other.match(folded, end):
        return False
    written = text[start:end]
    return word in _SIGNS or not written[0].isupper() or written.isupper() or bool(_CURRENCY.match(folded, end))
