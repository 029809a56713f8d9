"""Tables across: each row is a place, a year or what figures are counted by, each column an indicator.

("Xã | Số hộ | Số hộ nghèo | Tỷ lệ %", "Năm | Lúa (ha) | Ngô (ha)", "Lĩnh vực | Tiếp nhận | Đã giải quyết")
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import CARRIED, Cross, Draft
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link, Linker
from civic_etl.extract.numbered_leads import NumberedLeads
from civic_etl.extract.patterns import compiled, patterns
from civic_etl.extract.places import Places
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate, rate_code
from civic_etl.extract.records import RefArea
from civic_etl.extract.table_captions import Caption, link_of
from civic_etl.extract.table_columns import Column
from civic_etl.extract.table_labels import RowLabel, is_fall, signed, unit_of_change
from civic_etl.extract.table_units import CellUnit, as_ranges, label_unit, read_unit, unit_in_brackets, with_unit
from civic_etl.extract.timeline import Timeline
from civic_etl.indicators import load_catalogue

_PATTERNS = patterns("place_tables.yaml")
_PLACE_HEAD, _TIME_HEAD, _THING_HEAD, _INDEX_HEAD = (
    _PATTERNS[key] for key in ("place_head", "time_head", "thing_head", "index_head")
)
TOTAL, _OF_PLAN, _BARE_AREA, _PEOPLE, _HOMES, _BODY_LABEL = (
    _PATTERNS[key] for key in ("total", "of_plan", "bare_area", "people", "homes", "body_label")
)
_COUNTED = "unit"
_SURE = 9.0
# the indicator of a figure of a unit whose row is of one of its categories ("Cây trồng | Diện tích (ha)")
_BY_LABEL: dict[str, str] = read_data("table_labels.yaml")["by_label"]
# what bodies have of an indicator that is another where it is theirs
_OF_BODIES: dict[str, str] = read_data("table_labels.yaml")["of_bodies"]
_YEAR_ALONE = compiled("tables.yaml", "year_alone")
# the number of a row that stands before the name of its place
_NUMBERED = re.compile(r"^\d{1,3}[.)]\s*(?=[^\W\d_])")

Span = tuple[int, int]


def label_column(folded: str, head: list[Span]) -> int | None:
    """The column of a head that says what its rows are of: the first one, or the one behind the numbers of the rows."""
    first = next((at for at, cell in enumerate(head) if _INDEX_HEAD.fullmatch(folded, *cell) is None), None)
    if first is None:
        return None
    kinds = (_PLACE_HEAD, _TIME_HEAD, _THING_HEAD)
    return first if any(kind.fullmatch(folded, *head[first]) is not None for kind in kinds) else None


def is_place_head(folded: str, span: Span) -> bool:
    """Whether a span of a folded text says no more than what kind of place something is."""
    return _PLACE_HEAD.fullmatch(folded, *span) is not None


def unnumbered(label: str) -> str:
    """The words of a label without the number of its row."""
    return _NUMBERED.sub("", label.strip(" .:-–+*"))


def is_of_things(folded: str, head: Span) -> bool:
    """Whether the head of the column of labels names what figures are counted by, no places and no times."""
    return _THING_HEAD.fullmatch(folded, *head) is not None


@dataclass(frozen=True, slots=True)
class _Of:
    """What a row is of: its place, its label, and what the label says of the time and the kind of its figures.

    `is_total`: of all the things that the other rows are of; `is_body`: of a body of the place, in a table of units.
    """

    area: RefArea
    sub_area: str
    label: Span
    time: Column | None = None
    is_total: bool = False
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a column of figures: where it stands, what it says of them and of their measure, and their unit."""

    span: Span
    column: Column
    label: RowLabel
    unit: CellUnit | None


