"""The day that a paragraph tells how lending and saving stood on, for what it goes on to tell of them.

("Đến 31/10, tổng dư nợ 6.700 tỷ đồng. Huyện A có dư nợ 810 tỷ đồng; nợ xấu 54 tỷ đồng")
"""

from civic_etl.extract.cue_kinds import AS_OF
from civic_etl.extract.figure import Figure
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.extract.periods import Period

_FILE = "accounts.yaml"
_CODES, _WORDS = frozenset(read_data(_FILE)["codes"]), compiled(_FILE, "words")


class StatesAsOf:
    """Remembers the day told last in one document, and in which paragraph."""

    def __init__(self) -> None:
        self._told: tuple[int, Period] | None = None

    def read(self, figure: Figure) -> None:
        """Dates a figure without a time of its own by such a day, where that ends the time under report."""
        if figure.period is None or not _is_of_account(figure):
            return
        block = figure.spot.block.start
        if figure.cue is not None:
            of_day = figure.cue.kind in AS_OF and figure.period.is_day
            self._told = (block, figure.period) if of_day else None
        elif self._told is not None and self._told[0] == block and self._told[1].end == figure.period.end:
            figure.period = self._told[1]


def _is_of_account(figure: Figure) -> bool:
    """Whether a figure tells how lending or saving stands, be it by words that no indicator is for."""
    return figure.code in _CODES or (figure.code == "other" and _WORDS.search(figure.gap) is not None)
