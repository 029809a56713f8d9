"""The grammar of Vietnamese numbers over tokens: digits and words mix freely (`9 tỷ 130 triệu`, `hai mươi mốt`)."""

from dataclasses import dataclass
from decimal import Decimal

from civic_etl.vietnamese.number_groups import Group, GroupReader
from civic_etl.vietnamese.number_tokens import DATA

_NEVER_ALONE = frozenset(DATA["never_alone"])
_HALF = Decimal("0.5")
_MILLION_POWER = 6
_MAX_CHAIN = 3
_SHORT_TAIL = 3


@dataclass(frozen=True, slots=True)
class _Term:
    value: Decimal
    power: int
    from_digits: bool


class Grammar(GroupReader):
    """Reads the longest number that starts at a token; see `GroupReader` for `strict`."""

    def read(self, index: int) -> tuple[Decimal, int] | None:
        """The value and the index after the number's last token; None where no number starts."""
        token = self._tokens[index]
        if token.kind == "digits" and not self._joined(index + 1):
            # most numbers of a text are digits with no word of a number behind them
            return token.value, index + 1
        negative = self._is(index, "minus", first=True)
        start = index + 1 if negative else index
        if negative and not self._joined(start):
            return None
        result = self._terms(start)
        if result is None:
            return None
        value, stop = result
        if not self._strict and self._is(stop, "mark") and value == value.to_integral_value():
            decimals, after = self._decimals(stop + 1)
            if decimals:
                value, stop = Decimal(f"{int(value)}.{decimals}"), after
        return (-value if negative else value), stop

    def _terms(self, start: int) -> tuple[Decimal, int] | None:
        terms: list[_Term] = []
        index = start
        while True:
            first = index == start
            if not first and not self._joined(index):
                break
            joint = bool(terms) and self._is(index, "joint")
            group = self.group(index + joint, first=first)
            if group is None:
                index, more = self._without_group(terms, index, first=first)
            else:
                index, more = self._with_group(terms, index, group, joint=joint)
            if not more:
                break
        if not terms:
            return None
        return sum((term.value for term in terms), Decimal(0)), index

    def _without_group(self, terms: list[_Term], index: int, *, first: bool) -> tuple[int, bool]:
        """A scale without a coefficient (`nghìn rưỡi`), or the half after a scale (`2 tỷ rưỡi`)."""
        if first and not self._strict and self._is(index, "scale", first=True):
            return self._scale(terms, Decimal(1), index, from_digits=False), True
        if terms and terms[-1].power and self._is(index, "half_after"):
            terms.append(_Term(Decimal(10) ** terms[-1].power * _HALF, 0, False))
            index += 1
        return index, False

    def _with_group(self, terms: list[_Term], index: int, group: Group, *, joint: bool) -> tuple[int, bool]:
        from_digits = self._tokens[index].kind == "digits"
        if self._is(group.stop, "scale"):
            if not self._fits(terms, group.stop, from_digits):
                return index, False
            return self._scale(terms, group.value, group.stop, from_digits=from_digits), True
        if not terms:
            terms.append(_Term(group.value, 0, from_digits))
            return group.stop, False
        tail = self._tail(terms[-1].power, index, group, joint=joint)
        if tail is None:
            return index, False
        terms.append(_Term(tail, 0, from_digits))
        return group.stop, False

    def _fits(self, terms: list[_Term], index: int, from_digits: bool) -> bool:
        """Whether the scale at `index` may follow: a smaller one, or a larger one that multiplies what came before."""
        power = int(self._tokens[index].value)
        for term in terms:
            if term.power == power:
                return False
            if term.power < power and (term.power >= _MILLION_POWER and (term.from_digits or from_digits)):
                return False
        return True

    def _scale(self, terms: list[_Term], value: Decimal, index: int, *, from_digits: bool) -> int:
        """Apply the scale word at `index` and those chained to it (`nghìn tỷ`); returns the index after them."""
        power = int(self._tokens[index].value)
        while terms and terms[-1].power < power:
            value += terms.pop().value
        value *= Decimal(10) ** power
        index += 1
        for _ in range(_MAX_CHAIN):
            if not self._is(index, "scale") or int(self._tokens[index].value) < power:
                break
            power = int(self._tokens[index].value)
            while terms and terms[-1].power < power:
                value += terms.pop().value
            value *= Decimal(10) ** power
            index += 1
        terms.append(_Term(value, power, from_digits))
        return index

    def _tail(self, power: int, index: int, group: Group, *, joint: bool) -> Decimal | None:
        """What a last group without a scale adds: `1 triệu 2`, `9 tỷ 130`, `vạn tám`, `một nghìn linh năm`."""
        token, last = self._tokens[index], self._tokens[group.stop - 1]
        if joint:
            return group.value
        if token.kind == "digits":
            return self._digit_tail(power, index) if group.stop == index + 1 else group.value
        if not group.lone:
            if group.stop == index + 2 and token.kind == "unit" and last.kind == "unit" and power >= _MILLION_POWER:
                # "một triệu hai lăm" is 1.25 million, "một nghìn hai sáu" is 1026
                return group.value * Decimal(10) ** (power - 2)
            return group.value if group.value < Decimal(10) ** power else None
        if not group.value or (self._strict and (token.text in _NEVER_ALONE or not self._ends_phrase(last))):
            return None
        return group.value * Decimal(10) ** (power - 1)

    def _digit_tail(self, power: int, index: int) -> Decimal | None:
        """Digits after a scale are its decimals (`9 tỷ 13` is 9.13 tỷ) unless they are grouped."""
        token = self._tokens[index]
        if token.digits is None or token.digits.pattern not in {"integer", "thousands"}:
            return None
        if self._strict and not self._is_sure_tail(power, index):
            return None
        if token.digits.pattern == "thousands":
            return token.value if token.value < Decimal(10) ** power else None
        return token.value * Decimal(10) ** (power - len(token.text)) if len(token.text) <= power else None

    def _is_sure_tail(self, power: int, index: int) -> bool:
        """Whether digits after a scale in running text belong to it: glued (`1tr5`), or at the end of a phrase."""
        before, token = self._tokens[index - 1], self._tokens[index]
        if before.end == token.start:
            return True
        single = len(token.text) == 1 and token.text != "0" and power >= _MILLION_POWER
        return (single or len(token.text) == _SHORT_TAIL) and self._ends_phrase(token)
