"""Telling figures: each call gives the words for one figure and writes down what those words claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from civic_etl.errors import CivicEtlError
from civic_etl.samples.figures import Figure, Figures
from civic_etl.samples.places import Place
from civic_etl.samples.wording import MoneyStyle, count, decimal, hedges, money, percent, rounded

Measure = Literal["level", "share", "plan_ratio", "plan_change", "change", "change_pct", "multiple"]

# Base units whose figures are values of a rate.
RATES = {"percent"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that an article asserts; `quote` is the text that carries it."""

    place: Place
    sub_area: str
    indicator: str
    breakdown: str
    measure: Measure
    value: Decimal
    unit: str
    comparator: str
    period: str
    kind: str
    quote: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(slots=True)
class Ledger:
    """What one article has claimed so far, in the order of its text."""

    claims: list[Claim] = field(default_factory=list)

    def add(self, claim: Claim) -> str:
        """Write a claim down and hand its words back."""
        if claim not in self.claims:
            self.claims.append(claim)
        return claim.quote


@dataclass(frozen=True, slots=True)
class Teller:
    """The voice of an article about one place, one period and one kind of figure (actual, estimate, target)."""

    ledger: Ledger
    figures: Figures
    place: Place
    period: str
    kind: str = "actual"
    sub_area: str = ""

    def of_part(self, sub_area: str) -> "Teller":
        """The same voice about a part below the commune (`Tổ dân phố 6`)."""
        return Teller(self.ledger, self.figures, self.place, self.period, self.kind, sub_area)

    def figure(self, code: str, breakdown: str = "", *, period: str = "", kind: str = "") -> Figure:
        """The figure in the table. Raises `CivicEtlError` where there is none."""
        key = (self.place.key, self.sub_area, period or self.period, code, breakdown, kind or self.kind)
        return self.figures.get(key)

    def money(
        self, code: str, style: MoneyStyle = "ty_trieu", hedge: str = "", breakdown: str = "", step: int = 0
    ) -> str:
        """An amount of money; with `step` (in đồng) the round number that the hedge asks for."""
        figure = self.figure(code, breakdown)
        value = self._near(figure.value, Decimal(step), hedge)
        return self._level(figure, value, hedges()[hedge].around(money(value, style)), hedge)

    def count(self, code: str, noun: str, hedge: str = "", breakdown: str = "", *, step: int = 0) -> str:
        """A count with its noun: `19 hộ`, `04 chi bộ`, `trên 4.500 hồ sơ`."""
        figure = self.figure(code, breakdown)
        value = self._near(figure.value, Decimal(step), hedge)
        words = f"{count(value, padded=True)} {noun}"
        return self._level(figure, value, hedges()[hedge].around(words), hedge)

    def amount(self, code: str, noun: str, hedge: str = "", breakdown: str = "") -> str:
        """A measure with decimals: `3,2 km`."""
        figure = self.figure(code, breakdown)
        return self._level(figure, figure.value, hedges()[hedge].around(f"{decimal(figure.value)} {noun}"), hedge)

    def rate(self, code: str, hedge: str = "", breakdown: str = "") -> str:
        """The value of a rate: `0,94%`."""
        figure = self.figure(code, breakdown)
        return self._level(figure, figure.value, hedges()[hedge].around(percent(figure.value)), hedge)

    def out_of(self, code: str, whole: str, noun: str, breakdown: str = "") -> str:
        """A part of a whole, both in the table: `1.905/2.021 hộ` claims the part, and the whole as a stock."""
        part, total = self.figure(code, breakdown), self.figure(whole, kind="actual")
        words = f"{count(part.value, padded=True)}/{count(total.value, padded=True)} {noun}"
        claim = self._claim(part, "level", part.value, part.unit, words)
        self.ledger.add(_with_fraction(claim, part.value, total.value))
        self.ledger.add(
            self._claim(total, "level", total.value, total.unit, f"{count(total.value, padded=True)} {noun}")
        )
        return words

    def targets_met(self, total: int) -> str:
        """Plan targets met: `17/19 chỉ tiêu`; the number of targets is no stock of the place."""
        figure = self.figure("plan_targets_met", "level=met_or_exceeded")
        words = f"{count(figure.value, padded=True)}/{total} chỉ tiêu"
        claim = self._claim(figure, "level", figure.value, figure.unit, words)
        return self.ledger.add(_with_fraction(claim, figure.value, Decimal(total)))

    def vs_plan(self, code: str, plan: str = "") -> str:
        """The figure over its target of the same period: `104,3%`; `plan` names who set it, where the prose does."""
        figure = self.figure(code)
        ratio = _tenth(100 * figure.value / self.figure(code, kind="target").value)
        return self._ratio(figure, ratio, percent(ratio), plan)

    def met(self, code: str, plan: str = "") -> str:
        """The same in words: `vượt 4,3%` (a ratio of 104.3) where the plan was exceeded, else `bằng 96%`."""
        figure = self.figure(code)
        ratio = _tenth(100 * figure.value / self.figure(code, kind="target").value)
        words = f"vượt {percent(ratio - 100)}" if ratio > 100 else f"bằng {percent(ratio)}"
        return self._ratio(figure, ratio, words, plan)

    def grew(self, code: str, base: str = "") -> str:
        """The change of an amount against the year before, in per cent: `tăng 6,1%`; `base` says another year."""
        figure, before = self.figure(code), self._before(code, base)
        change = _tenth(100 * (figure.value / before.value - 1))
        words = f"{_direction(change)} {percent(abs(change))}"
        return self.ledger.add(self._claim(figure, "change_pct", change, "percent", words, base=base))

    def moved(self, code: str, noun: str) -> str:
        """The change of a count against the year before: `giảm 11 hộ`."""
        figure = self.figure(code)
        change = figure.value - self._before(code).value
        words = f"{_direction(change)} {count(abs(change), padded=True)} {noun}"
        return self.ledger.add(self._claim(figure, "change", change, figure.unit, words))

    def drop(self, code: str, noun: str) -> str:
        """A fall that the prose has already called one: `giảm được {{11 hộ nghèo}}` claims -11."""
        figure = self.figure(code)
        change = figure.value - self._before(code).value
        if change >= 0:
            raise CivicEtlError(f"{code} of {self.place.key} did not fall in {self.period}")
        words = f"{count(-change, padded=True)} {noun}"
        return self.ledger.add(self._claim(figure, "change", change, figure.unit, words))

    def moved_points(self, code: str) -> str:
        """The change of a rate against the year before: `giảm 0,15%`, in percentage points as people write them."""
        figure = self.figure(code)
        change = figure.value - self._before(code).value
        words = f"{_direction(change)} {percent(abs(change))}"
        return self.ledger.add(self._claim(figure, "change", change, "percentage_point", words))

    def grows(self, code: str, hedge: str = "", suffix: str = "%", breakdown: str = "averaging=annual") -> str:
        """A growth that the table itself gives, in per cent: `11,3%/năm`."""
        figure = self.figure(code, breakdown)
        words = hedges()[hedge].around(f"{decimal(figure.value)}{suffix}")
        claim = self._claim(figure, "change_pct", figure.value, "percent", words, hedge=hedge)
        return self.ledger.add(claim)

    def _before(self, code: str, base: str = "") -> Figure:
        return self.figure(code, period=base or str(int(self.period) - 1), kind="actual")

    def _near(self, value: Decimal, step: Decimal, hedge: str) -> Decimal:
        return rounded(value, step, hedges()[hedge].comparator) if step else value

    def _level(self, figure: Figure, value: Decimal, words: str, hedge: str) -> str:
        measure: Measure = "share" if figure.unit in RATES else "level"
        return self.ledger.add(self._claim(figure, measure, value, figure.unit, words, hedge=hedge))

    def _ratio(self, figure: Figure, ratio: Decimal, words: str, plan: str) -> str:
        breakdown = ";".join(filter(None, (figure.breakdown, f"plan={plan}" if plan else "")))
        claim = self._claim(figure, "plan_ratio", ratio, "percent", words, breakdown=breakdown)
        return self.ledger.add(claim)

    def _claim(
        self,
        figure: Figure,
        measure: Measure,
        value: Decimal,
        unit: str,
        words: str,
        *,
        hedge: str = "",
        base: str = "",
        breakdown: str | None = None,
    ) -> Claim:
        labels = figure.breakdown if breakdown is None else breakdown
        if base:
            labels = ";".join(filter(None, (labels, f"base={base}")))
        comparator = hedges()[hedge].comparator
        where = self.sub_area
        return Claim(
            self.place, where, figure.indicator, labels, measure, value, unit, comparator, self.period, self.kind, words
        )


def parse_breakdown(text: str) -> Mapping[str, str]:
    """`rating=excellent;plan=district` as a mapping."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1")).normalize()


def _direction(change: Decimal) -> str:
    if change == 0:
        raise CivicEtlError("a story says `tăng` or `giảm` of a figure that did not move")
    return "tăng" if change > 0 else "giảm"


def _with_fraction(claim: Claim, numerator: Decimal, denominator: Decimal) -> Claim:
    return replace(claim, numerator=numerator, denominator=denominator)
