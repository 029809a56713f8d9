"""What the rows of a table take from the ones above them: they tell its parts, or more of what it names."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.table_labels import RowLabel
from civic_etl.extract.table_rows import Whole

_MORE = compiled("tables.yaml", "more")
_CROPS = frozenset({"crop", "season"})
# so many signs may stand around the name that a label has alone
_SLACK = 2


def names_part(categories: Categories, whole: Whole | None, folded: str, label: RowLabel) -> bool:
    """Whether a label is the name of a category of the whole and nothing else ("Dịch vụ" below "Cơ cấu kinh tế")."""
    if whole is None:
        return False
    hits = categories.hits(whole.draft.code, label.start, label.end)
    if not hits:
        return False
    end = len(folded[: label.end].rstrip())
    around = min(hit.start for hit in hits) - label.start, end - max(hit.end for hit in hits)
    return max(around) <= _SLACK


class NamedAbove:
    """The crop of the rows that tell more of what the row above them names ("Diện tích lúa", "Năng suất")."""

    def __init__(self, folded: str, categories: Categories) -> None:
        self._folded = folded
        self._categories = categories
        self._label: RowLabel | None = None
        self._goes_on = False

    def see(self, label: RowLabel) -> None:
        """The next row."""
        self._goes_on = _MORE.fullmatch(self._folded, label.start, label.end) is not None
        if not self._goes_on:
            self._label = label

    def with_crop(self, code: str, q: Quantity, own: Breakdown) -> Breakdown:
        """The breakdown of a figure of the row, with the crop that it goes on about."""
        if self._label is None or not self._goes_on or "crop" in own:
            return own
        above = self._categories.read(code, q, self._label.start, self._label.end, None)
        return {key: value for key, value in above.items() if key in _CROPS} | own
