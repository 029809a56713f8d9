"""Rows of a table as they are read, and the row that others tell the parts of."""

from dataclasses import dataclass

from civic_etl.extract.drafts import Draft
from civic_etl.extract.layout import Block
from civic_etl.extract.periods import Period
from civic_etl.extract.records import RefArea, ValueKind
from civic_etl.extract.table_labels import RowLabel
from civic_etl.extract.table_units import CellUnit


@dataclass(frozen=True, slots=True)
class Whole:
    """The first figure of the row that the rows below tell the parts of, and the unit of that row."""

    draft: Draft
    unit: CellUnit | None


@dataclass(slots=True)
class Row:
    """A row as it is read: its label and unit, its first figure, and the time and kind of its last value.

    `is_part` tells that a dash or a word of its label makes it a part of the row above; `place` is what its label names
    in place of an indicator.
    """

    block: Block
    label: RowLabel
    unit: CellUnit | None
    is_part: bool = False
    place: tuple[RefArea, str] | None = None
    first: Draft | None = None
    last_value: tuple[Period | None, ValueKind] | None = None

    def add(self, draft: Draft, *, of_period: bool) -> None:
        """Takes up a figure; `of_period` says that its column tells a time, as that of an index does, too."""
        self.first = self.first or draft
        if draft.kind != "target" and (of_period or draft.measure in {"level", "share"}):
            self.last_value = (draft.period, draft.kind)
