"""The figures of a text by where they stand."""

from civic_etl.extract.pipeline import read_figures
from civic_etl.extract.records import Document

_TEXT = "Xã có hơn 12 thôn, trồng 40 ha chè và nuôi 900 con lợn."


def test_figures_by_position() -> None:
    figures = read_figures(Document("d", _TEXT, "", "")).context.quantities
    assert [int(q.value) for q in figures] == [12, 40, 900]
    first, second, third = figures
    assert _TEXT[first.start : first.number_start] == "hơn "
    assert figures.first_from(0) == figures.first_from(first.start) == 0
    assert figures.first_from(first.start + 1) == 1
    assert figures.first_from(third.start + 1) == 3
    assert figures.any_within(second.start, second.end)
    assert not figures.any_within(second.start + 1, third.start)
    # by the number itself, without the comparator before it
    assert figures.within(first.start + 1, second.end) == [first, second]
    assert figures.within(second.start, second.start) == []
