"""What qualifies a ratio or a change: whose plan, since when, whether a yearly mean."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from civic_etl.extract.calendar_period import month_end, quarter
from civic_etl.extract.categories import Breakdown
from civic_etl.extract.count_parts import is_part
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import CHANGES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.journeys import comes_from
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import Period, quarter_number
from civic_etl.extract.yearly_means import BY_YEAR, is_per_year, is_yearly_mean

_YEAR = re.compile(r"((?:19|20)\d\d)")
# a year that is called by two, and is that of the second ("năm học 2021-2022", "vụ đông xuân 2021 - 2022")
_SCHOOL_YEAR = re.compile(
    r"(?:năm học|niên vụ|đông\s*[-–]?\s*xuân|vụ đx|vụ mía|vụ ép) (?:19|20)\d\d\s*[-–/]\s*((?:19|20)\d\d)"
)
_YEARS_AGO = re.compile(r"cách đây (\d{1,2}) năm")
_YEAR_END = re.compile(r"cuối năm|31[-/.]12[-/.]|tháng 12(?:[/.-]| năm )")
_YEAR_BEGINS = re.compile(
    r"(?<!tháng )(?<!quý )(?<!nửa )đầu năm|đầu (?:19|20)\d\d|tháng (?:01|1)(?:/| năm )|0?1[-/.]0?1[-/.]"
)
_BASES = (
    ("previous_month", re.compile(r"tháng trước|tháng liền trước")),
    ("previous_quarter", re.compile(r"quý trước|quý (?:iv|iii|ii|i)(?!\w|\s*[-–/]|,? năm| (?:19|20)\d\d)")),
    (
        "year_start",
        re.compile(r"(?<!tháng )(?<!quý )(?<!nửa )đầu năm(?! (?:19|20)\d\d)|(?:cuối|tháng 12) năm (?:trước|ngoái)"),
    ),
    ("term_start", re.compile(r"đầu (?:nhiệm kỳ|giai đoạn|kỳ\b(?! họp))")),
)
_MONTH = re.compile(r"\btháng (\d{1,2})\b")
_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>(?:19|20)\d\d))?(?![\d%])")
_JANUARY, _MONTHS, _MONTHS_OF_QUARTER = 1, 12, 3
_QUARTER_OF_YEAR = re.compile(r"\bquý (iv|iii|ii|i|[1-4])\s*(?:[-–/]|,? năm)?\s*((?:19|20)\d\d)")
# between a change and the same one told again in another unit
_AGAIN = re.compile(r"\s*(?:so (?:với )?[^,;.(]{0,25})?(?:\(|,? ?(?:tương (?:ứng|đương)|ứng với|bằng với)\b)")
# a comparison with something
_COMPARES = re.compile(r"\bso (?:với|cùng|tháng|quý|năm|đầu|kế|chỉ)\b|cùng kỳ")
# opens a sentence of parts
_OF_WHOLE = ("trong đó", "cụ thể")
_LISTS_PARTS = tuple(f"{opened}{PART}" for opened in ("", "(", "- "))
_OF_PLAN = frozenset({"plan_ratio", "plan_change"})
_MOVES = CHANGES | {"multiple"}
_OF_PRIOR = _MOVES | {"prior_ratio"}
# right before the first level of a journey, and before the second
_DEPARTS, _ARRIVES = compiled("figure_words.yaml", "departs"), compiled("figure_words.yaml", "arrives")
_DEPARTURE_REACH = 40
# how many figures a journey has, and a pair of changes
_ENDS = 2
# rates that the change of a count is told again by
_COUNT_OF = {"poor_household_rate": "poor_households", "near_poor_household_rate": "near_poor_households"}
# rates that the rating of members and of cells is told by
_RATED = frozenset({"party_members_rated_rate", "party_cells_rated_rate"})
# rates that are told of one level of schools after the other
_BY_LEVEL = frozenset({"enrolment_rate"})
# what the growth of the economy is told by
_OF_ECONOMY = frozenset({"economic_growth", "production_value", "value_added", "grdp"})


def qualifiers(figure: Figure, seen: Sequence[Draft], recent: Iterable[Draft] = ()) -> Breakdown:
    """The keys `plan`, `base` and `averaging` of a figure whose measure and period are known.

    `seen` are the figures before it in its sentence, `recent` those before it in its paragraph.
    """
    found: Breakdown = {}
    measure, around = figure.measure, figure.around
    if measure in _OF_PLAN and around.setters:
        found["plan"] = around.setters[0]
    prior = around.prior_text or _told_past_brackets(figure) if measure in _OF_PRIOR else ""
    if prior:
        base = base_of(prior, figure.period)
        if base:
            found["base"] = base
    elif measure in CHANGES and (of_pair := _base_of_pair(figure, seen, recent)) is not None:
        if of_pair:
            found["base"] = of_pair
    elif measure in _OF_PRIOR and (
        departure := _departure(figure, seen)
        or _told_again(figure, seen)
        or _base_told_first(figure, seen)
        or _base_of_whole(figure, recent)
        or _base_of_parts(figure, seen)
    ):
        found["base"] = departure
    means = (_is_part_of_mean, _is_held_against_mean, _is_rated_with_mean, _is_of_next_level)
    if _is_averaged(figure) or any(told(figure, seen) for told in means) or _lists_part_of_mean(figure, seen, recent):
        found["averaging"] = "annual"
    return found


def _told_past_brackets(figure: Figure) -> str:
    """What a change is with, behind brackets that tell it again ("tăng 4,5% (tăng 2.252 tấn) so cùng kỳ")."""
    found = WORDS["past_brackets"].match(figure.folded, figure.q.end)
    return found[1] if found is not None else ""


def _told_again(figure: Figure, seen: Sequence[Draft]) -> str:
    """The base of the change before that brackets tell again in another unit ("so với đầu năm tăng 12 tỷ (+6,2%)")."""
    if (
        not seen
        or _AGAIN.match(figure.gap) is None
        or seen[-1].measure not in CHANGES
        or seen[-1].code not in {figure.code, _COUNT_OF.get(figure.code)}
    ):
        return ""
    return seen[-1].breakdown.get("base", "")


def _base_told_first(figure: Figure, seen: Sequence[Draft]) -> str:
    """The base that stands before the change right before ("so với tháng trước giảm 4 vụ, giảm 2 người chết")."""
    last = seen[-1] if seen else None
    if last is None or last.measure not in CHANGES or _COMPARES.search(figure.gap) is not None:
        return ""
    base = last.breakdown.get("base", "")
    if not base or (";" in figure.gap and (last.code != figure.code or last.period != figure.period)):
        return ""
    start = max(figure.spot.sentence.start, figure.folded.rfind(";", figure.spot.sentence.start, last.quantity.start))
    told = figure.folded[start : last.quantity.start]
    first = _COMPARES.search(told)
    if first is None:
        # the base went on to the change before, too
        return base if ";" in figure.gap and _base_told_first(figure, seen[:-1]) == base else ""
    return base if base_of(told[first.start() :], figure.period) == base else ""


def _base_of_whole(figure: Figure, recent: Iterable[Draft]) -> str:
    """The base of the change whose parts a sentence lists ("... so với tháng trước. Trong đó, khai khoáng giảm 9%")."""
    start = figure.spot.sentence.start
    if not figure.folded.startswith(_OF_WHOLE, start) or _COMPARES.search(figure.gap) is not None:
        return ""
    wholes = [d for d in recent if d.code == figure.code and d.measure == figure.measure and d.quantity.end <= start]
    return wholes[-1].breakdown.get("base", "") if wholes else ""


def _base_of_pair(figure: Figure, seen: Sequence[Draft], recent: Iterable[Draft]) -> str | None:
    """The base of one of two changes of a part, of whose whole two are told; None for all other figures.

    ("tăng 3% so với tháng trước và tăng 8% so với cùng kỳ. Trong đó, khai khoáng giảm 2% và giảm 5%")
    """
    folded, start = figure.folded, figure.spot.sentence.start
    opens = start if folded.startswith(_OF_WHOLE, start) else folded.rfind(PART, start, figure.q.start)
    told = {d.quantity.start: d for d in (*recent, *seen) if d.code == figure.code and d.measure == figure.measure}
    wholes = [told[at] for at in sorted(told) if told[at].quantity.end <= opens][-_ENDS:]
    if len(wholes) < _ENDS or _without_base(wholes[0]) != _without_base(wholes[1]):
        return None
    following = figure.spot.following
    if following is not None and following.unit == figure.q.unit and _joins(folded, figure.q.end, following.start):
        return wholes[0].breakdown.get("base", "")
    last = seen[-1] if seen else None
    second = last is not None and last.quantity.start > opens and last.quantity.start in told
    return wholes[1].breakdown.get("base", "") if second and _joins(folded, figure.spot.floor, figure.q.start) else None


def _joins(folded: str, start: int, end: int) -> bool:
    return WORDS["changes_joined"].fullmatch(folded, start, end) is not None


def _without_base(draft: Draft) -> Breakdown:
    return {key: value for key, value in draft.breakdown.items() if key != "base"}


def _base_of_parts(figure: Figure, seen: Sequence[Draft]) -> str:
    """The same for parts that the sentence of the whole goes on with ("... so với tháng trước, trong đó ...")."""
    parts = figure.folded.rfind(PART, figure.spot.sentence.start, figure.q.start)
    alike = [d for d in seen if d.code == figure.code and d.measure == figure.measure]
    wholes = [d for d in alike if d.quantity.end <= parts]
    start = max(parts, figure.q.start - len(figure.gap))
    if not wholes or _COMPARES.search(figure.folded, start, figure.q.start) is not None:
        return ""
    bases = {d.breakdown.get("base", "") for d in alike[len(wholes) - 1 :]}
    return bases.pop() if len(bases) == 1 else ""


def _is_part_of_mean(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether a figure is told as a part of one that is a yearly mean ("hằng năm có 80% ..., trong đó 20% ...")."""
    alike = [d for d in seen if d.quantity.unit == figure.q.unit]
    if not alike or not _is_mean_of(figure, alike[-1]):
        return False
    return any(_is_mean_of(figure, d) and is_part(figure, d) for d in alike)