class CrossTable:
    """One such table: `head` are the cells of its head, `columns` what they say, `at` the column of the labels.

    `time_of` reads a label as the head of a column that tells a time.
    """

    def __init__(
        self,
        context: Context,
        places: Places,
        timeline: Timeline,
        *,
        linker: Linker,
        categories: Categories,
        head: list[Span],
        columns: list[Column],
        at: int,
        time_of: Callable[[str], Column],
    ) -> None:
        self._context = context
        self._places = places
        self._timeline = timeline
        self._linker = linker
        self._categories = categories
        self._leads = NumberedLeads(context, categories)
        self._time_of = time_of
        kind = _PLACE_HEAD.fullmatch(context.folded, *head[at])
        self._kind = kind["kind"] or "" if kind is not None else ""
        self._of_places = kind is not None
        time = _TIME_HEAD.fullmatch(context.folded, *head[at])
        self._of_times = time is not None
        # "Năm học", "2022-2023"
        self._time_head = (time["kind"] or "") if time is not None else ""
        self._at = at
        self._heads = [
            _Head(span, column, RowLabel(context.folded, *span), self._unit(span))
            for span, column in zip(head[at + 1 :], columns[at + 1 :], strict=True)
        ]
        self._caption = Caption(context, linker, head[0][0])
        heads = head[0][0], head[-1][1]
        self._tells_people = self._of_places and _PEOPLE.search(context.folded, *heads) is not None
        self._tells_homes = self._of_places and _HOMES.search(context.folded, *heads) is not None
        self._counted = self._caption.unit_of_counts(heads)

    def read(self, rows: list[tuple[Block, list[Span]]]) -> list[Draft]:
        """The figures of rows with their cells; only the cell of a row's number may be left out of a row."""
        drafts: list[Draft] = []
        for block, cells in rows:
            label = self._label(cells) if 1 <= len(cells) - len(self._heads) <= self._at + 1 else None
            of = self._of(label) if label is not None else None
            if of is not None:
                drafts.extend(self._row(block, of, cells[-len(self._heads) :]))
        return drafts

    def _label(self, cells: list[Span]) -> Span | None:
        """The cell that names what a row is of: that of all may stand before an empty one ("Tổng cộng | | 120")."""
        before = reversed(cells[: -len(self._heads)])
        return next((cell for cell in before if self._context.text[slice(*cell)].strip()), None)

    def _of(self, label: Span) -> _Of | None:
        """What a row with a label is of; None where it names no place or time of a table of such."""
        text = unnumbered(self._context.text[slice(*label)])
        total = TOTAL.fullmatch(self._context.folded, *label) is not None
        if self._of_times:
            time = self._time_of(f"{self._time_head} {text.lower()}")
            return _Of(*self._places.default(), label, time) if time.period is not None else None
        if total or not self._of_places:
            return _Of(*self._places.default(), label, is_total=total)
        place = self._places.named(text, self._kind)
        if place is None and not self._kind and _BODY_LABEL.match(self._context.folded, *label) is not None:
            # "Đơn vị", "Hội Nông dân"
            return _Of(*self._places.default(), label, is_body=True)
        return _Of(*place, label) if place is not None else None

    def _row(self, block: Block, of: _Of, figures: list[Span]) -> list[Draft]:
        drafts: list[Draft] = []
        for head, cell in zip(self._heads, figures, strict=True):
            if head.column.role in {"unit", "index"}:
                continue
            found = as_ranges(self._context.quantities.within(*cell), self._context.folded)
            draft = self._draft(block, head, found[0], of, cell=cell, before=drafts) if len(found) == 1 else None
            if draft is not None:
                drafts.append(draft)
        return drafts

    def _unit(self, head: Span) -> CellUnit | None:
        folded = self._context.folded[slice(*head)]
        return unit_in_brackets(folded) or (read_unit("%") if "%" in folded else None)

    def _draft(
        self, block: Block, head: _Head, figure: Quantity, of: _Of, *, cell: Span, before: list[Draft]
    ) -> Draft | None:
        q = with_unit(figure, False, head.unit)
        start, end = head.span
        link = self._link(q, head)
        last = next((d for d in reversed(before) if d.measure == "level" and d.code != "other"), None)
        measure = head.column.measure
        if measure == "plan_ratio" and not self._is_of_plan(head, before):
            measure = None
        if link is None and before and head.label.moves:
            # "Số hộ nghèo | Giảm"
            code, breakdown = before[-1].code, before[-1].breakdown
        elif link is None and last is not None and q.unit in RATES and measure is None:
            # "Số hộ nghèo | Tỷ lệ %"
            code, breakdown = rate_code(last.code, last.breakdown)
        elif measure is not None and before and (link is None or link.code == before[-1].code):
            code, breakdown = before[-1].code, before[-1].breakdown
            q = replace(q, unit="percent") if q.unit in {"", _COUNTED} and measure != "change" else q
        elif link is None and last is not None and self._categories.has_key(last.code, start, end):
            code, breakdown = last.code, self._categories.read(last.code, q, start, end, None)
        else:
            link, code, breakdown = self._told(q, head, of, before, link)
        of_places = self._of_places and not of.is_body
        code = _OF_BODIES.get(code, code) if of.is_body else code
        named = self._categories.read(code, q, *of.label, None) if not of_places else {}
        # "Cây trồng", "Lúa"
        breakdown = named | breakdown
        # "Lĩnh vực", "Đất đai"
        of_unknown = not (of_places or self._of_times or of.is_total or named) and code != "other"
        own = load_catalogue().get(code)
        if own is not None and before:
            # "Diện tích lúa | Năng suất"
            carried = {
                key: value for key, value in before[-1].breakdown.items() if key in CARRIED & own.breakdowns.keys()
            }
            breakdown = carried | breakdown
        breakdown = self._leads.of_fields(code, breakdown, block)
        if (
            q.unit in {"", _COUNTED}
            and own is not None
            and self._caption.unit
            and self._caption.unit[0] == own.unit_measure
        ):
            q = with_unit(q, False, self._caption.unit)
        if q.unit in {"", _COUNTED}:
            q = replace(q, unit=own.unit_measure if own else label_unit(self._context.line, start, end) or _COUNTED)
        sentence = Sentence(block.start, block.end)
        measure = measure or head.label.measure(q, code, link)
        if measure == "change_pct" and (q.unit not in RATES or is_rate(code)):
            measure = "change"
        unit = unit_of_change(q.unit, measure, code)
        falls = is_fall(self._context.text, cell[0], q.number_start, measure=measure, falls=head.label.falls)
        value, upper = signed(q, falls=falls)
        told = of.time if of.time is not None else head.column
        kind = told.kind if head.column.kind == "actual" else head.column.kind
        # how much of a plan was reached is of the time in which it was
        reached = before if measure == "plan_ratio" else []
        done = next((draft.period for draft in reversed(reached) if draft.kind != "target"), None)
        period = told.period or head.column.period or done
        period = period or self._timeline.at_row(block, sentence, q.start, q.end, kind)
        return Draft(
            quantity=replace(q, unit=unit),
            code="other" if of_unknown else code,
            link=link,
            breakdown={} if of_unknown else dict(breakdown) | head.column.qualifiers(period),
            measure=measure,
            value=value,
            upper=upper,
            unit=unit,
            period=period,
            kind=kind,
            rules=("table",),
            block=block,
            sentence=sentence,
            cross=Cross(of.area, of.sub_area, head.span),
        )

    def _told(
        self, q: Quantity, head: _Head, of: _Of, before: list[Draft], link: Link | None
    ) -> tuple[Link | None, str, dict[str, str]]:
        """The indicator that the head names (`link`), the label or the lines above, and the categories told there."""
        link = link or self._going_on(head, before) or self._of_label(q, of)
        captioned = None if link is not None else self._link_of_caption(q, head.column)
        link = link or captioned or self._counted_by_caption(q, head)
        code = link.code if link is not None else "other"
        breakdown = self._categories.read(code, q, *head.span, None)
        if captioned is not None and self._caption.line is not None:
            breakdown = self._categories.read(code, q, *self._caption.line, None) | breakdown
        return link, code, breakdown

    def _is_of_plan(self, head: _Head, before: list[Draft]) -> bool:
        """Whether a share is of a plan: its head says so, or the last two figures are a plan and what was done."""
        kinds = {draft.kind for draft in before[-2:]}
        return len(kinds) == len(before[-2:]) > 1 or _OF_PLAN.search(self._context.folded, *head.span) is not None

    def _of_label(self, q: Quantity, of: _Of) -> Link | None:
        """The indicator that the label of a row names for its figures, or that what they are of is told by."""
        if self._of_places or self._of_times:
            return None
        known = _BY_LABEL.get(q.unit)
        if known is not None and self._categories.has_key(known, *of.label):
            return Link(known, None, _SURE, "pattern")
        return link_of(self._context, self._linker, q, of.label)

    def _link_of_caption(self, q: Quantity, column: Column) -> Link | None:
        """The indicator that the lines above a table name, where a column says only when, or whether it is planned."""
        return self._caption.link(q) if column.role == "value" else None

    def _counted_by_caption(self, q: Quantity, head: _Head) -> Link | None:
        """The indicator that the lines above name for what a column counts by its bare noun ("Số sản phẩm")."""
        unit = label_unit(self._context.line, *head.span) if q.unit in {"", _COUNTED} else None
        if unit is None or unit == _COUNTED or not self._of_places:
            return None
        link = self._caption.link(replace(q, unit=unit))
        own = load_catalogue().get(link.code) if link is not None else None
        return link if own is not None and own.unit_measure == unit else None

    def _going_on(self, head: _Head, before: list[Draft]) -> Link | None:
        """The indicator of the figure before, where a head tells a year alone ("Tỷ lệ hộ nghèo năm 2022 | 2023")."""
        alone = _YEAR_ALONE.fullmatch(self._context.folded, *head.span) is not None
        return before[-1].link if before and alone else None

    def _link(self, q: Quantity, head: _Head) -> Link | None:
        """The indicator that a head names; of bare figures as of what the table counts."""
        if _BARE_AREA.fullmatch(self._context.folded, *head.span) is not None and (
            self._tells_people or (self._tells_homes and self._caption.link(q) is None)
        ):
            # "Xã | Diện tích (ha) | Dân số"
            return Link("natural_area", None, _SURE, "pattern")
        if q.unit in {"", _COUNTED} and self._counted is not None:
            q = with_unit(q, False, self._counted)
        return link_of(self._context, self._linker, q, head.span)
