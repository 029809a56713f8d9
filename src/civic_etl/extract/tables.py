"""Table rows: a label, perhaps a unit, and figures whose column says period, kind and measure."""

import re
from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.cross_tables import TOTAL, CrossTable, is_of_things, is_place_head, label_column, unnumbered
from civic_etl.extract.drafts import Cross
from civic_etl.extract.head_lines import below_years
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.link import Link, Linker
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import year
from civic_etl.extract.place_lists import tells_places
from civic_etl.extract.places import Places
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate
from civic_etl.extract.reach import Reach
from civic_etl.extract.reading import Draft, Reader
from civic_etl.extract.records import Measure, RefArea
from civic_etl.extract.table_captions import Caption
from civic_etl.extract.table_columns import (
    UNTOLD,
    Column,
    aligned,
    held_against_plan,
    of_expected_parts,
    of_whole_years,
    read_column,
    within_year,
    yet_to_come,
)
from civic_etl.extract.table_labels import RowLabel, is_fall, is_signed, signed, unit_of_change
from civic_etl.extract.table_parts import names_part
from civic_etl.extract.table_rows import Row, Whole
from civic_etl.extract.table_sections import Sections
from civic_etl.extract.table_units import (
    CellUnit,
    as_counted,
    as_ranges,
    in_currency,
    is_unit,
    label_unit,
    read_unit,
    unit_in_brackets,
    with_unit,
)
from civic_etl.extract.upright import DITTO
from civic_etl.indicators import load_catalogue

_PATTERNS = patterns("tables.yaml")
_LABELS, _ROW_NUMBER = _PATTERNS["labels"], _PATTERNS["row_number"]
_CELL = re.compile(r"[^|\t]+")
# the line that parts a head from its rows ("|---|---|")
_RULE = re.compile(r"[\s|:=–-]*")
# rows of a table whose head has two, and cells that the second row tells apart
_WITH_TWO_HEADS, _TWO = 3, 2

_COUNTED = "unit"
_WORD = re.compile(r"[^\W\d_]{2}")
# so many lines of so many characters may stand between the rows of one table
_MOST_ASIDES, _LONGEST_ASIDE = 12, 130
# how a row opens that is a part of the one above
_PART = re.compile(r"\s*(?:[-+–]\s*[^\W\d_]|[Tt]rong đó\b)")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
# ratios are of the indicator that the first figure of the row is of
_PERCENT = ("percent", Decimal(1))
_OF_FIRST: frozenset[Measure] = frozenset({"plan_ratio", "prior_ratio", "change_pct"})
# what a cell tells beside its figure: "575 (tăng 15%)"
_REMAINS = re.compile(r"(?:còn|xuống) (?:khoảng )?$")
_CHANGES = re.compile(r"(?:tăng|giảm) (?:khoảng )?$")
_RATE = "tỷ lệ"

Span = tuple[int, int]


def read_tables(context: Context, reader: Reader, places: Places) -> list[Draft]:
    """Draft observations of every run of table rows."""
    drafts: list[Draft] = []
    run: list[Block] = []
    columns: list[Column] = []
    whole: Whole | None = None
    sections = Sections(context.folded, Categories(context))
    between = 0
    for block in [*context.blocks, None]:
        if block is not None and block.kind == "row":
            if not run or _RULE.fullmatch(context.folded, block.start, block.end) is None:
                run.append(block)
            continue
        if run:
            table = _Table(context, reader, places, rows=run, columns=columns, whole=whole, sections=sections)
            drafts.extend(table.read())
            run, columns, whole, sections, between = [], table.columns, table.whole, table.sections, 0
        between += 1
        parts = block is not None and tells_places(context.folded[block.start : block.end])
        if block is None or parts or block.end - block.start > _LONGEST_ASIDE or between > _MOST_ASIDES:
            columns, whole = [], None
        elif columns and not context.quantities.any_within(block.start, block.end):
            sections.head((block.start, block.end))
    return drafts


