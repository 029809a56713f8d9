"""Tables across places: each row is a unit or a part of one, each column an indicator.

("Xã | Số hộ | Số hộ nghèo | Tỷ lệ %")
"""

import re
from dataclasses import dataclass, replace

from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import CARRIED, Cross, Draft
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.link import Link, Linker
from civic_etl.extract.patterns import patterns
from civic_etl.extract.places import Places
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate, rate_code
from civic_etl.extract.reach import Reach
from civic_etl.extract.table_columns import Column
from civic_etl.extract.table_labels import RowLabel, is_fall, signed, unit_of_change
from civic_etl.extract.table_units import (
    CAPTION_REACH,
    CellUnit,
    as_ranges,
    label_unit,
    read_unit,
    sheet_unit,
    unit_in_brackets,
    with_unit,
)
from civic_etl.extract.timeline import Timeline
from civic_etl.indicators import load_catalogue

_PATTERNS = patterns("place_tables.yaml")
_PLACE_HEAD, _INDEX_HEAD, _TOTAL, _OF_PLAN, _CAPTION_ASIDE = (
    _PATTERNS[key] for key in ("place_head", "index_head", "total", "of_plan", "caption_aside")
)
_COUNTED = "unit"
# the number of a row that stands before the name of its place
_NUMBERED = re.compile(r"^\d{1,3}[.)]\s*(?=[^\W\d_])")
_CAPTION_LINES = 3
_RATE = "tỷ lệ"

Span = tuple[int, int]


