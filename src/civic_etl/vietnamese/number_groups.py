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

    `strict` is for running text: no bare `trăm` or `nghìn`, no `năm` (which is a year) as a tail, and a shortened tail
    (`9 tỷ 130`, `một triệu hai`) only where `ends_phrase` says that nothing countable follows the token.
    """

    def __init__(self, tokens: Sequence[Token], *, strict: bool, ends_phrase: Callable[[Token], bool]) -> None:
        self._tokens = tokens
        self._strict = strict
        self._ends_phrase = ends_phrase

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
            if self._is(index, "digits"):
                reading = self._tokens[index].digits
                if reading is None or reading.pattern != "integer" or found:
                    break
                return self._tokens[index].text, index + 1
            part = self._whole(index, first=False)
            if part is None:
                break
            found += str(int(part.value))
            index = part.stop
            if not part.lone:
                break
        return found, index

    def _whole(self, index: int, *, first: bool) -> Group | None:
        if index >= len(self._tokens) or not (first or self._tokens[index].joined):
            return None
        token = self._tokens[index]
        if token.kind == "digits":
            return self._after_coefficient(token.value, index, lone=False)
        if token.kind == "unit":
            return None if token.text in _BOUND else self._after_coefficient(token.value, index, lone=True)
        if token.kind == "ten":
            return self._with_unit(Decimal(10), index + 1)
        if token.kind == "contracted":
            return self._with_unit(token.value * 10, index + 1)
        if token.kind == "half":
            # "nửa" alone is half of anything; in running text only "nửa triệu" is sure
            return Group(_HALF, index + 1) if not self._strict or self._is(index + 1, "scale") else None
        if not self._strict and token.kind == "hundred":
            return self._hundreds(_HUNDRED, index + 1)
        if not self._strict and token.text == _LONE_TENS:
            return self._with_unit(Decimal(10), index + 1)
        return None

    def _after_coefficient(self, value: Decimal, index: int, *, lone: bool) -> Group:
        """A digit word or a run of digits with the `trăm`, `mươi` or `chục` that follows it."""
        after = index + 1
        if self._is(after, "hundred"):
            return self._hundreds(value * _HUNDRED, after + 1)
        if self._is(after, "tens"):
            return self._with_unit(value * 10, after + 1)
        if lone and value and self._is(after, "unit"):
            word = self._tokens[after].text
            if word in _BOUND or (word == _FOUR and not self._strict):
                return Group(value * 10 + self._tokens[after].value, after + 1)
        if not self._strict and self._is(after, "half_after"):
            return Group(value + _HALF, after + 1)
        return Group(value, after, lone)

    def _with_unit(self, tens: Decimal, index: int) -> Group:
        """`mười lăm`, `hai mươi tư`, `chục rưỡi`; in running text `hai mươi năm` is twenty years."""
        if self._is(index, "unit"):
            word = self._tokens[index].text
            years = self._strict and word == _YEAR_WORD and not self._is(index + 1, "scale")
            starts_next = self._is(index + 1, "hundred") or self._is(index + 1, "tens")
            if self._tokens[index].value and not years and not starts_next:
                return Group(tens + self._tokens[index].value, index + 1)
        if self._is(index, "half_after"):
            return Group(tens + 5, index + 1)
        return Group(tens, index)

    def _hundreds(self, hundreds: Decimal, index: int) -> Group:
        """What follows `trăm`: `linh năm`, `hai mươi mốt`, `rưỡi`, a shortened `hai` (= 20), digits below a hundred."""
        if self._is(index, "joint"):
            rest = self._whole(index + 1, first=False)
            return Group(hundreds + rest.value, rest.stop) if rest and 0 < rest.value < 10 else Group(hundreds, index)
        if self._is(index, "half_after"):
            return Group(hundreds + 50, index + 1)
        if not self._joined(index):
            return Group(hundreds, index)
        rest = self._whole(index, first=False)
        if rest is None or not 0 < rest.value < _HUNDRED or self._tokens[index].kind == "half":
            return Group(hundreds, index)
        if self._tokens[index].kind == "digits" and self._strict and not self._is(rest.stop, "scale"):
            return Group(hundreds, index)
        if not rest.lone:
            return Group(hundreds + rest.value, rest.stop)
        if self._strict and (self._tokens[index].text == _YEAR_WORD or not self._ends_phrase(self._tokens[index])):
            return Group(hundreds, index)
        return Group(hundreds + rest.value * 10, rest.stop)
