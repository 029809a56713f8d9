"""Heads of two lines: years in the second, below what the first says of them.

("Xã | Số hộ | Hộ nghèo" above "| | 2018 | 2019 | 2018 | 2019")
"""

from civic_etl.extract.context import Context
from civic_etl.extract.patterns import compiled

_YEAR_ALONE = compiled("tables.yaml", "year_alone")

Span = tuple[int, int]


def below_years(context: Context, head: list[Span], below: list[Span], at: int) -> tuple[list[Span], list[Span]] | None:
    """The cells of such a head as one line, and its years; `at` is the column of the labels. None for any other.

    What stands above several years goes with the first of them.
    """
    heads = head[at + 1 :]
    years = [span for span in below if context.text[slice(*span)].strip()]
    alone = all(_YEAR_ALONE.fullmatch(context.folded, *span) is not None for span in years)
    if not alone or len(years) < 2 or len(years) % len(heads):
        return None
    each = len(years) // len(heads)
    told = [span if place % each else heads[place // each] for place, span in enumerate(years)]
    return [*head[: at + 1], *told], years
