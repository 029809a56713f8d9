"""What stands round a percentage that tells a share from a ratio to a plan."""

import re
from decimal import Decimal

from civic_etl.extract.brackets import opening
from civic_etl.extract.code_units import CURRENCIES
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_SHARED_NOUN = compiled("figure_words.yaml", "shared_noun")
_WHOLE, _RATE_OF = (compiled("figure_words.yaml", key) for key in ("of_whole", "rate_of"))
_MEETS_PLAN = compiled("figure_words.yaml", "meets_plan")
_PREDICATE = compiled("link_words.yaml", "predicate")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# right before a percentage, that it is a rate
_RATE = ("tỷ lệ", "tỉ lệ")
ROUNDING = Decimal("0.6")
"""So many points a percentage may be off what the two numbers of a fraction make."""
# a percentage beside the amount that it comes to may be rounded to a whole one
_ROUNDED = 1
_ALL = 100
# what is made or done by measure: so much percent of it is of its plan
_MEASURED = frozenset({"VND", "USD", "tonne", "kg", "ha", "m3"})


def plan_in_brackets(figure: Figure, frame: Frame) -> bool:
    """Whether brackets behind another amount of money held a ratio to its plan."""
    if figure.inherited is None or figure.inherited.quantity.unit != "VND":
        return False
    start = figure.spot.sentence.start
    return any(opening(figure.folded, d.quantity.start, start) >= 0 for d in frame.seen if d.measure == "plan_ratio")


def is_part_of_seen(figure: Figure, frame: Frame) -> bool:
    """Whether the count before is that share of an earlier one ("tiếp nhận 123 tin, giải quyết 118 tin, đạt 95,9%")."""
    inherited = figure.inherited
    # a change is no part of the level before it, whatever their ratio
    counted = inherited.quantity if inherited is not None and inherited.measure == "level" else None
    if counted is None or figure.q.unit != "percent" or figure.q.value > _ALL:
        return False
    # what is spent is no part of what is taken in, though both are told in đồng
    codes = {figure.code, "other"}
    wholes = (
        d.quantity.value
        for d in frame.seen
        if d.quantity.unit == counted.unit
        and d.measure == "level"
        and (counted.unit not in CURRENCIES or d.code in codes or figure.code == "other")
    )
    return any(whole > counted.value and _is_share(figure.q, counted.value, whole) for whole in wholes)


def says_itself(figure: Figure) -> bool:
    """Whether a noun and a verb behind a percentage say what it is of ("75% giáo viên đạt trình độ trên chuẩn")."""
    return figure.is_rate and _PREDICATE.match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def is_of_own_noun(figure: Figure) -> bool:
    """Whether what a percentage is of is named right behind it ("100% số hộ sử dụng điện thoại")."""
    return _SHARED_NOUN.match(figure.folded, figure.q.end) is not None


def is_of_noun(figure: Figure) -> bool:
    """Whether a percentage without an indicator is of what is named right behind it ("đạt trên 98% hộ đăng ký")."""
    return figure.code == "other" and figure.inherited is None and is_of_own_noun(figure)


def is_of_count(figure: Figure) -> bool:
    """Whether a percentage of what has no code goes on from nothing, or from a count: it is what part of it was done.

    ("thụ lý 150 vụ, đã giải quyết 120 vụ, đạt 80%")
    """
    inherited = figure.inherited
    return inherited is None or (inherited.quantity.unit not in _MEASURED and figure.q.value <= _ALL)


def is_part_of_planned(figure: Figure, frame: Frame) -> bool:
    """Whether a percentage is of a part of what was told with how its plan is met, and that alone.

    ("lắp 900 máy, đạt 104% kế hoạch, cụ thể: máy cày 500 cái, đạt 98%; máy gặt 90 cái, chỉ đạt 82%")
    """
    ratios = [draft for draft in frame.seen if draft.quantity.unit == "percent"]
    if figure.inherited is None or not ratios or any(draft.measure != "plan_ratio" for draft in ratios):
        return False
    return WORDS["tells_parts"].search(figure.folded, ratios[0].quantity.end, figure.q.start) is not None


