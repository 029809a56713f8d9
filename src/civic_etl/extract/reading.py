"""One sentence at a time: from its figures to draft observations."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from decimal import Decimal

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.context import Context, within
from civic_etl.extract.elision import Elision
from civic_etl.extract.kinds import Kinds
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import RATES, Link, Linker
from civic_etl.extract.measure import Surroundings, setter_in, surroundings
from civic_etl.extract.periods import Period, PeriodCue, year
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.records import Measure, ValueKind
from civic_etl.extract.timeline import Timeline, shift
from civic_etl.extract.topics import Topics
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_GROWTH_CODES = frozenset({"economic_growth", "iip", "cpi"})
_COUNTED_RULES = frozenset({"unit-phrase", "unit-noun", "right", "part"})
_ONLY_RATIO = frozenset({"change", "change_pct", "plan_ratio", "plan_change", "prior_ratio", "multiple"})
_BASES = (
    ("previous_month", re.compile(r"tháng trước|tháng liền trước")),
    ("previous_quarter", re.compile(r"quý trước")),
    ("year_start", re.compile(r"đầu năm(?! (?:19|20)\d\d)|cuối năm trước")),
    ("term_start", re.compile(r"đầu nhiệm kỳ|nhiệm kỳ trước")),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLANNED = re.compile(
    r"(?:kế hoạch|\bkh\b|dự toán|chỉ tiêu|nghị quyết)[^,;.:()]{0,40}\(\s*(?:là |kế hoạch |kh |chỉ tiêu )?$"
    r"|[/(]\s*(?:kế hoạch|kh|dự toán|chỉ tiêu)(?: (?:năm|giao|được giao|cả năm|là|huyện|tỉnh|thành phố|\d{4})){0,4}:?\s*$"
)
_OPENS_PLACE = re.compile(
    r"\s*(?:riêng|trong đó|tại|huyện|xã|phường|thị trấn|thị xã|thành phố|tp|thôn|bản|ấp|nhiều nhất|đứng đầu|dẫn đầu|tập trung|chủ yếu|phân bố|cao nhất|thấp nhất|ít nhất)\b"
)
_PLACE_ONLY = re.compile(
    r"\b(?:riêng|trong đó|tại|huyện|xã|phường|thị trấn|thị xã|thành phố|tỉnh|tp|thôn|bản|ấp|xóm|buôn|nhiều nhất|ít nhất|thấp nhất|cao nhất|dẫn đầu|đứng đầu|cùng kỳ|\d+ tháng|lũy kế|ước|còn lại)\b|^\s*[,;(]?\s*(?:và|đạt|được)?\s*$"
)
_PRIOR = re.compile(
    r"(?<!so với )(?<!so )(?:cùng kỳ|năm trước|năm ngoái)(?: (?:năm )?(?:(?:19|20)\d\d|trước|ngoái))?(?: (?:là|đạt|chỉ|có|được|thu)){0,2}\s*:?\s*$"
)
_MEAN = re.compile(
    r"bình quân (?:hằng|hàng|mỗi|một|1|các) ?năm|(?<!cây )(?:hằng|hàng|mỗi) năm|bình quân (?:tăng|giảm)(?! trưởng)|(?:tăng|giảm) bình quân"
)
_REMAINS = re.compile(r"\b(?:còn|giảm|tăng|giảm còn|xuống còn)\s*$")
_SAME_AMOUNT = re.compile(
    r"^[\s,(]*(?:và )?(?:bằng|tương đương|tương ứng)(?: với| là)?\s*$|^(?: so (?:với )?[^.;,()\d]{0,30})?\s*\(\s*$"
)
_MEAN_OPENING = re.compile(r"(?:cụ thể,? |trong đó,? )?(?:bình quân )?(?:hằng|hàng|mỗi) năm,")
_GROWTH_NAME = re.compile(r"(?:tốc độ |mức |nhịp độ )?tăng(?: trưởng)? |tốc độ tăng")
_ROUNDING = Decimal("0.6")
# units that are counted one by one: a comma in their numbers groups thousands ("1,250 hộ")
_COUNTED_UNITS = frozenset(read_data("elision.yaml")["counted_units"])
_RATE_NAMED = re.compile(r"\btỷ (?:lệ|trọng|suất)\b")
_SIGNED = re.compile(r"\(\s*[+−–-]\s*\d")
_FROM = re.compile(r"\btừ\s*(?:mức |khoảng |trên |hơn |gần )?$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure with its reading, before its place is known."""

    quantity: Quantity
    code: str
    link: Link | None
    breakdown: Breakdown
    measure: Measure
    value: Decimal
    upper: Decimal | None
    unit: str
    period: Period | None
    kind: ValueKind
    rules: tuple[str, ...]
    block: Block
    sentence: Sentence
    prior_place: bool = False


@dataclass(slots=True)
class _Frame:
    """What the figures that follow in the sentence may inherit."""

    draft: Draft | None = None
    last: Draft | None = None
    seen: list[Draft] = field(default_factory=list)
    crop: Breakdown = field(default_factory=dict)
    arrived: Period | None = None

    def of_unit(self, unit: str) -> Draft | None:
        """The last level in that unit."""
        return next(
            (d for d in reversed(self.seen) if d.quantity.unit == unit and d.measure in {"level", "share"}), None
        )


