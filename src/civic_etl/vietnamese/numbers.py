"""Numbers as Vietnamese pages write them: one number (`parse_number`), or all numbers of a text (`scan_numbers`)."""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext

from civic_etl.vietnamese.fold import fold, fold_same_length
from civic_etl.vietnamese.number_digits import MAX_CHARACTERS
from civic_etl.vietnamese.number_format import STYLES, format_number, spell
from civic_etl.vietnamese.number_tokens import DATA, Token, tokenise
from civic_etl.vietnamese.number_words import Grammar
from civic_etl.vietnamese.syllables import ends_in_syllable
from civic_etl.vietnamese.unaccented import is_number, with_marks

__all__ = ["STYLES", "NumberSpan", "format_number", "parse_number", "scan_numbers", "spell"]

_PRECISION = 120
_LONGEST = 12 * MAX_CHARACTERS
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_ODD_BLANKS = "\u00a0\u2007\u2009\u202f"
# what looks behind the first digit stands after it, so that the search only stops at digits
_BLANK_GROUPS = re.compile(rf"[0-9](?<![0-9.,].)[0-9]{{0,2}}(?:[{_ODD_BLANKS}][0-9]{{3}})+(?![0-9])")
_SPACE_GROUPS = re.compile(r"[0-9](?<![0-9.,] .)(?<![0-9.,].)[0-9]{0,2}(?: [0-9]{3}){2,12}(?![0-9.,]|[ ][0-9])")
_MONEY_AFTER = re.compile(rf"\s*(?:{'|'.join(DATA['currency_words'])})(?![^\W\d_])")
_PHRASE_END = re.compile(rf"\s*(?:$|[.,;:)/\]\n!?]|(?:{'|'.join(DATA['currency_words'])})(?![^\W\d_]))")
_UPPER_SIGN = re.compile(rf"([0-9]) ?([{''.join(DATA['upper_signs'])}])$")
_NEVER_ALONE = frozenset(DATA["never_alone"])
_NOT_COUNTING = {word: frozenset(rest) for word, rest in DATA["not_counting_before"].items()}
_NEXT_WORD = re.compile(r"[ ]*([^\W\d_]+)")
_PLUS = re.compile(rf"^(?:{'|'.join(DATA['plus'])}) (?=[^\W\d_]|[0-9])")
# "một triệu, hai trăm nghìn": written-out amounts set commas between their groups
_GROUP_COMMA = re.compile(rf"(?<![^\W\d_])({'|'.join(DATA['scales'])}),(?= [^\W\d_]+ [^\W\d_])")
# "gần chục nghìn lao động", "hơn trăm hộ"
_ROUND = re.compile(rf"(?<!\w)(?<!cao )(?<!nhiều )(?<!lớn )(?:{'|'.join(DATA['before_round'])}) $")
_ROUND_REACH = 12
_LONGEST_GLUED = 16
_MINUS_SIGNS = "-−–"
_VALUE_KINDS = frozenset({"digits", "unit", "ten", "tens", "hundred", "contracted", "half", "minus"})


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number of a text: `text[start:end]` with its magnitude words, its value, and how sure the reading is.

    `ambiguous` marks one separator before exactly three digits; `alternatives` then holds the other reading.
    `in_words` says that no digit was written. `pattern` is the form of the digits (`integer`, `thousands`, `decimal`,
    `grouped_decimal`, `english_decimal`, `mixed_thousands`, `spaced`, `fraction`), `magnitude` where scale words joined
    in, `words` for words, and `word` for a single digit word, which may be no number at all.
    """

    start: int
    end: int
    value: Decimal
    ambiguous: bool = False
    alternatives: tuple[Decimal, ...] = ()
    in_words: bool = False
    pattern: str = "integer"


def parse_number(text: str) -> Decimal | None:
    """The number that the whole text is, in digits, words or both; None for anything else.

    `9,13 tỷ`, `9 tỷ 130`, `chín tỷ một trăm ba mươi triệu` and `9.130.000.000` are one number. An ambiguous group of
    three digits takes the Vietnamese reading: `1.250` is 1250, `1,250` is 1.25.
    """
    stripped = " ".join(text.split())
    factor = Decimal(1)
    sign = _UPPER_SIGN.search(stripped)
    if sign:
        stripped, factor = stripped[: sign.end(1)], Decimal(10) ** DATA["upper_signs"][sign[2]]
    body = fold(stripped)
    negative = body[:1] in _MINUS_SIGNS and body != ""
    if negative or body[:1] == "+":
        body = body[1:].lstrip()
    body = _GROUP_COMMA.sub(r"\1", _PLUS.sub("", body))
    if body[:1] in {".", ","} and body[1:2].isdigit():
        body = "0" + body
    spaced = _SPACED.match(body)
    if spaced:
        body = spaced.group().replace(" ", "") + body[spaced.end() :]
    if len(body) <= _LONGEST and is_number(body):
        body = with_marks(body)
    with localcontext(prec=_PRECISION):
        value = _whole_number(body)
        return None if value is None else _tidy((-value if negative else value) * factor)


def _whole_number(body: str) -> Decimal | None:
    if not body or len(body) > _LONGEST:
        return None
    tokens = tokenise(body, body, running=False)
    if not tokens or tokens[0].start or tokens[-1].end != len(body):
        return None
    result = Grammar(tokens, strict=False, ends_phrase=lambda _: True).read(0)
    return result[0] if result is not None and result[1] == len(tokens) else None


def scan_numbers(text: str) -> list[NumberSpan]:
    """Every number of a running text, left to right, not overlapping, in time linear in the text.

    Digits count wherever they stand, except right after letters that are no Vietnamese syllable (`km2`, `QL1A`, `F0`),
    in runs of more than 40 characters, and in dotted sequences that are no number (`22.1.2021`, `1.2.3`). Word numbers
    count where they have a magnitude or a ten (`hai mươi mốt`, `ba trăm`); a single digit word comes back with
    `pattern="word"` for the caller to judge, `năm`, `không` and `tư` never do, nor capitalised ones inside a line
    (names). Blanks group thousands where they are no-break or thin, or where at least two groups stand before a
    currency. A minus counts before a percentage (`tăng -3,5%`), as U+2212, and as `âm`. The text is taken to be
    composed (NFC).
    """
    folded = fold_same_length(text)
    with localcontext(prec=_PRECISION):
        grouped = _spaced_groups(text, folded)
        tokens = tokenise(text, folded)
        grammar = Grammar(
            tokens,
            strict=True,
            ends_phrase=lambda token: bool(_PHRASE_END.match(folded, token.end)),
            is_round=lambda token: bool(_ROUND.search(folded, max(0, token.start - _ROUND_REACH), token.start)),
        )
        found: list[NumberSpan] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            group = grouped.get(token.start)
            if group is not None:
                found.append(group)
                while index < len(tokens) and tokens[index].start < group.end:
                    index += 1
                continue
            read = grammar.read(index) if token.kind in _VALUE_KINDS else None
            if read is None:
                index += 1
                continue
            value, stop = read
            span = _span(text, folded, tokens[index:stop], value)
            if span is not None:
                found.append(span)
            index = stop
    return found


def _spaced_groups(text: str, folded: str) -> dict[int, NumberSpan]:
    """Numbers whose thousands are grouped by blanks, by their start."""
    groups: dict[int, NumberSpan] = {}
    if any(blank in text for blank in _ODD_BLANKS):
        groups |= {match.start(): _spaced_span(match) for match in _BLANK_GROUPS.finditer(text)}
    for match in _SPACE_GROUPS.finditer(text):
        if _MONEY_AFTER.match(folded, match.end()):
            groups[match.start()] = _spaced_span(match)
    return groups


def _spaced_span(match: re.Match[str]) -> NumberSpan:
    return NumberSpan(match.start(), match.end(), Decimal("".join(match.group().split())), pattern="spaced")


def _span(text: str, folded: str, tokens: list[Token], value: Decimal) -> NumberSpan | None:
    first, last = tokens[0], tokens[-1]
    start, end = first.start, last.end
    written = [token for token in tokens if token.kind == "digits"]
    if not written:
        if len(tokens) == 1 and first.kind == "unit":
            return _lone_word(text, folded, first)
        return NumberSpan(start, end, _tidy(value), in_words=True, pattern="words")
    digits = written[0].digits
    if digits is None or (first.kind == "digits" and _in_a_code(text, first)):
        return None
    if first.kind == "digits" and _is_negative(text, start, end):
        start, value = start - 1, -value
    pattern = digits.pattern if len(tokens) == 1 else "magnitude"
    alternatives: tuple[Decimal, ...] = ()
    if len(written) == 1 and digits.value:
        # the words around the digits multiply every reading alike
        alternatives = tuple(_tidy(other * value / digits.value) for other in digits.alternatives)
    return NumberSpan(start, end, _tidy(value), bool(alternatives), alternatives, False, pattern)


def _lone_word(text: str, folded: str, token: Token) -> NumberSpan | None:
    if token.text in _NEVER_ALONE:
        return None
    follower = _NEXT_WORD.match(folded, token.end)
    if follower and follower[1] in _NOT_COUNTING.get(token.text, ()):
        return None
    opens_line = not text[max(0, token.start - 80) : token.start].rpartition("\n")[2].strip(" -+*•")
    if text[token.start].isupper() and not opens_line:
        return None
    return NumberSpan(token.start, token.end, token.value, in_words=True, pattern="word")


def _in_a_code(text: str, token: Token) -> bool:
    """Letters right before digits make a code (`QL1A`, `m2`), unless they are a syllable that lost its space."""
    start = token.start
    if start and text[start - 1] == "%" and token.text == "0":
        # "0,30%0" is how per mille is typed
        return True
    if not start or not text[start - 1].isalpha():
        return False
    begin = start - 1
    while begin > 0 and start - begin < _LONGEST_GLUED and text[begin - 1].isalpha():
        begin -= 1
    return not ends_in_syllable(text[begin:start]) and text[token.end : token.end + 1] != "%"


def _is_negative(text: str, start: int, end: int) -> bool:
    if start == 0:
        return False
    if text[start - 1] == "−":
        return True
    percent = text[end : end + 2].lstrip().startswith("%")
    before = text[max(0, start - 3) : start - 1]
    return percent and text[start - 1] == "-" and (before.endswith("(") or (before[:1].isalpha() and before[1:] == " "))


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
