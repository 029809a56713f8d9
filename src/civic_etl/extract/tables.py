"""Table rows: a label, perhaps a unit, and figures whose column says period, kind and measure."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from civic_etl.extract.categories import Categories
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import unit_words
from civic_etl.extract.link import RATES, Linker
from civic_etl.extract.periods import Period, find_periods
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.reading import Draft, Reader
from civic_etl.extract.records import Measure, ValueKind
from civic_etl.extract.tokens import TokenLine

_UNIT_HEAD = re.compile(r"^\s*(?:đơn vị|đvt|đv)\b")
_INDEX_HEAD = re.compile(r"^\s*(?:stt|tt|số tt)\s*$")
_PLAN_RATIO = re.compile(
    r"(?:so|tỷ lệ|%|đạt).{0,25}(?:kế hoạch|kh|dự toán|nghị quyết|chỉ tiêu|giao)|th\s*/\s*kh|tỷ lệ đạt|% đạt|tỷ lệ (?:\(?%\)?)?$"
)
_PRIOR_RATIO = re.compile(r"(?:so|%).{0,25}(?:cùng kỳ|năm trước|năm (?:19|20)\d\d)")
_CHANGE = re.compile(r"tăng|giảm")
_TARGET = re.compile(r"kế hoạch|\bkh\b|dự toán|mục tiêu|chỉ tiêu giao|phấn đấu|nghị quyết|giao")
_ESTIMATE = re.compile(r"ước|dự kiến")
_CELL = re.compile(r"[^|\t]+")


@dataclass(frozen=True, slots=True)
class _Column:
    period: Period | None
    kind: ValueKind
    measure: Measure | None
    role: str


def read_tables(context: Context, reader: Reader) -> list[Draft]:
    """Draft observations of every run of table rows."""
    drafts: list[Draft] = []
    run: list[Block] = []
    for block in [*context.blocks, None]:
        if block is not None and block.kind == "row":
            run.append(block)
            continue
        if run:
            drafts.extend(_Table(context, reader, run).read())
            run = []
    return drafts


class _Table:
    def __init__(self, context: Context, reader: Reader, rows: list[Block]) -> None:
        self._context = context
        self._reader = reader
        self._rows = rows
        self._linker = Linker(context)
        self._categories = Categories(context)
        self._carried: str | None = None

    def read(self) -> list[Draft]:
        header = self._cells(self._rows[0])
        if self._figures(self._rows[0]) and not any(self._column(c).role for c in header[1:]):
            return self._body(self._rows, [])
        return self._body(self._rows[1:], [self._column(c) for c in header])

    def _cells(self, block: Block) -> list[tuple[int, int]]:
        text = self._context.text[block.start : block.end]
        return [(block.start + m.start(), block.start + m.end()) for m in _CELL.finditer(text)]

    def _figures(self, block: Block) -> list[Quantity]:
        return [q for q in self._context.quantities if block.start <= q.number_start < block.end]

    def _column(self, cell: tuple[int, int]) -> _Column:
        text = self._context.folded[cell[0] : cell[1]].strip()
        cues = [c for c in find_periods(text, self._context.reference)]
        period = next((c.period for c in cues if c.period is not None), None)
        if period is None and cues:
            period = self._reader.timeline.default()
        if _UNIT_HEAD.search(text):
            return _Column(None, "actual", None, "unit")
        if _INDEX_HEAD.search(text):
            return _Column(None, "actual", None, "index")
        if _PRIOR_RATIO.search(text):
            measure: Measure = "change_pct" if _CHANGE.search(text) else "prior_ratio"
            return _Column(None, "actual", measure, "ratio")
        if _PLAN_RATIO.search(text):
            return _Column(None, "actual", "plan_ratio", "ratio")
        if _TARGET.search(text) and not re.search(r"thực hiện", text):
            return _Column(period, "target", None, "value")
        if _ESTIMATE.search(text):
            return _Column(period, "estimate", None, "value")
        return _Column(period, "actual", None, "value" if period or "thực hiện" in text or "kết quả" in text else "")

    def _body(self, rows: list[Block], columns: list[_Column]) -> list[Draft]:
        drafts: list[Draft] = []
        for block in rows:
            cells = self._cells(block)
            if len(cells) >= 2:
                drafts.extend(self._row(block, cells, columns))
        return drafts

    def _row(self, block: Block, cells: list[tuple[int, int]], columns: list[_Column]) -> list[Draft]:
        label = next(
            (i for i, c in enumerate(cells) if re.search(r"[^\W\d_]{2}", self._context.folded[c[0] : c[1]])), None
        )
        if label is None:
            return []
        unit = self._row_unit(cells, columns, label)
        drafts: list[Draft] = []
        value_period: tuple[Period | None, ValueKind] | None = None
        first: Draft | None = None
        for index in range(label + 1, len(cells)):
            column = columns[index] if index < len(columns) else _Column(None, "actual", None, "")
            if column.role in {"unit", "index"}:
                continue
            for draft in self._cell(block, cells[label], cells[index], column, unit, value_period, first):
                drafts.append(draft)
                first = first or draft
                if draft.kind != "target" and draft.measure in {"level", "share"}:
                    value_period = (draft.period, draft.kind)
        return drafts

    def _row_unit(self, cells: list[tuple[int, int]], columns: list[_Column], label: int) -> tuple[str, Decimal] | None:
        """The unit of a row: of its unit cell, else what stands in brackets in the label."""
        candidates = [c for i, c in enumerate(cells) if i < len(columns) and columns[i].role == "unit"]
        texts = [self._context.folded[a:b] for a, b in candidates]
        texts += re.findall(r"\(([^)]*)\)", self._context.folded[cells[label][0] : cells[label][1]])
        for text in texts:
            found = _unit(text.strip())
            if found is not None:
                return found
        return None

    def _cell(
        self,
        block: Block,
        label: tuple[int, int],
        cell: tuple[int, int],
        column: _Column,
        unit: tuple[str, Decimal] | None,
        value_period: tuple[Period | None, ValueKind] | None,
        first: Draft | None,
    ) -> list[Draft]:
        drafts: list[Draft] = []
        sentence = Sentence(block.start, block.end)
        inside = [q for q in self._context.quantities if cell[0] <= q.number_start < cell[1]]
        for rank, raw in enumerate(inside):
            q = self._with_unit(raw, column, unit)
            measure: Measure | None = column.measure
            if rank and inside[rank - 1].equation and q.unit in RATES:
                measure = "plan_ratio"
            link = self._linker.link(q, label[0], cell[1], label[0], cell[1], [])
            code = link.code if link else first.code if first is not None else "other"
            if link is None and q.unit == "":
                continue
            if measure in {"plan_ratio", "prior_ratio", "change_pct"} and first is not None:
                code = first.code
                breakdown = first.breakdown
            else:
                breakdown = self._categories.read(code, q, label[0], cell[1], None)
            period, kind = column.period, column.kind
            if column.role == "ratio" and value_period is not None:
                period, kind = value_period
            if period is None:
                period, _ = self._reader.timeline.at(block, sentence, q.start, q.end, q.start)
            if measure is None:
                measure = "share" if q.unit in RATES else "level"
            value = q.value
            drafts.append(
                Draft(
                    q,
                    code,
                    link,
                    dict(breakdown),
                    measure,
                    value,
                    q.upper,
                    q.unit,
                    period,
                    kind,
                    ("table",),
                    block,
                    sentence,
                )
            )
        return drafts

    def _with_unit(self, q: Quantity, column: _Column, unit: tuple[str, Decimal] | None) -> Quantity:
        if q.unit not in {"", "unit"}:
            return q
        if column.measure is not None:
            return replace(q, unit="percent")
        if unit is None:
            return q
        factor = unit[1]
        scale = {
            "value": q.value * factor,
            "upper": q.upper * factor if q.upper is not None else None,
            "numerator": q.numerator * factor if q.numerator is not None else None,
            "denominator": q.denominator * factor if q.denominator is not None else None,
        }
        return replace(q, unit=unit[0], **scale)  # type: ignore[arg-type]


_POWERS = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9, "1000": 3, "1.000": 3}


def _unit(text: str) -> tuple[str, Decimal] | None:
    """A unit cell such as "triệu đồng", "%", "hộ"."""
    words = TokenLine(text).words
    factor = Decimal(1)
    while words and words[0] in _POWERS:
        factor *= Decimal(10) ** _POWERS[words[0]]
        words = words[1:]
    if not words:
        return ("VND", factor) if factor > 1000 else None
    found = unit_words().longest_at(words, 0, len(words))
    return (found[1].unit, factor * found[1].factor) if found else None