class Reader:
    """Reads the figures of one document, in order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._linker = Linker(context)
        self._categories = Categories(context)
        self._timeline = Timeline(context)
        self._kinds = Kinds(context)
        self._catalogue = load_catalogue()
        self._topics = Topics(context)
        self._elision = Elision(context)
        self._figure_starts = [q.start for q in context.quantities]
        self._block_start = -1
        self._recent: list[Draft] = []
        self._spoken: list[str] = []

    @property
    def timeline(self) -> Timeline:
        """The time scopes of the document."""
        return self._timeline

    def read(self) -> list[Draft]:
        """Draft observations of all sentences outside tables."""
        drafts: list[Draft] = []
        for block in self._context.blocks:
            self._timeline.enter(block)
            if block.kind == "row":
                continue
            for sentence in block.sentences:
                drafts.extend(self._sentence(block, sentence))
        return drafts

    def _sentence(self, block: Block, sentence: Sentence) -> list[Draft]:
        figures = [q for q in self._context.quantities if sentence.start <= q.number_start < sentence.end]
        drafts: list[Draft] = []
        frame = _Frame()
        if block.start != self._block_start:
            self._block_start, self._recent = block.start, []
        for index, quantity in enumerate(figures):
            floor = figures[index - 1].end if index else sentence.start
            ceiling = figures[index + 1].start if index + 1 < len(figures) else sentence.end
            draft = self._figure(block, sentence, quantity, floor, ceiling, frame, figures, index)
            if draft is None:
                continue
            drafts.append(draft)
            self._recent = [*self._recent[-5:], draft]
            self._spoken = [*self._spoken[-7:], draft.code]
            frame.last = draft
            frame.seen.append(draft)
            if "plan" not in draft.rules and (
                draft.measure in {"level", "share"} or frame.draft is None or draft.link is not None
            ):
                frame.draft = draft
            carried = {k: v for k, v in draft.breakdown.items() if k in {"crop", "species", "season", "price", "index"}}
            if carried:
                frame.crop = frame.crop | carried if "crop" not in carried else carried
        self._timeline.leave(sentence, bool(drafts))
        self._kinds.leave(block, sentence, [(d.quantity.start, d.period, d.kind) for d in drafts])
        return drafts

    def _figure(
        self,
        block: Block,
        sentence: Sentence,
        q: Quantity,
        floor: int,
        ceiling: int,
        frame: _Frame,
        figures: list[Quantity],
        index: int,
    ) -> Draft | None:
        counted = next((d for d in reversed(frame.seen) if d.quantity.unit not in RATES), None)
        if counted is not None and (unit := self._elision.counted_unit(q, counted.quantity, floor)):
            q = replace(q, unit=unit)
        if frame.draft is None and self._recent and index == 0 and self._elision.opens_with_ratio(q, sentence):
            frame.draft = frame.last = self._recent[-1]
        if q.ambiguous and q.unit in _COUNTED_UNITS and q.value % 1:
            q = replace(q, value=q.value * 1000, upper=q.upper * 1000 if q.upper is not None else None)
        around = surroundings(self._context, q, floor, ceiling)
        next_around = None
        if around.against == "" and q.unit in RATES and index + 1 < len(figures):
            next_around = self._shared_comparison(figures[index + 1], ceiling, q)
        if next_around:
            around = replace(around, against=next_around)
        skip = [(around.against_start, around.against_end)] if around.against else []
        link = self._linker.link(q, sentence.start, sentence.end, floor, ceiling, skip)
        link = self._topics.companion(q, link, self._spoken, floor) or link
        continued = (
            frame.last if frame.last is not None and index and self._elision.continues(q, frame.last.quantity) else None
        )
        if link is not None and (link.hit is None or link.hit.start >= floor):
            continued = None
        if link is not None and link.rule == "unit-noun" and continued is None:
            continued = self._same_count(q, link, frame, floor)
        if (
            link is not None
            and link.rule == "part"
            and frame.last is not None
            and link.hit is not None
            and frame.last.code in link.hit.payload
        ):
            link = replace(link, code=frame.last.code)
        if link is not None and frame.draft is not None and self._is_growth_of(link, frame.draft):
            link = None
        planned = frame.draft is not None and _PLANNED.search(self._context.folded[floor : q.start]) is not None
        equal = self._equals_change(q, around, frame, floor)
        inherited = frame.draft if planned else equal or continued or self._inherited(q, link, frame, floor, around)
        variants = load_variants()
        if link is not None and q.denominator is not None and link.code in variants["of_a_fraction"]:
            link = replace(link, code=variants["of_a_fraction"][link.code])
        rules: tuple[str, ...]
        if inherited is not None:
            code, breakdown, rules = inherited.code, dict(inherited.breakdown), ("inherit",)
            listed = (
                inherited.measure == "change_pct"
                and around.before == "rise"
                and not around.against
                and self._categories.has_key(code, floor, q.start)
            )
            for key in ("plan", "base") if listed else ("plan", "base", "averaging"):
                breakdown.pop(key, None)
            if self._categories.has_key(code, floor, q.start):
                breakdown |= self._categories.read(code, q, floor, q.end, None)
            link = None
        elif link is not None:
            code, rules = link.code, (link.rule,)
            breakdown = self._read_categories(code, q, link, sentence, floor, ceiling)
            breakdown = self._categories.carried(code, breakdown, frame.crop)
            breakdown = self._categories.from_context(code, breakdown, self._scene(block, sentence, q))
            breakdown = self._categories.from_title(code, breakdown)
            breakdown = self._rice_by_season(code, breakdown, floor, q)
            if (
                q.unit == "percentage_point"
                and frame.last is not None
                and ";" not in self._context.folded[floor : q.start]
            ):
                breakdown = self._categories.of_whole(code, breakdown, frame.last.breakdown)
        elif (sector := self._sector_before(q, frame, floor)) is not None:
            code, rules = sector.code, ("sector",)
            kept = (
                {"price", "season", "averaging"}
                if sector.measure == "change_pct" and around.before == "rise"
                else {"price", "season"}
            )
            breakdown = {k: v for k, v in sector.breakdown.items() if k in kept}
            breakdown |= self._categories.read(code, q, floor, q.end, None)
        elif (before := self._same_kind(q, frame, floor)) is not None:
            code, rules = before.code, ("same-unit",)
            breakdown = {k: v for k, v in before.breakdown.items() if k not in {"plan", "base", "averaging"}}
            breakdown |= self._categories.read(code, q, floor, q.end, None)
        else:
            if q.unit == "":
                return None
            code, breakdown, rules = variants["unit_default"].get(q.unit, "other"), {}, ("unlinked",)
            if code == "other" and q.unit in RATES:
                code, breakdown = self._sector_growth(q, floor, around)
            if code != "other" and not breakdown:
                breakdown = self._categories.carried(
                    code, self._categories.read(code, q, floor, q.end, None), frame.crop
                )
        if q.unit == "VND" and "/ha" in q.per and code in {"other", *variants["per_ha"]}:
            code, breakdown = "value_per_ha", {}
        code, breakdown = self._topics.reading(code, breakdown, sentence)
        code, breakdown = self._switched(code, breakdown, q, link, sentence, floor, ceiling)
        if planned and frame.draft is not None and q.unit in {frame.draft.quantity.unit, "", "percent"}:
            return self._planned(q, frame.draft, block, sentence, floor)
        journey = self._opens_journey(q, ceiling)
        if equal is not None:
            measure: Measure = "change"
        elif continued is not None and not around.against and around.before == "":
            measure = continued.measure
        elif journey:
            measure = "share" if q.unit in RATES else "level"
        else:
            measure = self._measure(q, code, link, inherited, around, frame)
        if measure == "plan_ratio" and code in variants["plan_rate"]:
            code, measure, breakdown = variants["plan_rate"][code], "share", {}
            around = replace(around, setter="", against="")
        if measure == "change_pct" and code in variants["change_of_rate"] and q.unit in RATES:
            code, measure = variants["change_of_rate"][code], "change"
        if measure == "share" and q.unit in RATES:
            code, breakdown = self._rate_code(code, breakdown)
        if q.unit == "" and (measure in _ONLY_RATIO or code == "other"):
            return None
        value, upper, unit = self._value(q, code, measure, around, link)
        if equal is not None and frame.last is not None and frame.last.value < 0 < value:
            value = -value
        bindable = q.unit != "times" and (journey or measure not in _ONLY_RATIO)
        period, cue = self._timeline.at(block, sentence, q.start, q.end, floor, bindable=bindable)
        kind = self._kinds.of(block, sentence, q.start, period)
        if (
            inherited is not None
            and (measure in _ONLY_RATIO or (q.unit in RATES and around.before != "to_level"))
            and not self._new_period(cue, inherited)
        ):
            period, kind = inherited.period, inherited.kind
        whole = inherited or self._whole_of(q, rules, sentence, frame)
        if whole is not None and cue is None and self._is_part(whole, q, sentence):
            period, kind = whole.period, whole.kind if kind == "actual" else kind
        if code == "plan_targets_set" and kind == "actual":
            kind = "target"
        period, kind = self._prior_figure(q, floor, frame, period, kind, measure)
        period, kind = self._from_figure(q, block, sentence, figures, index, period, kind, measure)
        period = self._arrival(q, floor, frame, period, cue)
        period = self._span_of(q, measure, sentence, floor, period)
        breakdown |= self._qualifiers(q, measure, around, period, code, sentence, floor)
        return Draft(q, code, link, breakdown, measure, value, upper, unit, period, kind, rules, block, sentence)

    def _whole_of(self, q: Quantity, rules: tuple[str, ...], sentence: Sentence, frame: _Frame) -> Draft | None:
        """The figure of the sentence that one read by its category alone is a part of."""
        if rules[0] not in {"sector", "same-unit"}:
            return None
        return frame.of_unit(q.unit)

    def _is_part(self, whole: Draft, q: Quantity, sentence: Sentence) -> bool:
        """Whether a figure is told as a part of one before it in its sentence."""
        if whole.sentence.start != sentence.start:
            return False
        between = self._context.folded[whole.quantity.end : q.start]
        return "trong đó" in between or "gồm" in between

    def _is_growth_of(self, link: Link, before: Draft) -> bool:
        """Whether a bare "tốc độ tăng trưởng" is that of the value before it ("giá trị sản xuất đạt 118 tỷ, tốc độ tăng trưởng 14%")."""
        if link.code != "economic_growth" or link.hit is None or before.code not in load_variants()["values_that_grow"]:
            return False
        named = self._context.folded[link.hit.start : link.hit.end]
        return link.hit.start >= before.quantity.end and "kinh tế" not in named

    def _same_count(self, q: Quantity, link: Link, frame: _Frame, floor: int) -> Draft | None:
        """The count before, where a bare noun only repeats its unit ("Thôn 1 có 131/209 hộ nghèo; Thôn 2: 158/241 hộ", "còn 41 hộ")."""
        before = frame.of_unit(q.unit) or next(
            (d for d in reversed(self._recent) if d.quantity.unit == q.unit and d.measure == "level"), None
        )
        if before is None or before.code in {link.code, "other"}:
            return None
        gap = self._context.folded[floor : q.start]
        if (before.quantity.denominator is None) != (q.denominator is None) and not _REMAINS.search(gap):
            return None
        if (
            self._elision.only_place(floor, q.start)
            or _REMAINS.search(gap)
            or (q.denominator is not None and len(gap) < 50 and _PLACE_ONLY.search(gap))
        ):
            return before
        return None

    def _sector_before(self, q: Quantity, frame: _Frame, floor: int) -> Draft | None:
        """The last figure of the unit whose indicator knows the category that is named ("Trong đó: nông nghiệp 41,5 tỷ")."""
        if "tuổi" in self._context.folded[floor : q.start]:
            return None
        for draft in [*reversed(frame.seen), *reversed(self._recent)]:
            if (
                draft.quantity.unit == q.unit
                and draft.code != "other"
                and self._categories.has_key(draft.code, floor, q.start)
            ):
                return draft
        return None

    def _sector_growth(self, q: Quantity, floor: int, around: Surroundings) -> tuple[str, Breakdown]:
        """A sector alone with a percentage: its growth, or how far its plan was met ("dịch vụ tăng 12%", "... đạt 60% kế hoạch")."""
        code = {"plan": "production_value"}.get(
            around.against, "economic_growth" if around.before in {"rise", "fall"} else ""
        )
        if not code:
            return "other", {}
        found = self._categories.read(code, q, floor, q.start, None)
        if "sector" not in found or not self._categories.fills(
            code, floor, around.before_start if around.before else q.start
        ):
            return "other", {}
        return code, found

    def _rice_by_season(self, code: str, breakdown: Breakdown, floor: int, q: Quantity) -> Breakdown:
        """Seasons are of rice, where neither a crop nor the total of all crops is named."""
        rule = load_variants()["rice_seasons"]
        if code not in rule["codes"] or "crop" in breakdown or breakdown.get("season") not in rule["seasons"]:
            return breakdown
        near = self._context.folded[floor : q.end + 30]
        return breakdown if any(word in near for word in rule["totals"]) else breakdown | {"crop": "rice"}

    def _equals_change(self, q: Quantity, around: Surroundings, frame: _Frame, floor: int) -> Draft | None:
        """The level that a change of so many percent is told of again in its own unit ("tăng 7,7% tương đương 1,6 triệu đồng")."""
        last = frame.last
        if last is None or last.measure not in {"change", "change_pct"} or q.unit in RATES | {"", "unit", "times"}:
            return None
        if _SAME_AMOUNT.search(self._context.folded[floor : q.start]) is None:
            return None
        before = frame.of_unit(q.unit)
        return before if before is not None and before.code == last.code else None

    def _same_kind(self, q: Quantity, frame: _Frame, floor: int) -> Draft | None:
        """The last figure in the same unit, for a figure whose words name only another place ("riêng xã X 402 con")."""
        if q.unit in {"", "unit"}:
            return None
        gap = self._context.folded[floor : q.start]
        other_place = self._elision.only_place(floor, q.start) or (
            not frame.seen and self._elision.only_time(floor, q.start)
        )
        # "phường B tương ứng là 51 triệu đồng và 1,05%": the second goes on, too
        elided = frame.last is not None and frame.last.rules[0] == "same-unit"
        other_place = other_place or (elided and gap.strip() in {"và", ",", ", và"})
        if q.unit in RATES:
            return self._latest(q, frame) if other_place else None
        before = frame.of_unit(q.unit)
        if before is None and not frame.seen and (other_place or _OPENS_PLACE.match(gap)):
            before = next(
                (d for d in reversed(self._recent) if d.quantity.unit == q.unit and d.measure == "level"), None
            )
        if before is None or before.code == "other" or before.quantity.noun.split()[:1] != q.noun.split()[:1]:
            return None
        return before if other_place or (len(gap) < 70 and _PLACE_ONLY.search(gap)) else None

    def _latest(self, q: Quantity, frame: _Frame) -> Draft | None:
        """The last share in the unit, of the sentence or the paragraph."""
        found = next((d for d in [*reversed(frame.seen), *reversed(self._recent)] if d.quantity.unit == q.unit), None)
        return found if found is not None and found.measure == "share" and found.code != "other" else None

    def _switched(
        self,
        code: str,
        breakdown: Breakdown,
        q: Quantity,
        link: Link | None,
        sentence: Sentence,
        floor: int,
        ceiling: int,
    ) -> tuple[str, Breakdown]:
        """A sister indicator, where only it knows the category named (coffee is no sown crop)."""
        if "crop" in breakdown or link is None:
            return code, breakdown
        for sister in load_variants()["switch"].get(code, []):
            found = self._read_categories(sister, q, link, sentence, floor, ceiling)
            if "crop" in found:
                return sister, found
        return code, breakdown

    def _planned(self, q: Quantity, achieved: Draft, block: Block, sentence: Sentence, floor: int) -> Draft:
        """The plan itself, behind what was achieved ("/KH 4.100 tấn", "kế hoạch (23.600 tỷ đồng)"): of the whole year."""
        period = achieved.period
        if period is not None and period.end.year == period.start.year:
            period = year(period.end.year)
        breakdown = {
            key: value for key, value in achieved.breakdown.items() if key not in {"base", "averaging", "plan"}
        }
        setter = setter_in(self._context, floor, q.start)
        if setter:
            breakdown["plan"] = setter
        measure: Measure = achieved.measure if achieved.measure in {"level", "share", "change"} else "level"
        value = -q.value if measure == "change" and achieved.value < 0 else q.value
        unit = achieved.unit if q.unit in {"", achieved.quantity.unit} else q.unit
        return Draft(
            q,
            achieved.code,
            None,
            breakdown,
            measure,
            value,
            q.upper,
            unit,
            period,
            "target",
            ("plan",),
            block,
            sentence,
        )

    def _shared_comparison(self, following: Quantity, ceiling: int, q: Quantity) -> str:
        """ "đạt 60% và 58% kế hoạch": the comparison of the second holds for the first."""
        gap = self._context.folded[q.end : following.start]
        if following.unit in RATES and re.fullmatch(r"\s*(?:và|,)\s*", gap):
            after = surroundings(self._context, following, q.end, following.end + 60)
            return after.against
        return ""

    def _inherited(
        self, q: Quantity, link: Link | None, frame: _Frame, floor: int, around: Surroundings
    ) -> Draft | None:
        """The draft whose indicator goes on, where no phrase between names another."""
        whole = frame.of_unit(q.unit)
        if whole is not None and whole.code in load_variants()["sums"] and self._is_part(whole, q, whole.sentence):
            if self._categories.has_key(whole.code, floor, q.start):
                return whole
        before = frame.draft
        if before is None:
            return None
        if q.unit not in RATES | {"times", ""} and around.before in {"rise", "fall"}:
            before = frame.of_unit(q.unit) or before
        if link is not None and link.hit is not None and link.hit.start >= floor and link.score >= 4.5:
            return None
        if link is not None and link.rule == "companion":
            return None
        if link is not None and link.hit is None and link.score >= 6.4 and not self._ratio_like(q, around):
            return None
        if q.unit not in RATES and "tuổi" in self._context.folded[floor : q.start]:
            return None
        if link is not None and q.unit == "percentage_point" and link.rule == "pattern":
            own = self._catalogue.get(link.code)
            if own is not None and own.unit_measure == q.unit:
                return None
        gap = self._context.folded[floor : q.start]
        if self._ratio_like(q, around) and ";" not in gap:
            return before
        if (
            q.unit == before.quantity.unit
            or q.unit == ""
            or (q.unit in {"m", "km"} and before.quantity.unit in {"m", "km"})
        ):
            named = self._categories.has_key(before.code, floor, q.start) or self._categories.has_key(
                before.code, q.end, min(q.end + 30, len(self._context.folded))
            )
            if (
                named
                and before.code != "other"
                and (link is None or link.rule == "left-far" or link.rule == "unit-noun")
            ):
                return before
            if q.unit == "" and _FROM.search(
                self._context.folded[max(0, before.quantity.start - 12) : before.quantity.start]
            ):
                return before
            if around.before == "to_level" and ";" not in gap:
                return before
            if around.before in {"rise", "fall"} and ";" not in gap:
                return before
        return None

    def _ratio_like(self, q: Quantity, around: Surroundings) -> bool:
        if q.unit == "times":
            return True
        if q.unit in RATES:
            return (
                bool(around.against)
                or around.before in {"rise", "fall", "exceed", "equal", "share_of", "times"}
                or self._in_brackets(q)
            )
        return around.before in {"rise", "fall"} and around.against == "prior"

    def _named_fall(self, link: Link | None) -> bool:
        """Whether the indicator's own words say that it fell ("mức giảm sinh", "tỷ lệ giảm nghèo")."""
        return (
            link is not None
            and link.hit is not None
            and "giảm" in self._context.folded[link.hit.start : link.hit.end].split()
        )

    def _in_brackets_wide(self, q: Quantity) -> bool:
        return "(" in self._context.folded[max(0, q.start - 16) : q.start]

    def _in_brackets(self, q: Quantity) -> bool:
        return self._context.folded[max(0, q.start - 2) : q.start].strip().endswith("(")

    def _read_categories(
        self, code: str, q: Quantity, link: Link, sentence: Sentence, floor: int, ceiling: int
    ) -> Breakdown:
        folded = self._context.folded
        if q.parallel is not None and link.hit is not None and link.hit.start < q.start:
            listed = self._categories.ranked(code, link.hit.start, self._first_parallel(q), q.parallel)
            if listed:
                return listed
        low, head = self._own_words(q, link, sentence, floor)
        if link.rule in _COUNTED_RULES and code in load_variants()["noun_only"]:
            low = q.number_end
        high = ceiling
        for mark in (",", ";", ".", "(", " và "):
            at = folded.find(mark, q.end, high)
            if at >= 0 and not (mark == "." and folded[at + 1 : at + 2].isdigit()):
                high = min(high, at)
        if link.hit is not None and q.end <= link.hit.start < ceiling:
            high = max(high, link.hit.end)
        found: Breakdown = {}
        if link.rule in _COUNTED_RULES or link.rule == "pattern":
            # what is counted is told apart by what follows it; what stands before may be said of the figure before
            found = self._categories.read(code, q, q.number_end, high, q.number_end)
        before = self._categories.read(code, q, low, high, head)
        return before | found

    def _own_words(self, q: Quantity, link: Link, sentence: Sentence, floor: int) -> tuple[int, int | None]:
        """Where the words of a figure begin, and where the phrase that names it ends if it stands before."""
        folded = self._context.folded
        low, head = floor, None
        if link.hit is not None and link.hit.start < q.number_start:
            low, head = min(floor, link.hit.start), link.hit.end
        low = max(low, folded.rfind(";", sentence.start, q.start) + 1)
        if floor > sentence.start and low >= floor:
            comma = self._comma_between(floor, q.start)
            if comma >= 0 and not folded[floor:comma].strip(" )").startswith(("trong đó", "riêng")):
                low = max(low, comma)
        return low, head

    def _comma_between(self, start: int, end: int) -> int:
        """The first comma that is not inside the name of a category ("công nghiệp, xây dựng"); -1 without one."""
        comma = self._context.folded.find(",", start, end)
        while comma >= 0:
            if not any(h.start < comma < h.end for h in within(self._context.categories, max(0, comma - 60), comma)):
                return comma
            comma = self._context.folded.find(",", comma + 1, end)
        return -1

    def _first_parallel(self, q: Quantity) -> int:
        """Where the first figure of a dashed list begins."""
        rank = q.parallel or 0
        index = self._context.quantities.index(q) if q in self._context.quantities else 0
        return self._context.quantities[max(index - rank, 0)].start

    def _scene(self, block: Block, sentence: Sentence, q: Quantity) -> list[tuple[int, int]]:
        """Spans whose words may tell what a figure's own leave out: how its sentence and paragraph open, its headings."""
        if "cả năm" in self._context.folded[sentence.start : q.start]:
            return []
        spans = [
            (start, min(self._first_figure(start), q.start)) for start in dict.fromkeys((sentence.start, block.start))
        ]
        return [*spans, *([block.lead_in] if block.lead_in else []), *reversed(block.headings)]

    def _first_figure(self, start: int) -> int:
        index = bisect_left(self._figure_starts, start)
        return self._figure_starts[index] if index < len(self._figure_starts) else len(self._context.folded)

    def _opens_journey(self, q: Quantity, ceiling: int) -> bool:
        """Whether a figure is the start of "từ A lên B"."""
        folded = self._context.folded
        opens = (
            folded[q.start : q.number_start].strip().startswith("từ")
            or _FROM.search(folded[max(0, q.start - 14) : q.start]) is not None
        )
        return (
            opens
            and q.upper is None
            and re.search(r"\b(?:lên|xuống|còn)\b", folded[q.end : min(ceiling, q.end + 45)]) is not None
        )

    def _measure(
        self, q: Quantity, code: str, link: Link | None, inherited: Draft | None, around: Surroundings, frame: _Frame
    ) -> Measure:
        is_rate = self._is_rate(code)
        if link is not None and link.hit is not None and link.hit.start <= around.before_start < link.hit.end:
            around = replace(around, before="")
        if q.unit == "rank" or (q.unit in {"target", "criterion"} and around.before == "exceed"):
            return "level"
        if q.unit == "times":
            return "multiple"
        if q.unit == "percentage_point":
            own = self._catalogue.get(code)
            if own is not None and own.unit_measure == q.unit:
                return "level"
            return "plan_change" if around.against == "plan" else "change"
        if q.unit in RATES:
            return self._percent(q, code, is_rate, link, inherited, around, frame.last)
        if around.before in {"exceed", "fall"} and around.against == "plan":
            return "plan_change"
        if self._named_fall(link):
            return "change"
        if around.before in {"rise", "fall"} and code not in {"households_escaped_poverty"}:
            if (
                link is not None
                and link.rule in {"left", "left-far"}
                and link.hit is not None
                and link.hit.start > around.before_start
            ):
                return "level"
            return "change"
        return "level"

    def _percent(
        self,
        q: Quantity,
        code: str,
        is_rate: bool,
        link: Link | None,
        inherited: Draft | None,
        around: Surroundings,
        frame_last: Draft | None,
    ) -> Measure:
        if self._named_fall(link) and around.before not in {"to_level"} and not around.against:
            return "change" if is_rate or code in load_variants()["change_of_rate"] else "change_pct"
        if (
            frame_last is not None
            and around.against == "prior"
            and around.before == ""
            and frame_last.measure in {"change", "change_pct"}
            and inherited is not None
        ):
            return frame_last.measure
        if around.before == "equal" and self._in_brackets_wide(q) and self._has_rate(code) and around.against != "plan":
            return "share"
        if code in _GROWTH_CODES:
            return (
                "prior_ratio"
                if around.before == "equal" and around.against == "prior" and code != "economic_growth"
                else "change_pct"
            )
        if around.before == "equal" and not around.against and frame_last is not None and "plan" in frame_last.rules:
            return "plan_ratio"
        if around.against != "plan" and inherited is not None and _is_ratio_of(q, inherited.quantity):
            return "share"
        if around.before == "equal" and not around.against and inherited is not None and q.value > 100:
            return "plan_ratio"
        if around.against == "plan":
            if around.before in {"exceed", "rise", "fall"}:
                grows = inherited is not None and inherited.measure == "change_pct" and q.value < 5
                return "plan_change" if grows or (is_rate and q.value < 50) else "plan_ratio"
            if is_rate and link is not None and not inherited:
                return "share"
            return "plan_ratio"
        if (
            around.before == ""
            and not around.against
            and inherited is not None
            and frame_last is not None
            and frame_last.code == inherited.code
            and frame_last.measure == "change_pct"
        ):
            # a list of growths whose verb is said once ("công nghiệp tăng 12,6%, dịch vụ 8,2%")
            return "change_pct"
        if around.before in {"rise", "fall"}:
            again = (
                inherited is not None
                and inherited.measure == "change_pct"
                and frame_last is inherited
                and q.value < 5
                and around.against == "prior"
            )
            return "change" if is_rate or again else "change_pct"
        if code == "other" and inherited is None and _RATE_NAMED.search(self._context.folded, self._clause_start(q), q.start):
            return "share"
        if self._signed_in_brackets(q):
            return "change" if is_rate else "change_pct"
        verb = self._growth_verb(link, q)
        if verb:
            return "change" if is_rate else "change_pct"
        if around.before == "exceed":
            return "plan_change" if is_rate else "plan_ratio"
        if around.against == "prior" and around.before in {"equal", "share_of", ""} and not is_rate:
            return "prior_ratio"
        if around.before == "share_of" or (self._in_brackets(q) and around.before != "equal"):
            return "share"
        if is_rate and not (inherited is not None and inherited.measure == "share" and around.before == "equal"):
            return "share"
        if around.before == "equal" and not is_rate:
            return (
                "share"
                if self._has_rate(code) or (code in load_variants()["share_rate"] and self._in_brackets_wide(q))
                else "plan_ratio"
            )
        return "share"

    def _clause_start(self, q: Quantity) -> int:
        """Where the words of a figure begin: behind the last mark."""
        return max(self._context.folded.rfind(mark, max(0, q.start - 90), q.start) for mark in ",;.\n") + 1

    def _signed_in_brackets(self, q: Quantity) -> bool:
        """Whether brackets hold a change with its sign ("giảm 3.009 vụ (-24,25%)")."""
        return _SIGNED.search(self._context.folded, max(0, q.number_start - 4), q.number_start + 1) is not None

    def _growth_verb(self, link: Link | None, q: Quantity) -> bool:
        """ "tăng giá trị sản xuất 15,5%", "tốc độ tăng X đạt 22%": the verb stands before the indicator, or in its name."""
        if link is None or link.hit is None or link.hit.start > q.start:
            return False
        if not self._is_rate(link.code) and _GROWTH_NAME.match(self._context.folded, link.hit.start):
            return True
        before = [
            m
            for m in within(self._context.measures, link.hit.start - 25, link.hit.start)
            if m.end >= link.hit.start - 2
        ]
        if not before or before[-1].payload not in {"rise", "fall"}:
            return False
        between = within(self._context.measures, link.hit.end, q.start)
        return not any(m.payload == "to_level" for m in between)

    def _is_rate(self, code: str) -> bool:
        indicator = self._catalogue.get(code)
        return indicator is not None and indicator.unit_measure in RATES

    def _has_rate(self, code: str) -> bool:
        fit = self._linker.code_for_unit(code, "percent", False)
        return fit is not None and self._is_rate(fit[0])

    def _rate_code(self, code: str, breakdown: Breakdown) -> tuple[str, Breakdown]:
        """The rate behind a count, with the categories that the rate knows."""
        for key, values in load_variants()["share_rate"].get(code, {}).items():
            if breakdown.get(key) in values:
                return values[breakdown[key]], {}
        fit = self._linker.code_for_unit(code, "percent", False)
        if fit is None or fit[0] == code:
            return code, breakdown
        known = self._catalogue.indicators[fit[0]].breakdowns
        return fit[0], {k: v for k, v in breakdown.items() if v in known.get(k, ())}

    def _value(
        self, q: Quantity, code: str, measure: Measure, around: Surroundings, link: Link | None
    ) -> tuple[Decimal, Decimal | None, str]:
        value, upper, unit = q.value, q.upper, q.unit
        indicator = self._catalogue.get(code)
        if measure == "plan_ratio" and around.before in {"exceed", "rise"} and value < 100:
            value, upper = 100 + value, 100 + upper if upper is not None else None
        if measure == "plan_ratio" and around.before == "fall" and value < 100:
            value, upper = 100 - value, 100 - upper if upper is not None else None
        falls = around.before == "fall" and measure in {"change", "change_pct", "plan_change"}
        if falls or self._falls(q, measure) or (measure in {"change", "change_pct"} and self._named_fall(link)):
            value, upper = -value, -upper if upper is not None else None
        if measure in {"change", "plan_change"} and unit == "percent":
            unit = "percentage_point"
        if (
            indicator is not None
            and measure in {"level", "change", "plan_change"}
            and unit not in RATES | {"VND", "USD"}
        ):
            own = indicator.unit_measure
            if unit == "m" and own == "km":
                value, unit = value / 1000, "km"
                upper = upper / 1000 if upper is not None else None
            elif unit == "km" and own == "m":
                unit = "km"
            elif unit == "tonne" and own == "quintal_per_ha":
                # "năng suất 55,9 tạ": of a hectare
                value, unit = value * 10, own
                upper = upper * 10 if upper is not None else None
            elif (
                (unit == "point" and own == "percentage_point")
                or (unit == "target" and own == "criterion")
                or (unit in {"household", "road", "school"} and own in {"house", "project"})
                or (unit == "visit" and own == "person")
            ):
                unit = own
            elif unit == "ha" and own == "m2":
                value, unit = value * 10000, "m2"
            elif q.generic or unit in {"", "unit"}:
                if own not in RATES:
                    unit = own
        return value, upper, unit

    def _falls(self, q: Quantity, measure: Measure) -> bool:
        if measure not in {"change", "change_pct"}:
            return False
        folded = self._context.folded
        before = [
            m for m in within(self._context.measures, max(0, q.start - 60), q.start) if m.payload in {"rise", "fall"}
        ]
        if not before or any(mark in folded[before[-1].end : q.start] for mark in ";."):
            return False
        near = surroundings(self._context, q, before[-1].start, q.end)
        return before[-1].payload == "fall" and near.before != "fall" and near.before != "rise"

    def _new_period(self, cue: PeriodCue | None, inherited: Draft) -> bool:
        return cue is not None and cue.start > inherited.quantity.end

    def _prior_figure(
        self, q: Quantity, floor: int, frame: _Frame, period: Period | None, kind: ValueKind, measure: Measure
    ) -> tuple[Period | None, ValueKind]:
        """ "(cùng kỳ 12.345 triệu đồng)": a level of the same span of the year before."""
        if measure != "level" or frame.draft is None or frame.draft.period is None:
            return period, kind
        match = _PRIOR.search(self._context.folded, floor, q.start)
        if match is None:
            return period, kind
        year = _YEAR.search(match.group())
        by = int(year.group()) - frame.draft.period.end.year if year else -1
        return shift(frame.draft.period, by), "actual"

    def _arrival(
        self, q: Quantity, floor: int, frame: _Frame, period: Period | None, cue: PeriodCue | None
    ) -> Period | None:
        """ "từ A đầu nhiệm kỳ xuống còn B": B is of the span's last year unless it is dated itself, and so is what follows."""
        before = frame.last
        if period is None or not _is_span(period) or (cue is not None and cue.start >= floor):
            frame.arrived = None
            return period
        if before is None or before.period is None or before.period == period:
            return frame.arrived or period
        gap = self._context.folded[before.quantity.end : q.start]
        if not re.search(r"\b(?:xuống|lên|còn)\b", gap) or ";" in gap:
            return frame.arrived or period
        reference = self._timeline.reference
        last = period.end.year
        frame.arrived = year(last + 1 if reference is not None and reference.year > last else last)
        return frame.arrived

    def _is_annual(self, q: Quantity, measure: Measure, sentence: Sentence, floor: int) -> bool:
        """Whether the words before a figure say that it is a yearly mean of a longer time."""
        near = self._context.folded[max(floor, sentence.start, q.start - 60) : q.start]
        opening = self._context.folded[sentence.start : min(sentence.start + 45, q.start)]
        if measure == "multiple":
            return False
        return _MEAN.search(near) is not None or _MEAN_OPENING.match(opening) is not None

    def _per_year(self, q: Quantity) -> bool:
        """Whether a figure is given by the year ("12%/năm")."""
        return "/năm" in self._context.folded[q.number_end : q.end + 5].replace(" ", "")

    def _span_of(
        self, q: Quantity, measure: Measure, sentence: Sentence, floor: int, period: Period | None
    ) -> Period | None:
        """The whole span of a yearly mean, where its own period is one year or a day."""
        if period is None or _is_span(period):
            return period
        mean = self._is_annual(q, measure, sentence, floor)
        by_year = measure in {"change", "change_pct"} and self._per_year(q) and period.start == period.end
        return self._timeline.span_at(q.start) or period if mean or by_year else period

    def _from_figure(
        self,
        q: Quantity,
        block: Block,
        sentence: Sentence,
        figures: list[Quantity],
        index: int,
        period: Period | None,
        kind: ValueKind,
        measure: Measure,
    ) -> tuple[Period | None, ValueKind]:
        """ "từ A lên B": A is of the year before B's unless it is dated itself."""
        folded = self._context.folded
        if measure not in {"level", "share"} or q.upper is not None or index + 1 >= len(figures):
            return period, kind
        opens = folded[q.start : q.number_start].strip().startswith("từ") or _FROM.search(
            folded[max(0, q.start - 14) : q.start]
        )
        following = figures[index + 1]
        gap = folded[q.end : following.start]
        if not opens or not re.search(r"\b(?:lên|xuống|còn)\b", gap) or ";" in gap:
            return period, kind
        own, cue = self._timeline.at(block, sentence, q.start, q.end, q.start)
        if cue is not None and cue.start >= q.end and cue.start < following.start:
            return own, "actual"
        then, _ = self._timeline.at(block, sentence, following.start, following.end, q.end)
        if then is None:
            return period, "actual"
        return shift(then, -1) if then.code.isdigit() or "/" in then.code else then, "actual"

    def _qualifiers(
        self,
        q: Quantity,
        measure: Measure,
        around: Surroundings,
        period: Period | None,
        code: str,
        sentence: Sentence,
        floor: int,
    ) -> Breakdown:
        found: Breakdown = {}
        if measure in {"plan_ratio", "plan_change"} and around.setter:
            found["plan"] = around.setter
        if measure in {"change", "change_pct", "multiple", "prior_ratio"} and around.prior_text:
            base = self._base(around.prior_text, period)
            if base:
                found["base"] = base
        if measure in {"change", "change_pct"} and self._is_annual(q, measure, sentence, floor):
            found["averaging"] = "annual"
        if period is not None and "/P" in period.code and period.code.endswith("Y") and measure != "multiple":
            if self._is_annual(q, measure, sentence, floor) or (
                self._per_year(q) and code not in {"income_per_capita", "food_per_capita"}
            ):
                found["averaging"] = "annual"
        return found

    def _base(self, text: str, period: Period | None) -> str:
        for name, pattern in _BASES:
            if pattern.search(text):
                return name
        year = _YEAR.search(text)
        if year is None or period is None:
            return ""
        number = int(year.group())
        if number == period.end.year - 1:
            return "year_start" if re.search(r"cuối năm", text) else ""
        return str(number) if number < period.end.year else ""


def _is_ratio_of(q: Quantity, counted: Quantity) -> bool:
    """Whether a percentage is that of a count told as a fraction before it ("31/32 vụ (= 96,9%)")."""
    if q.unit != "percent" or counted.numerator is None or not counted.denominator:
        return False
    return abs(100 * counted.numerator / counted.denominator - q.value) <= _ROUNDING


def _is_span(period: Period) -> bool:
    """Whether a period is of several years."""
    return "/P" in period.code and period.code.endswith("Y") and not period.code.endswith("/P1Y")