class _Table:
    """A run of rows; `columns` are those of the run before it, which lines of a few words may part from this one.

    `whole` is the row that rows with a dash tell the parts of.
    """

    def __init__(
        self,
        context: Context,
        reader: Reader,
        places: Places,
        *,
        rows: list[Block],
        columns: list[Column],
        whole: Whole | None,
        sections: Sections,
    ) -> None:
        self.columns = columns
        self.whole = whole
        self.sections = sections
        self._context = context
        self._reader = reader
        self._places = places
        self._rows = rows
        self._linker = Linker(context)
        self._caption = Caption(context, self._linker, rows[0].start)
        self._categories = Categories(context)
        self._unit_above: CellUnit | None = None

    def read(self) -> list[Draft]:
        """Drafts of all rows; the first is the head unless it has figures and says nothing of columns."""
        head = self._rows[0]
        told = self._columns(head)
        across = self._across(told)
        if across:
            self.columns, self.whole = [], None
            return across
        columns = self._with_labels(told)
        if self._context.quantities.within(head.start, head.end) and not any(column.role for column in columns[1:]):
            self.columns = self.columns if len(self.columns) == len(columns) else []
            return [draft for block in self._rows for draft in self._row(block, self.columns)]
        self.columns, self.sections = columns, Sections(self._context.folded, self._categories)
        if (below := self._columns_below(head)) is not None:
            self.columns = below
            return [draft for block in self._rows[2:] for draft in self._row(block, below)]
        return [draft for block in self._rows[1:] for draft in self._row(block, columns)]

    def _columns_below(self, head: Block) -> list[Column] | None:
        """The columns of a head of two rows, whose second tells apart what a cell of the first is above; else None.

        ("STT | Chỉ tiêu | TH 2020 | So sánh (%) |", "| | | Cùng kỳ | Kế hoạch")
        """
        if len(self._rows) < _WITH_TWO_HEADS or self._context.quantities.within(self._rows[1].start, self._rows[1].end):
            return None
        upper, lower = (self._context.folded[row.start : row.end].split("|") for row in (head, self._rows[1]))
        if not upper[0].strip():
            upper, lower = upper[1:], lower[1:]
        told = [cell.strip() for cell in lower]
        if len(told) < _WITH_TWO_HEADS or any(told[:2]) or sum(map(bool, told)) < _TWO:
            return None
        columns: list[Column] = []
        above = ""
        for at in range(max(len(upper), len(told))):
            own = upper[at].strip() if at < len(upper) else ""
            above = own or above
            columns.append(self._column(f"{above} {told[at]}" if at < len(told) and told[at] else own))
        return columns

    def _across(self, columns: list[Column]) -> list[Draft]:
        """The figures of a table whose rows are places, times or things; none where its head or its rows name none."""
        head, *rows = self._rows
        cells = self._cells(head)
        at = label_column(self._context.folded, cells)
        if at is None or len(cells) < at + 2:
            return []
        if is_of_things(self._context.folded, cells[at]) and any(column.role == "unit" for column in columns):
            # "Cây trồng | ĐVT | Kế hoạch | Thực hiện"
            return []
        told = below_years(self._context, cells, self._cells(rows[0]) if rows else [], at)
        if told is not None:
            cells, years = told
            columns = [*columns[: at + 1], *(self._column(self._context.folded[slice(*span)]) for span in years)]
            rows = rows[1:]
        table = CrossTable(
            self._context,
            self._places,
            self._reader.timeline,
            linker=self._linker,
            categories=self._categories,
            head=cells,
            columns=columns,
            at=at,
            time_of=self._column,
        )
        return table.read([(row, self._cells(row)) for row in rows])

    def _with_labels(self, columns: list[Column]) -> list[Column]:
        """The columns of a head, with one for the labels where it has no cell for them ("2014 | 2015 | 2016")."""
        if not columns or len(self._rows) < 2 or len(self._cells(self._rows[1])) != len(columns) + 1:
            return columns
        told = columns[0].role == "unit" or (columns[0].role == "value" and columns[0].period is not None)
        return [UNTOLD, *columns] if told else columns

    def _cells(self, block: Block) -> list[Span]:
        text = self._context.text
        cells = [m.span() for m in _CELL.finditer(text, block.start, block.end)]
        # a sign before the first cell ends an empty one, where no sign opens the head
        opens_empty = text.startswith("|", block.start) and not text.startswith("|", self._rows[0].start)
        return [(block.start, block.start), *cells] if opens_empty else cells

    def _columns(self, head: Block) -> list[Column]:
        """The columns of a head; one that is called as that of the labels has what is aimed at."""
        cells = self._cells(head)
        named = [_LABELS.fullmatch(self._context.folded, *cell) is not None for cell in cells]
        columns = [
            Column(None, "target", None, "value")
            if named[at] and any(named[:at])
            else self._column(self._context.folded[slice(*cell)])
            for at, cell in enumerate(cells)
        ]
        columns = yet_to_come(of_whole_years(columns, self._reader.timeline.default()), self._context.reference)
        return held_against_plan(of_expected_parts(columns))

    def _column(self, head: str) -> Column:
        """The column below a folded head."""
        head = head.strip()
        if _YEAR.fullmatch(head) is not None:
            return Column(year(int(head)), "actual", None, "value")
        default = self._reader.timeline.told_above(self._rows[0])
        column = read_column(head, within_year(head, default, self._context.reference), default)
        if column.done and (done := self._column(column.done)).period is not None:
            return replace(column, period=done.period, kind=done.kind)
        named = _YEAR.search(head)
        if column.period is None and column.role == "value" and named is not None:
            # "Kế hoạch 2018", "Sơ bộ 2021"
            return replace(column, period=year(int(named[0])))
        return column

    def _row(self, block: Block, columns: list[Column]) -> list[Draft]:
        cells = self._cells(block)
        label = next((at for at, cell in enumerate(cells) if self._is_label(cell)), None)
        if label is None or len(cells) < 2:
            return []
        # "1000 con" is a unit, and no figure
        figures = [
            bool(self._context.quantities.within(*cell)) and not is_unit(self._context.folded[slice(*cell)].strip())
            for cell in cells
        ]
        if not any(figures[label + 1 :]):
            self.sections.head(cells[label])
            return []
        columns = aligned(columns, figures, label)
        row = Row(
            block,
            RowLabel(self._context.folded, *cells[label]),
            self._unit(cells, columns, label),
            is_part=_PART.match(self._context.text, *cells[label]) is not None,
            place=self._place(cells[label]),
        )
        self.sections.row(row.label)
        part = row.is_part or names_part(self._categories, self.whole, self._context.folded, row.label)
        if row.place is None and not part:
            self.whole = None
        drafts: list[Draft] = []
        for index in range(label + 1, len(cells)):
            column = columns[index] if index < len(columns) else UNTOLD
            if column.role not in {"unit", "index"}:
                drafts.extend(self._cell(row, cells[index], column))
        if (
            row.place is None
            and row.first is not None
            and (self.whole is None or not (row.is_part or row.first.code == self.whole.draft.code))
        ):
            self.whole = Whole(row.first, row.unit)
        return drafts

    def _is_label(self, cell: Span) -> bool:
        """Whether a cell has words, and not the number of its row alone ("II")."""
        words = self._context.folded[slice(*cell)]
        return _WORD.search(words) is not None and _ROW_NUMBER.fullmatch(words.strip()) is None

    def _place(self, label: Span) -> tuple[RefArea, str] | None:
        """The place that the label of a row is the name of, be it that of all of them; None where it is none."""
        start, end = label
        if TOTAL.fullmatch(self._context.folded, start, end) is not None:
            return self._places.default()
        named = self._context.indicators.within(start, end)
        if any(not is_place_head(self._context.folded, (hit.start, hit.end)) for hit in named):
            return None
        name = unnumbered(self._context.text[start:end])
        return self._places.named(name, "") if name[:1].isupper() else None

    def _unit(self, cells: list[Span], columns: list[Column], label: int) -> CellUnit | None:
        """The unit of a row: of its unit cell, else what stands in brackets in the label."""
        folded = self._context.folded
        texts = [folded[slice(*cell)] for cell, column in zip(cells, columns, strict=False) if column.role == "unit"]
        if not any(column.role for column in columns) and label + 2 < len(cells):
            # a table without a head: "Thu ngân sách | tỷ đồng | 16,2"
            beside = folded[slice(*cells[label + 1])]
            texts = [beside] if is_unit(beside.strip()) else texts
        unit = next((unit for text in texts if (unit := read_unit(text.strip())) is not None), None)
        if unit is None and any(text.strip() in DITTO for text in texts):
            return self._unit_above
        unit = unit or unit_in_brackets(folded[slice(*cells[label])])
        unit = as_counted(unit, self._context.line, *cells[label])
        if unit is not None and unit[0] == "point" and _RATE in folded[slice(*cells[label])]:
            # "Mức giảm tỷ lệ hộ nghèo", "điểm"
            return "percentage_point", unit[1]
        self._unit_above = unit
        return unit

    def _cell(self, row: Row, cell: Span, column: Column) -> list[Draft]:
        drafts: list[Draft] = []
        before: Quantity | None = None
        for figure in as_ranges(self._context.quantities.within(*cell), self._context.folded):
            unit = row.unit or column.unit or (_PERCENT if self._caption.growth is not None else None)
            q = with_unit(figure, column.measure in _OF_FIRST, unit)
            q = in_currency(q, unit, self._context.folded[q.start : q.end])
            measure = column.measure or self._caption.growth
            if before is not None and q.unit in RATES:
                remains = _REMAINS.search(self._context.folded, before.end, q.start) is not None
                measure = "plan_ratio" if before.equation else "share" if remains else measure
            if measure == "prior_ratio" and is_signed(self._context.text, cell[0], q.number_start):
                # "+8,1" below "So với cùng kỳ (%)"
                measure = "change_pct"
            if measure is None and _CHANGES.search(self._context.folded, cell[0], q.start) is not None:
                # "575 (tăng 15%)", "Giảm 0,5-0,7" of a rate
                measure = "change"
            draft = self._draft(row, cell, column, q, measure)
            before = figure
            if draft is not None:
                drafts.append(draft)
                row.first = row.first or draft
        for draft in drafts:
            row.add(draft, of_period=column.role == "value" and column.period is not None)
        return drafts

    def _own_end(self, q: Quantity, cell: Span) -> int:
        """Where the words of a figure end in its cell: before brackets that tell a part of it.

        ("1.342 tỷ (trong đó có 310 tỷ đồng thu xổ số)")
        """
        opened = self._context.folded.find("(", q.end, cell[1])
        return opened if opened >= 0 and self._context.quantities.within(opened, cell[1]) else cell[1]

    def _whole_of(self, q: Quantity, start: int, end: int) -> Draft | None:
        """The figure that one of a row without an indicator is a part of: its label names a category of that."""
        whole = self.whole
        if whole is None or q.unit not in {"", whole.draft.quantity.unit}:
            return None
        return whole.draft if self._categories.has_key(whole.draft.code, start, end) else None

    def _captioned(self, q: Quantity) -> Link | None:
        """The indicator whose growth the line above the table tells, by the parts that its rows name."""
        return self._caption.link(q) if self._caption.growth is not None else None

    def _with_unit_of_whole(self, q: Quantity, unit: str) -> Quantity:
        """A bare number of a row in a unit, of which the row of the whole or the table's own says how much one is.

        ("Tổng thu (tỷ đồng)", "- Thu nội địa"; "ĐVT: tỷ đồng")
        """
        told = (self.whole.unit if self.whole is not None else None, self._caption.unit)
        return with_unit(q, False, next((t for t in told if t is not None and t[0] == unit), (unit, Decimal(1))))

    def _draft(self, row: Row, cell: Span, column: Column, q: Quantity, measure: Measure | None) -> Draft | None:
        label, start, end = row.label, row.label.start, self._own_end(q, cell)
        link = self._linker.link(q, Reach(start, end, start, end))
        whole = self._whole_of(q, label.start, label.end) if link is None else None
        if row.place is not None:
            # "Huyện A" is no count of districts
            whole = self.whole.draft if self.whole is not None and q.unit in {"", self.whole.draft.unit} else None
            told = self._caption.link(q) or self._linker.link(q, Reach(*cell, *cell))
            link = told if whole is None else None
        if link is None and whole is None and (captioned := self._captioned(q)) is not None:
            # "Tốc độ tăng GRDP (%)" above a table of sectors
            link = captioned if self._categories.has_key(captioned.code, start, end) else None
        if whole is not None:
            # "Tốc độ tăng GRDP (%)", "- Công nghiệp"
            q = self._with_unit_of_whole(q, whole.quantity.unit)
        elif link is None and q.unit == "":
            if column.role != "value":
                return None
            q = replace(q, unit=label_unit(self._context.line, label.start, label.end) or _COUNTED)
        if link is not None and q.unit == "" and (own := load_catalogue().get(link.code)) is not None:
            q = self._with_unit_of_whole(q, own.unit_measure)
        if measure in _OF_FIRST and row.first is not None:
            code, breakdown = row.first.code, row.first.breakdown
        elif whole is not None:
            code, measure = whole.code, whole.measure
            breakdown = self._categories.read(code, q, start, end, None)
        else:
            named = link.code if link else self.sections.code(q.unit)
            if row.first is not None and row.first.code != "other" and row.first.quantity.unit == q.unit:
                # farther from the label a shorter phrase of it may seem nearer
                bare = _WORD.search(self._context.folded, *cell) is None
                named = row.first.code if bare else named
            code = named or (row.first.code if row.first is not None else "other")
            breakdown = self._categories.read(code, q, start, end, None)
            if row.place is not None and self._caption.line is not None:
                breakdown = self._categories.read(code, q, *self._caption.line, None) | breakdown
        if self.whole is not None and self.whole.draft.code == code:
            # "Diện tích lúa", "Trong đó: vụ đông xuân"
            breakdown = self.whole.draft.categories | breakdown
        breakdown = self.sections.told(code, q, dict(breakdown))
        # "2. Sản xuất vụ đông" above the table: the season of its rows
        breakdown = self._categories.from_context(code, breakdown, [*reversed(row.block.headings)])
        period, kind = column.period, column.kind
        if column.role == "ratio" and period is None and row.last_value is not None:
            period, kind = row.last_value
        breakdown = dict(breakdown) | column.qualifiers(period)
        sentence = Sentence(row.block.start, row.block.end)
        told_by_label = measure is None
        if measure is None:
            measure = label.measure(q, code, link)
        elif measure == "change" and column.measure is None and q.unit in RATES and not is_rate(code):
            measure = "change_pct"
        q = replace(q, unit=unit_of_change(q.unit, measure, code))
        falls = is_fall(
            self._context.text, cell[0], q.number_start, measure=measure, falls=told_by_label and label.falls
        )
        value, upper = signed(q, falls=falls)
        if period is None:
            period = self._reader.timeline.at_row(row.block, sentence, q.start, q.end, kind)
        return Draft(
            quantity=q,
            code=code,
            link=link,
            breakdown=dict(breakdown),
            measure=measure,
            value=value,
            upper=upper,
            unit=q.unit,
            period=period,
            kind=kind,
            rules=("table",),
            block=row.block,
            sentence=sentence,
            cross=Cross(*row.place, (label.start, label.end)) if row.place is not None else None,
        )
