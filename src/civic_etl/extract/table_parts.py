"""Which rows of a table tell the parts of one above them."""

from civic_etl.extract.categories import Categories
from civic_etl.extract.table_labels import RowLabel
from civic_etl.extract.table_rows import Whole

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
