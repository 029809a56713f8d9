"""Sums that are told by who gave them: "huy động 90 tỷ đồng, gồm ngân sách tỉnh 30 tỷ, nhân dân góp 12 tỷ"."""

from civic_etl.extract.categories import Categories
from civic_etl.extract.count_parts import is_part
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.indicators.lexicon import load_variants

_SOURCE = "source"
_NTM_FUNDS = "ntm_funds"
# what stands before the share of a source ("dân góp 20%", "vốn tín dụng chiếm 35%")
_SHARES = frozenset({"", "share_of", "equal"})


class SumsBySource:
    """Finds the sums that the figures of one document are parts of."""

    def __init__(self, categories: Categories) -> None:
        self._categories = categories

    def whole(self, figure: Figure, frame: Frame) -> Draft | None:
        """The sum that a figure is told as a part of; a share of it may be told, too."""
        if figure.is_rate:
            return self._whole_of_share(figure, frame)
        unit = figure.q.unit
        levels = [d for d in reversed(frame.seen) if d.quantity.unit == unit and d.measure == "level"]
        whole = next((d for d in levels if is_part(figure, d)), None)
        if whole is None or not _is_sum(whole):
            whole = next((d for d in levels if _is_sum(d) and self._is_listed(figure, d)), None)
        if whole is not None:
            return whole if self._names_part(whole.code, figure) else None
        whole = _sum_before(figure, frame)
        parted = whole is not None and whole.quantity.unit == unit and whole.value > figure.q.value
        return whole if whole is not None and parted and self._tells_source(whole.code, figure) else None

    def _whole_of_share(self, figure: Figure, frame: Frame) -> Draft | None:
        """The sum that a bare share of a source is of ("huy động 90 tỷ đồng: tín dụng 40%, nhân dân đóng góp 12%")."""
        if figure.around.against or figure.around.before not in _SHARES:
            return None
        sums = (d for d in reversed(frame.seen) if _is_sum(d) and d.measure == "level")
        whole = next((d for d in sums if is_part(figure, d) or _opens_parts(figure, d)), None) or _sum_before(
            figure, frame
        )
        return whole if whole is not None and self._tells_source(whole.code, figure) else None

    def _is_listed(self, figure: Figure, whole: Draft) -> bool:
        """Whether the parts of a sum are told behind a colon or in brackets, or so much of it is the people's.

        ("huy động 46 tỷ đồng (ngân sách phường 21 tỷ, ...)", "huy động 118 tỷ đồng, nhân dân góp 14 tỷ đồng")
        """
        if whole.value <= figure.q.value:
            return False
        if _opens_parts(figure, whole):
            return True
        near = whole.quantity.end == figure.spot.floor and ";" not in figure.gap
        return near and whole.code == _NTM_FUNDS and self._tells_source(whole.code, figure)

    def _names_part(self, code: str, figure: Figure) -> bool:
        if self._categories.has_key(code, figure.spot.floor, figure.q.start):
            return True
        return source_behind(self._categories, code, figure) is not None

    def _tells_source(self, code: str, figure: Figure) -> bool:
        """Whether the words of a figure say whose a part is, and little else."""
        folded = figure.folded
        end = figure.around.before_start if figure.around.before else figure.q.start
        low = figure.item_start(end)
        named = self._categories.named(code, _SOURCE, low, end)
        return bool(named) and WORDS["gives"].fullmatch(folded, named[-1][0].end, end) is not None


def source_behind(categories: Categories, code: str, figure: Figure) -> str | None:
    """Who gave a part of a sum, told right behind it alone ("còn lại 90 tỷ đồng do nhân dân đóng góp")."""
    q, folded = figure.q, figure.folded
    given = WORDS["given_by"].match(folded, q.end, figure.spot.ceiling) if q.unit == "VND" else None
    if given is None or categories.named(code, _SOURCE, figure.item_start(q.start), q.start):
        return None
    named = categories.named(code, _SOURCE, given.end(), given.end() + 1)
    return named[0][1] if named else None


def _is_sum(draft: Draft) -> bool:
    return draft.code in load_variants()["sums"] and draft.quantity.unit in {"VND", "USD"}


def _sum_before(figure: Figure, frame: Frame) -> Draft | None:
    """The sum of the paragraph whose parts a sentence goes into ("huy động 70 tỷ đồng. Trong đó, dân góp 12 tỷ")."""
    first = figure.spot.sentence.start
    if WORDS["goes_into_parts"].match(figure.folded, first) is None:
        return None
    # a list of sources may be longer than what is told of as the last figures
    block = figure.spot.block
    before = (d for d in reversed(frame.trail.told) if d.block is block and d.sentence.start < first)
    return next((d for d in before if _is_sum(d) and d.measure == "level"), None)


def _opens_parts(figure: Figure, whole: Draft) -> bool:
    """Whether a colon or a bracket right behind a sum, and no other mark of its kind, opens what it is made of."""
    between = figure.folded[whole.quantity.end : figure.q.start]
    return WORDS["opens_parts"].match(between) is not None and ";" not in between.partition(")")[2]