def is_of_whole(figure: Figure) -> bool:
    """Whether the whole that a percentage is of is named behind it, or the part that it is of before it.

    ("chuyển đổi cây trồng đạt 20% tổng diện tích"; "đàn bò 500 con, trong đó tỷ lệ bò lai đạt 53%")
    """
    if figure.q.value > _ALL or figure.around.against:
        return False
    part = figure.inherited is not None and _RATE_OF.search(figure.gap) is not None
    return part or _WHOLE.match(figure.folded, figure.q.end) is not None


def tells_rate(figure: Figure) -> bool:
    """Whether the word for a rate stands right before a percentage ("giải ngân 12/30 tỷ đồng, đạt tỷ lệ 40%")."""
    return figure.gap.rstrip().endswith(_RATE)


def is_against_earlier_plan(figure: Figure) -> bool:
    """Whether a plan that something is held against is that of a year before the one told of.

    ("năm 2020 ... tăng 12% so với dự toán năm 2019")
    """
    around = figure.around
    named = _YEAR.search(figure.folded, around.against_start, around.against_end)
    told = _YEAR.search(figure.folded, figure.spot.sentence.start, figure.q.start)
    if told is None and figure.spot.block.headings:
        # "Chỉ tiêu năm 2021: - Thu ngân sách 90 tỷ đồng, tăng 12% so dự toán năm 2020"
        told = _YEAR.search(figure.folded, *figure.spot.block.headings[-1])
    return named is not None and told is not None and named.group() < told.group()


def tells_how_plan_is_met(figure: Figure) -> bool:
    """Whether brackets tell of one source after the other how its plan is met.

    ("4 khoản thu đạt dự toán là phí, lệ phí (108,4%), thu khác ngân sách (105,1%), lệ phí trước bạ (97%)")
    """
    indicator = load_catalogue().get(figure.code)
    if not figure.in_brackets or indicator is None or indicator.unit_measure != "VND":
        return False
    return _MEETS_PLAN.search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None


def names_amount(figure: Figure) -> bool:
    """Whether a figure names an amount of money itself."""
    link = figure.link
    if link is None or link.rule != "left":
        return False
    indicator = load_catalogue().get(link.code)
    return indicator is not None and indicator.unit_measure == "VND"


def is_ratio_of(q: Quantity, counted: Quantity, rounding: Decimal = ROUNDING) -> bool:
    """Whether a percentage is that of a count told as a fraction before it ("31/32 vụ (= 96,9%)")."""
    if q.unit != "percent" or counted.numerator is None or not counted.denominator:
        return False
    return _is_share(q, counted.numerator, counted.denominator, rounding)


def _is_share(q: Quantity, part: Decimal, whole: Decimal, rounding: Decimal = ROUNDING) -> bool:
    """Whether a percentage is what a part makes of a whole, but for rounding."""
    return abs(_ALL * part / whole - q.value) <= rounding


def goes_on_share(figure: Figure) -> bool:
    """Whether a percentage goes on from a share without an indicator, which changes by points as a rate does."""
    inherited = figure.inherited
    return figure.code == "other" and inherited is not None and inherited.measure == "share"


def is_of_rate(figure: Figure) -> bool:
    """Whether a percentage is the share of a count that a rate is of ("làm rõ 10 vụ, đạt 83,3%")."""
    rates: dict[str, dict[str, str]] = load_variants()["share_rate"].get(figure.code, {})
    return bool(rates) and (figure.near_bracket or any(figure.breakdown.get(k) in v for k, v in rates.items()))


def is_behind_aside(figure: Figure) -> bool:
    """Whether the figure before only stands in brackets behind what moved ("thị trường A (chiếm 63%) tăng 10%")."""
    floor, first = figure.spot.floor, figure.spot.sentence.start
    close = figure.folded.find(")", floor, figure.q.start)
    return close >= 0 and first <= opening(figure.folded, close, first) < floor


def is_so_much_of_level(figure: Figure, frame: Frame) -> bool:
    """Whether the change before is so many percent of a level of its sentence ("(57.100 người) tăng 4.150 (7%)")."""
    last = frame.last
    if last is None:
        return False
    levels = (d.value for d in frame.seen if d.measure == "level" and d.unit == last.unit and d.value > 0)
    return any(abs(abs(last.value) * _ALL / level - figure.q.value) < _ROUNDED for level in levels)
