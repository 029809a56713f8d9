"""What the rows of a table take from the labels above them: the season of their section, the crop they tell more of.

("I | Vụ mùa" above "1 | Lúa đã gặt | ha", "Ngô" above "Năng suất | tạ/ha")
"""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.table_labels import RowLabel

_PATTERNS = patterns("tables.yaml")
_MORE, _ROW_NUMBER, _GOES_INTO = (_PATTERNS[key] for key in ("more", "row_number", "goes_into"))
_BY_LABEL: dict[str, str] = read_data("table_labels.yaml")["by_label"]
_CROPS = frozenset({"crop", "season"})
_FIELDS = "sown_area"

Span = tuple[int, int]


class Sections:
    """The labels above the rows of one table, as far as it has been read."""

    def __init__(self, folded: str, categories: Categories) -> None:
        self._folded = folded
        self._categories = categories
        self._sections: list[Span] = []
        # the last label that names something of its own, and whether the row at hand only tells more of that
        self._named: Span | None = None
        self._goes_on = False

    def head(self, span: Span) -> None:
        """The next line or row without figures: a crop goes on in the season above it, all else is a section anew."""
        if any(told.fullmatch(self._folded, *span) is not None for told in (_ROW_NUMBER, _GOES_INTO)):
            return
        self._named = span
        crop = self._names("crop", span) and not self._names("season", span)
        kept = [section for section in self._sections if crop and self._names("season", section)]
        self._sections = [*kept, span]

    def row(self, label: RowLabel) -> None:
        """The next row of figures."""
        self._goes_on = _MORE.fullmatch(self._folded, label.start, label.end) is not None
        if not self._goes_on:
            self._named = (label.start, label.end)

    def code(self, unit: str) -> str | None:
        """The indicator of a figure of a row that tells more of a crop, and names none by itself ("Diện tích | ha")."""
        code = _BY_LABEL.get(unit)
        if self._named is None or not self._goes_on or code is None:
            return None
        return code if self._categories.has_key(code, *self._named) else None

    def told(self, code: str, q: Quantity, own: Breakdown) -> Breakdown:
        """The breakdown of a figure of the row, with the crop that it goes on about and the season of its section."""
        told = dict(own)
        if self._named is not None and self._goes_on and "crop" not in own:
            above = self._categories.read(code, q, *self._named, None)
            told = {key: value for key, value in above.items() if key in _CROPS} | told
        return self._categories.from_context(code, told, self._sections[::-1])

    def _names(self, key: str, span: Span) -> bool:
        return bool(self._categories.named(_FIELDS, key, *span))