def _lists_part_of_mean(figure: Figure, seen: Sequence[Draft], recent: Iterable[Draft]) -> bool:
    """Whether a figure is one of the parts that the sentence behind a yearly mean lists.

    ("Diện tích gieo trồng hằng năm 2.500 ha. (Trong đó: lúa 60 ha; mía 210 ha)")
    """
    start = figure.spot.sentence.start
    if not figure.folded.startswith(_LISTS_PARTS, start):
        return False
    before = [d for d in recent if d.quantity.end <= start and d.quantity.unit == figure.q.unit]
    if not before or not _is_mean_of(figure, before[-1]) or before[-1].quantity.value <= figure.q.value:
        return False
    return before[-1].period == figure.period


def _is_mean_of(figure: Figure, draft: Draft) -> bool:
    """Whether a draft is a yearly mean of what a figure is of: of the economy, it may be of its values."""
    same = draft.code == figure.code or {draft.code, figure.code} <= _OF_ECONOMY
    return same and draft.measure == figure.measure and "averaging" in draft.breakdown


def _is_held_against_mean(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether a figure tells how far a yearly mean is from its plan ("bình quân 9,8%/năm, vượt 0,8% nghị quyết")."""
    if not seen or seen[-1].code != figure.code or seen[-1].breakdown.get("averaging") is None:
        return False
    return figure.measure in _OF_PLAN and figure.period == seen[-1].period


def _is_rated_with_mean(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether members or cells are rated in one breath with those whose rating is a yearly mean.

    ("hằng năm có 90% chi bộ hoàn thành tốt nhiệm vụ; đảng viên hoàn thành tốt nhiệm vụ đạt 85%")
    """
    if figure.code not in _RATED or not seen or seen[-1].code not in _RATED or "averaging" not in seen[-1].breakdown:
        return False
    return figure.measure == "share" and figure.period == seen[-1].period and _YEAR.search(figure.gap) is None


def _is_of_next_level(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether a rate is told of the next level of schools behind the yearly mean of one.

    ("bậc tiểu học bình quân hằng năm đạt 99%; bậc THCS 95% (tăng 1%)")
    """
    if figure.code not in _BY_LEVEL or not seen or seen[-1].code not in _BY_LEVEL:
        return False
    return "averaging" in seen[-1].breakdown and figure.period == seen[-1].period


def _departure(figure: Figure, seen: Sequence[Draft]) -> str:
    """The year that what grew so much started from ("từ 27 triệu năm 2015 lên 52 triệu năm 2020, gấp 1,9 lần")."""
    if len(seen) < _ENDS or ";" in figure.gap or is_yearly_mean(figure):
        return ""
    first, last = seen[-2:]
    same = first.code == last.code == figure.code and first.measure == last.measure
    if not same or first.period is None or last.period is None or figure.period != last.period:
        return ""
    if not comes_from(figure.folded, first.quantity.number_start):
        return _departure_told(figure, first, last)
    if not first.period.is_calendar_year:
        return ""
    return str(first.period.end.year) if first.period.end.year < last.period.end.year - 1 else ""


def _departure_told(figure: Figure, first: Draft, last: Draft) -> str:
    """What is told right before the level that a change started from, where no word says that it did.

    ("hộ nghèo đầu năm 3,8%, nay còn 2,9%, giảm 0,9%", "năm 2011 đạt 9 triệu, năm 2015 đạt 18 triệu, gấp 2 lần")
    """
    if figure.measure not in _MOVES or _COMPARES.search(figure.gap) is not None or "," not in figure.gap:
        return ""
    folded, start = figure.folded, first.quantity.start
    told = _DEPARTS.search(folded, max(first.sentence.start, start - _DEPARTURE_REACH), start)
    low = max(first.quantity.end, last.quantity.start - _DEPARTURE_REACH)
    if told is None or _ARRIVES.search(folded, low, last.quantity.start) is None:
        return ""
    return base_of(told[0], figure.period)


def _is_averaged(figure: Figure) -> bool:
    if figure.measure in CHANGES and is_yearly_mean(figure):
        return True
    period = figure.period
    spans = period is not None and "/P" in period.code and period.code.endswith("Y")
    if not spans or figure.measure == "multiple":
        return False
    first, start = figure.spot.sentence.start, figure.q.number_start
    if figure.measure == "share" and WORDS["mean_share"].search(figure.folded, first, start) is not None:
        return True
    return is_yearly_mean(figure) or (is_per_year(figure) and (figure.is_rate or figure.code not in BY_YEAR))


def base_of(text: str, period: Period | None) -> str:
    """The time that a comparison is with, where it is not the same one of the year before."""
    for name, pattern in _BASES:
        if pattern.search(text):
            return name
    if _is_month_before(text, period):
        return "previous_month"
    if _is_quarter_before(text, period):
        return "previous_quarter"
    if step := _step_of_day(text, period):
        return step
    # a school year is called by the year that it ends in where years are told apart by their number
    named, ago = _SCHOOL_YEAR.search(text) or _YEAR.search(text), _YEARS_AGO.search(text)
    if ago is not None and period is not None and int(ago[1]) > 1:
        return str(period.end.year - int(ago[1]))
    if named is None or period is None:
        return ""
    number = int(named[1])
    if number == period.end.year and _YEAR_BEGINS.search(text):
        return "year_start"
    if number == period.end.year - 1:
        return "year_start" if _YEAR_END.search(text) else ""
    return str(number) if number < period.end.year else ""


def _is_quarter_before(text: str, period: Period | None) -> bool:
    """Whether a figure of a quarter is held against the one before by its number and year ("so với quý IV/2025")."""
    named = _QUARTER_OF_YEAR.search(text)
    if named is None or period is None or "-Q" not in period.code:
        return False
    return quarter(int(named[2]), quarter_number(named[0])).end + timedelta(days=1) == period.start


def _step_of_day(text: str, period: Period | None) -> str:
    """The step back to the day that what stood on a day is held against ("đến 30/9 ..., so với ngày 30/6/2025")."""
    named = _DAY.search(text)
    if named is None or period is None or not period.is_day:
        return ""
    month, year = int(named["month"]), int(named["year"] or period.end.year)
    if not _JANUARY <= month <= _MONTHS or year != period.end.year:
        return ""
    if int(named["day"]) != month_end(year, month).day or month >= period.end.month:
        return ""
    if month == period.end.month - 1:
        return "previous_month"
    number = (period.end.month - 1) // _MONTHS_OF_QUARTER
    return "previous_quarter" if number and quarter(year, number).end.month == month else ""


def _is_month_before(text: str, period: Period | None) -> bool:
    """Whether a figure of a month, or of a day, is held against the month before by its number ("so với tháng 9").

    A year told with it is that of the figure ("so với tháng 9/2019"; "so với tháng 12/2018" is told of the year's end).
    """
    named, told = _MONTH.search(text), _YEAR.search(text)
    if named is None or period is None or not (period.is_month or period.is_day):
        return False
    month = period.end.month
    if told is not None and (int(told[1]) != period.end.year or month == _JANUARY or not period.is_month):
        return False
    return int(named[1]) == (month - 1 if month > _JANUARY else _MONTHS)