def place_column(folded: str, head: list[Span]) -> int | None:
    """The column of a head that names places: the first one, or the one behind the numbers of the rows."""
    first = next((at for at, cell in enumerate(head) if _INDEX_HEAD.fullmatch(folded, *cell) is None), None)
    return first if first is not None and _PLACE_HEAD.fullmatch(folded, *head[first]) is not None else None


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a column of figures: where it stands, what it says of them and of their measure, and their unit."""

    span: Span
    column: Column
    label: RowLabel
    unit: CellUnit | None


class PlaceTable:
    """One such table: `head` are the cells of its head, `columns` what they say, `at` the column of the places."""

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
    ) -> None:
        self._context = context
        self._places = places
        self._timeline = timeline
        self._linker = linker
        self._categories = categories
        kind = _PLACE_HEAD.fullmatch(context.folded, *head[at])
        self._kind = kind["kind"] or "" if kind is not None else ""
        self._at = at
        self._heads = [
            _Head(span, column, RowLabel(context.folded, *span), self._unit(span))
            for span, column in zip(head[at + 1 :], columns[at + 1 :], strict=True)
        ]
        self._caption = max(0, head[0][0] - CAPTION_REACH), head[0][0]
        # the indicator that the caption names, by the unit and the noun of a figure
        self._of_caption: dict[tuple[str, str], Link | None] = {}
        self._sheet_unit = sheet_unit(context.folded, head[0][0])

    def read(self, rows: list[tuple[Block, list[Span]]]) -> list[Draft]:
        """The figures of rows with their cells; only the cell of a row's number may be left out of a row."""
        drafts: list[Draft] = []
        for block, cells in rows:
            label = self._label(cells) if 1 <= len(cells) - len(self._heads) <= self._at + 1 else None
            if label is not None:
                drafts.extend(self._row(block, label, cells[-len(self._heads) :]))
        return drafts

    def _label(self, cells: list[Span]) -> Span | None:
        """The cell that names the place of a row: that of all may stand before an empty one ("Tổng cộng | | 120")."""
        before = reversed(cells[: -len(self._heads)])
        return next((cell for cell in before if self._context.text[slice(*cell)].strip()), None)

    def _row(self, block: Block, label: Span, figures: list[Span]) -> list[Draft]:
        text = _NUMBERED.sub("", self._context.text[slice(*label)].strip(" .:-–+*"))
        total = _TOTAL.fullmatch(self._context.folded, *label) is not None
        place = (self._places.default()[0], "") if total else self._places.named(text, self._kind)
        if place is None:
            return []
        drafts: list[Draft] = []
        for head, cell in zip(self._heads, figures, strict=True):
            if head.column.role in {"unit", "index"}:
                continue
            found = as_ranges(self._context.quantities.within(*cell), self._context.folded)
            cross = Cross(*place, head.span)
            draft = self._draft(block, head, found[0], cross, cell=cell, before=drafts) if len(found) == 1 else None
            if draft is not None:
                drafts.append(draft)
        return drafts

    def _unit(self, head: Span) -> CellUnit | None:
        folded = self._context.folded[slice(*head)]
        return unit_in_brackets(folded) or (read_unit("%") if "%" in folded else None)

    def _draft(
        self, block: Block, head: _Head, figure: Quantity, cross: Cross, *, cell: Span, before: list[Draft]
    ) -> Draft | None:
        q = with_unit(figure, False, head.unit)
        start, end = head.span
        link = self._link(q, head.span)
        last = next((d for d in reversed(before) if d.measure == "level" and d.code != "other"), None)
        measure = head.column.measure
        if measure == "plan_ratio" and _OF_PLAN.search(self._context.folded, start, end) is None:
            measure = None
        if link is None and before and head.label.moves:
            # "Số hộ nghèo | Giảm"
            code, breakdown = before[-1].code, before[-1].breakdown
        elif link is None and last is not None and q.unit in RATES and measure is None:
            # "Số hộ nghèo | Tỷ lệ %"
            code, breakdown = rate_code(last.code, last.breakdown)
        elif measure is not None and before:
            code, breakdown = before[-1].code, before[-1].breakdown
            q = replace(q, unit="percent") if q.unit in {"", _COUNTED} and measure != "change" else q
        elif link is None and last is not None and self._categories.has_key(last.code, start, end):
            code, breakdown = last.code, self._categories.read(last.code, q, start, end, None)
        else:
            link = link or self._link_of_caption(q, head.column)
            code = link.code if link is not None else "other"
            breakdown = self._categories.read(code, q, start, end, None)
        own = load_catalogue().get(code)
        if own is not None and before:
            # "Diện tích lúa | Năng suất"
            carried = {
                key: value for key, value in before[-1].breakdown.items() if key in CARRIED & own.breakdowns.keys()
            }
            breakdown = carried | breakdown
        if (
            q.unit in {"", _COUNTED}
            and own is not None
            and self._sheet_unit
            and self._sheet_unit[0] == own.unit_measure
        ):
            q = with_unit(q, False, self._sheet_unit)
        if q.unit in {"", _COUNTED}:
            q = replace(q, unit=own.unit_measure if own else label_unit(self._context.line, start, end) or _COUNTED)
        sentence = Sentence(block.start, block.end)
        measure = measure or head.label.measure(q.unit, code, link)
        if measure == "change_pct" and (q.unit not in RATES or is_rate(code)):
            measure = "change"
        unit = unit_of_change(q.unit, measure, code)
        falls = is_fall(self._context.text, cell[0], q.number_start, measure=measure, falls=head.label.falls)
        value, upper = signed(q, falls=falls)
        period = head.column.period or self._timeline.at(block, sentence, q.start, q.end, q.start)[0]
        return Draft(
            quantity=replace(q, unit=unit),
            code=code,
            link=link,
            breakdown=dict(breakdown),
            measure=measure,
            value=value,
            upper=upper,
            unit=unit,
            period=period,
            kind=head.column.kind,
            rules=("table",),
            block=block,
            sentence=sentence,
            cross=cross,
        )

    def _link_of_caption(self, q: Quantity, column: Column) -> Link | None:
        """The indicator that the lines above a table name, where a column says only whether it is planned or done."""
        if column.role != "value":
            return None
        key = q.unit, q.noun
        if key not in self._of_caption:
            self._of_caption[key] = self._in_caption(q)
        return self._of_caption[key]

    def _in_caption(self, q: Quantity) -> Link | None:
        start, end = self._caption
        lines = [line for line in self._context.text[start:end].split("\n") if line.strip()]
        for line in reversed(lines[-_CAPTION_LINES:]):
            at = self._context.text.rindex(line, start, end)
            words = self._context.folded[at : at + len(line)]
            rate = read_unit("%") if _RATE in words else None
            told = with_unit(q, False, self._sheet_unit or unit_in_brackets(words) or rate)
            aside = _CAPTION_ASIDE.search(words)
            link = self._link(told, (at, at + (aside.start() if aside is not None else len(line))))
            if link is not None:
                return link
        return None

    def _link(self, q: Quantity, span: Span) -> Link | None:
        """The indicator that a span of the text names, as if the figure stood behind it."""
        start, end = span
        while end > start and self._context.text[end - 1].isspace():
            end -= 1
        return self._linker.link(replace(q, start=end, number_start=end, end=end), Reach(start, end, start, end))
