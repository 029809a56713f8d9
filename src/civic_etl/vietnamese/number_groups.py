"""Numbers below a thousand, and spoken decimals: the groups that scale words (`nghìn`, `tỷ`) multiply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from civic_etl.vietnamese.number_tokens import DATA, Kind, Token

_BOUND = frozenset(DATA["bound_digits"])
_FOUR = "tư"
_YEAR_WORD = "năm"
_LONE_TENS = "chục"
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Group:
    """A value and the index after its last token; `lone` marks a single digit word, which a scale may shorten."""

    value: Decimal
    stop: int
    lone: bool = False


class GroupReader:
    """Reads groups of tokens.

    `strict` is for running text: no bare `trăm` or `nghìn` but where `is_round` says that it is a round number
    (`gần chục nghìn`), no `năm` (which is a year) as a tail, and a shortened tail (`9 tỷ 130`, `một triệu hai`) only
    where `ends_phrase` says that nothing countable follows the token.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        *,
        strict: bool,
        ends_phrase: Callable[[Token], bool],
        is_round: Callable[[Token], bool] = lambda _: False,
    ) -> None:
        self._tokens = tokens
        self._strict = strict
        self._ends_phrase = ends_phrase
        self._is_round = is_round

    def _is(self, index: int, kind: Kind, *, first: bool = False) -> bool:
        """Whether the token is of a kind and continues the one before it (`first`: it begins the number)."""
        if index >= len(self._tokens):
            return False
        token = self._tokens[index]
        return token.kind == kind and (first or token.joined)

    def _joined(self, index: int) -> bool:
        return index < len(self._tokens) and self._tokens[index].joined

    def group(self, index: int, *, first: bool) -> Group | None:
        """The group at a token with its spoken decimals (`hai phẩy không bảy`); None where none starts."""
        whole = self._whole(index, first=first)
        if whole is None or not self._is(whole.stop, "mark"):
            return whole
        decimals, stop = self._decimals(whole.stop + 1)
        if not decimals or whole.value != whole.value.to_integral_value():
            return whole
        return Group(Decimal(f"{int(whole.value)}.{decimals}"), stop)

    def _decimals(self, index: int) -> tuple[str, int]:
        """Digits after `phẩy`: one by one (`một bốn một`), or as a number (`mười ba`)."""
        found = ""
        while self._joined(index):
            token = self._tokens[index]
            if token.kind == "digits":
                if token.digits is None or token.digits.pattern != "integer" or found:
                    break
                return token.text, index + 1
            if token.kind == "unit" and not self._starts_larger(index + 1) and (found or token.text not in _BOUND):
                found += str(int(token.value))
                index += 1
                continue
            part = self._whole(index, first=False)
            return (found, index) if part is None else (found + str(int(part.value)), part.stop)
        return found, index

    def _starts_larger(self, index: int) -> bool:
        """Whether the token multiplies the digit word before it."""
        return self._is(index, "hundred") or self._is(index, "tens")

    def _whole(self, index: int, *, first: bool, in_hundreds: bool = False) -> Group | None:
        if index >= len(self._tokens) or not (first or self._tokens[index].joined):
            return None
        token = self._tokens[index]
        if token.kind == "digits":
            if in_hundreds and self._is(index + 1, "hundred"):
                return None
            return self._after_coefficient(token.value, index, lone=False)
        if token.kind == "unit":
            return self._digit_word(index, first=first, in_hundreds=in_hundreds)
        if token.kind == "ten":
            return self._with_unit(Decimal(10), index + 1)
        if token.kind == "contracted":
            return self._with_unit(token.value * 10, index + 1)
        if token.kind == "half":
            # "nửa" alone is half of anything; in running text only "nửa triệu" is sure
            return Group(_HALF, index + 1) if not self._strict or self._is(index + 1, "scale") else None
        if not self._strict and token.kind == "hundred" and not in_hundreds:
            return self._hundreds(_HUNDRED, index + 1)
        if not self._strict and token.text == _LONE_TENS:
            return self._with_unit(Decimal(10), index + 1)
        if first and token.kind in {"hundred", "tens"} and self._is_round(token):
            return Group(_HUNDRED if token.kind == "hundred" else Decimal(10), index + 1)
        return None

    def _digit_word(self, index: int, *, first: bool, in_hundreds: bool) -> Group | None:
        token = self._tokens[index]
        if token.text in _BOUND:
            # "một trăm mốt" is 110: what is bound to a ten may also shorten one
            return None if first or self._strict else Group(token.value, index + 1, lone=True)
        if self._is(index + 1, "unit") and token.value and self._pairs(index, first=first, in_hundreds=in_hundreds):
            return Group(token.value * 10 + self._tokens[index + 1].value, index + 2)
        if token.value == 1 and not self._strict and self._is(index + 1, "half"):
            return Group(_HALF, index + 2)
        if not token.value and not self._strict and self._is_ten(index + 1):
            # "không ba mươi tư" names the empty hundreds
            return self._whole(index + 1, first=False)
        if in_hundreds and self._is(index + 1, "hundred"):
            return None
        return self._after_coefficient(token.value, index, lone=True)

    def _is_ten(self, index: int) -> bool:
        return self._is(index, "ten") or self._is(index, "contracted") or self._is(index + 1, "tens")

    def _pairs(self, index: int, *, first: bool, in_hundreds: bool) -> bool:
        """Whether two digit words are a ten and a unit (`hai mốt`, `bốn ba`, `bảy trăm tám chín triệu`).

        `hai ba triệu` are two or three millions, not 23, and `ba năm` are three years.
        """
        tens, units = self._tokens[index], self._tokens[index + 1]
        if units.text in _BOUND:
            return True
        if not units.value or units.text == _YEAR_WORD or self._starts_larger(index + 2):
            return False
        scaled = self._is(index + 2, "scale")
        if self._strict:
            return in_hundreds and scaled
        return units.text == _FOUR or not (first and scaled and units.value == tens.value + 1)

    def _after_coefficient(self, value: Decimal, index: int, *, lone: bool) -> Group:
        """A digit word or a run of digits with the `trăm`, `mươi` or `chục` that follows it."""
        after = index + 1
        if self._is(after, "hundred"):
            return self._hundreds(value * _HUNDRED, after + 1)
        if self._is(after, "tens"):
            return self._with_unit(value * 10, after + 1)
        if not self._strict and self._is(after, "half_after"):
            return Group(value + _HALF, after + 1)
        return Group(value, after, lone)

    def _with_unit(self, tens: Decimal, index: int) -> Group:
        """`mười lăm`, `hai mươi tư`, `chục rưỡi`; in running text `hai mươi năm` is twenty years."""
        if self._is(index, "unit"):
            word = self._tokens[index].text
            years = self._strict and word == _YEAR_WORD and not self._is(index + 1, "scale")
            if self._tokens[index].value and not years and not self._starts_larger(index + 1):
                return Group(tens + self._tokens[index].value, index + 1)
        if self._is(index, "half_after"):
            return Group(tens + 5, index + 1)
        return Group(tens, index)

    def _hundreds(self, hundreds: Decimal, index: int) -> Group:
        """What follows `trăm`: `linh năm`, `hai mươi mốt`, `rưỡi`, a shortened `hai` (= 20), digits below a hundred."""
        if self._is(index, "joint"):
            rest = self._whole(index + 1, first=False, in_hundreds=True)
            return Group(hundreds + rest.value, rest.stop) if rest and 0 < rest.value < 10 else Group(hundreds, index)
        if self._is(index, "half_after"):
            return Group(hundreds + 50, index + 1)
        if not self._joined(index):
            return Group(hundreds, index)
        rest = self._whole(index, first=False, in_hundreds=True)
        if rest is None or not 0 < rest.value < _HUNDRED or self._tokens[index].kind == "half":
            return Group(hundreds, index)
        if self._tokens[index].kind == "digits" and self._strict and not self._is(rest.stop, "scale"):
            return Group(hundreds, index)
        if not rest.lone:
            return Group(hundreds + rest.value, rest.stop)
        if self._strict and (self._tokens[index].text == _YEAR_WORD or not self._ends_phrase(self._tokens[index])):
            return Group(hundreds, index)
        return Group(hundreds + rest.value * 10, rest.stop)
