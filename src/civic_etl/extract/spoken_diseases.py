"""The disease that animals were culled for, where it is told before them and not with them."""

from bisect import bisect_left

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.category_rules import settled
from civic_etl.extract.context import Context

_CULLED, _DISEASE, _SPECIES = "livestock_culled", "disease", "species"


class SpokenDiseases:
    """Knows which diseases of animals one document has told of, and where."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._length = len(context.folded)
        self._categories = categories
        # where each disease is named, once they are asked for
        self._named: list[tuple[int, str]] | None = None

    def of(self, code: str, own: Breakdown, start: int) -> Breakdown:
        """The categories of a figure at `start`, with the disease told last before it that those animals have.

        ("Dịch tả lợn châu Phi đã ở 9 xã. Tháng 3, tiêu hủy 64 con")
        """
        if code != _CULLED:
            return own
        if _DISEASE in own:
            return settled(code, own, own)
        if self._named is None:
            told = self._categories.named(_CULLED, _DISEASE, 0, self._length)
            self._named = [(hit.start, value) for hit, value in told]
        for _, disease in reversed(self._named[: bisect_left(self._named, (start, ""))]):
            found = settled(code, {_DISEASE: disease}, {})
            if own.get(_SPECIES) in {None, found.get(_SPECIES)}:
                return found | own
        return own
