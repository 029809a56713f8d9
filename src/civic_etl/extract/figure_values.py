"""The value of a figure in the unit of its indicator, with the sign of what it measures."""

from dataclasses import dataclass
from decimal import Decimal

from civic_etl.extract.branch_shares import CONTRIBUTION
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import AGAIN, Frame
from civic_etl.extract.figure import CHANGES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.growths import falls_with_poor, goes_on_falling, goes_on_with_fall, is_change_counted
from civic_etl.extract.likeness import rate_before
from civic_etl.indicators import load_catalogue

_ALL = 100
_THOUSAND = 1000
# what a place has at least of what it tells in tonnes
_LEAST = {"food_output": 100}
_DOSES = ("liều", "mũi")
_OWN_UNIT = frozenset({"level", "change", "plan_change"})
_KEPT_UNITS = RATES | {"VND", "USD"}
# what is counted under another name than the indicator's
_SAME_COUNT = frozenset(
    {
        ("point", "percentage_point"),
        ("target", "criterion"),
        ("target", "person"),
        # a village that has a house of culture has one
        ("residential_group", "house"),
        ("visit", "person"),
        ("school", "agency"),
        ("agency", "blood_unit"),
        # a business is registered by its certificate
        ("certificate", "household"),
        ("certificate", "enterprise"),
        *((counted, own) for counted in ("household", "road", "school") for own in ("house", "project")),
    }
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, or the range up to `upper`, in a unit."""

    value: Decimal
    upper: Decimal | None
    unit: str

    def negated(self) -> "Amount":
        """The same below nothing."""
        return Amount(-self.value, -self.upper if self.upper is not None else None, self.unit)

    def offset(self, base: int, sign: int) -> "Amount":
        """`base` and as much more, or less with a negative sign."""
        upper = base + sign * self.upper if self.upper is not None else None
        return Amount(base + sign * self.value, upper, self.unit)

    def times(self, factor: int, unit: str) -> "Amount":
        """The same in a unit that is so much smaller."""
        return Amount(self.value * factor, self.upper * factor if self.upper is not None else None, unit)

    def over(self, factor: int, unit: str) -> "Amount":
        """The same in a unit that is so much larger."""
        return Amount(self.value / factor, self.upper / factor if self.upper is not None else None, unit)

    def named(self, unit: str) -> "Amount":
        """The same number under another unit."""
        return Amount(self.value, self.upper, unit)


def amount_of(context: Context, figure: Figure, frame: Frame) -> Amount:
    """The amount of a figure whose code and measure are known."""
    amount = _signed(context, figure, _grouped(figure, Amount(figure.q.value, figure.q.upper, figure.q.unit)))
    if figure.measure in CHANGES and amount.value > 0 and _fell_before(figure, frame):
        amount = amount.negated()
    if figure.measure in {"change", "plan_change"} and amount.unit == "percent":
        amount = amount.named("percentage_point")
    if figure.code == CONTRIBUTION and figure.measure == "level" and amount.unit == "percent":
        amount = amount.named("percentage_point")
    if figure.measure in _OWN_UNIT and amount.unit not in _KEPT_UNITS:
        indicator = load_catalogue().get(figure.code)
        if indicator is not None:
            amount = _in_unit(amount, indicator.unit_measure, figure)
    if figure.code == "other" and figure.q.noun.startswith(_DOSES):
        # those vaccinated are persons where an indicator says so
        amount = amount.named("unit")
    if figure.code == "other" and figure.q.generic and amount.unit == "party_member" and not _of_party(figure):
        amount = amount.named("person")
    told_again = figure.equal is not None and frame.last is not None and frame.last.value < 0 < amount.value
    return amount.negated() if told_again else amount


def _signed(context: Context, figure: Figure, amount: Amount) -> Amount:
    """A plan exceeded by 12 % was met by 112 %; what falls is negative."""
    before, measure = figure.around.before, figure.measure
    if amount.value > _ALL and WORDS["completed_by"].search(figure.gap) is not None:
        # "hoàn thành vượt mức 118%": of all, and no more than that
        return amount
    if measure == "plan_ratio" and before == "exceed":
        amount = amount.offset(_ALL, 1)
    elif measure == "plan_ratio" and amount.value < _ALL:
        if before == "rise":
            amount = amount.offset(_ALL, 1)
        elif before == "fall":
            amount = amount.offset(_ALL, -1)
    changes = measure in CHANGES
    # "giảm 2 lần" as well
    falls = before == "fall" and (changes or measure in {"plan_change", "multiple"})
    if changes and WORDS["less_than_then"].search(figure.gap) is not None:
        # "tăng 8%, thấp hơn cùng kỳ (9%)": it grew by so much
        return amount
    if falls or goes_on_falling(context, figure) or (changes and figure.named_fall):
        # "(-11,6%)" has its sign already
        return amount if amount.value < 0 else amount.negated()
    return amount


def _fell_before(figure: Figure, frame: Frame) -> bool:
    """Whether a change is a fall by the verb of the figure before."""
    last = frame.last
    counted = AGAIN in figure.rules and last is not None and last.value < 0 and is_change_counted(figure, last)
    near_poor = figure.measure == "change" and falls_with_poor(figure, last)
    return counted or near_poor or goes_on_with_fall(figure, rate_before(figure, frame))


def _of_party(figure: Figure) -> bool:
    """Whether comrades are members of the Party: where their paragraph names it ("62 đồng chí dân quân" are not)."""
    return WORDS["party"].search(figure.folded, figure.spot.block.start, figure.q.end) is not None


def _in_unit(amount: Amount, own: str, figure: Figure) -> Amount:
    """An amount in the unit of its indicator, where one can be made the other."""
    match amount.unit, own:
        case "m", "km":
            return amount.over(1000, "km")
        case "km", "m":
            return amount
        case "tonne", "quintal_per_ha":
            # "năng suất 55,9 tạ": of a hectare
            return amount.times(10, own)
        case "ha", "m2":
            return amount.times(10_000, own)
        case pair if pair in _SAME_COUNT:
            return amount.named(own)
    counts_anything = figure.q.generic or amount.unit in {"", "unit"}
    return amount.named(own) if counts_anything and own not in RATES else amount


def _grouped(figure: Figure, amount: Amount) -> Amount:
    """An amount whose comma must group thousands: so little of it no place has ("sản lượng lương thực 4,215 tấn")."""
    least = _LEAST.get(figure.code)
    if least is None or figure.measure != "level" or not figure.q.ambiguous or amount.value >= least:
        return amount
    return amount.times(_THOUSAND, amount.unit)
