"""The indicator that the lines above a table name, or the title of its article."""

from dataclasses import replace

from civic_etl.extract.context import Context, find_phrases
from civic_etl.extract.link import Link, Linker
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.reach import Reach
from civic_etl.extract.records import Measure
from civic_etl.extract.table_units import CAPTION_REACH, CellUnit, read_unit, sheet_unit, unit_in_brackets, with_unit

_PATTERNS = patterns("place_tables.yaml")
_ASIDE, _COUNTS_DOSSIERS = _PATTERNS["caption_aside"], _PATTERNS["counts_dossiers"]
_GROWTH, _AGAINST_BEFORE, _IN_PERCENT = (
    patterns("tables.yaml")[key] for key in ("caption_growth", "caption_ratio", "caption_percent")
)
_LINES = 3
_RATE = "tỷ lệ"
_DOSSIER = "dossier"

Span = tuple[int, int]


class Caption:
    """The caption of the table whose head begins at a position of a document."""

    def __init__(self, context: Context, linker: Linker, head: int) -> None:
        self._context = context
        self._linker = linker
        self._span = max(0, head - CAPTION_REACH), head
        self.unit = sheet_unit(context.folded, head)
        """The unit of all sums of the table."""
        # the indicator that it names, by the unit and the noun of a figure
        self._links: dict[tuple[str, str], Link | None] = {}
        self.line: Span | None = None
        """The last line above the table that named an indicator, up to where it tells the unit or the parts."""
        self.growth: Measure | None = self._growth()
        """What all figures of a table are whose caption tells how one thing grew in per cent; None for any other."""

    def _growth(self) -> Measure | None:
        folded = self._context.folded[slice(*self._span)].rstrip()
        line = folded.rpartition("\n")[2]
        if _IN_PERCENT.search(line) is None:
            return None
        if _GROWTH.search(line) is not None:
            return "change_pct"
        return "prior_ratio" if _AGAINST_BEFORE.search(line) is not None else None

    def unit_of_counts(self, head: Span) -> CellUnit | None:
        """The unit that bare figures count: dossiers, where the caption, the head or the title speaks of such."""
        spoken = _COUNTS_DOSSIERS.search(self._context.folded, self._span[0], head[1])
        titled = _COUNTS_DOSSIERS.search(self._context.title.folded)
        return read_unit("hồ sơ") if spoken is not None or titled is not None else None

    def link(self, q: Quantity) -> Link | None:
        """The indicator that it names for a figure; else the one that the title names."""
        key = q.unit, q.noun
        if key not in self._links:
            self._links[key] = self._in_lines(q) or self._in_title(q)
        return self._links[key]

    def _in_lines(self, q: Quantity) -> Link | None:
        start, end = self._span
        lines = [line for line in self._context.text[start:end].split("\n") if line.strip()]
        for line in reversed(lines[-_LINES:]):
            at = self._context.text.rindex(line, start, end)
            span = self._without_aside(self._context, (at, at + len(line)))
            link = self._named(self._context, self._linker, q, (at, at + len(line)), span)
            if link is not None:
                self.line = span
                return link
        return None

    def _in_title(self, q: Quantity) -> Link | None:
        if not self._context.title_line.words:
            return None
        titled = Context(
            self._context.document, self._context.title, self._context.title_line, [], [], self._context.reference
        )
        find_phrases(titled)
        line = (0, len(titled.text))
        return self._named(titled, Linker(titled), q, line, self._without_aside(titled, line))

    def _named(self, context: Context, linker: Linker, q: Quantity, line: Span, span: Span) -> Link | None:
        """The indicator that the span of a line names."""
        words = context.folded[slice(*line)]
        rate = read_unit("%") if _RATE in words else None
        return link_of(context, linker, with_unit(q, False, self.unit or unit_in_brackets(words) or rate), span)

    def _without_aside(self, context: Context, line: Span) -> Span:
        """A line up to where it tells the unit or by what the table is parted."""
        aside = _ASIDE.search(context.folded[slice(*line)])
        return (line[0], line[0] + aside.start()) if aside is not None else line


def link_of(context: Context, linker: Linker, q: Quantity, span: Span) -> Link | None:
    """The indicator that a span of a text names, as if the figure stood behind it."""
    start, end = span
    while end > start and context.text[end - 1].isspace():
        end -= 1
    return linker.link(replace(q, start=end, number_start=end, end=end), Reach(start, end, start, end))
