"""The breakdown of a figure: categories named near it that its indicator knows."""

from civic_etl.extract.context import Category, Context, within
from civic_etl.extract.phrases import Hit
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import NO_CATEGORY

Breakdown = dict[str, str]
_CARRIED = ("crop", "species", "season")
_CONTEXT_KEYS = ("season", "org", "channel", "ethnicity")


class Categories:
    """Reads the breakdowns of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalogue = load_catalogue()

    def read(self, code: str, quantity: Quantity, low: int, high: int, head: int | None) -> Breakdown:
        """Categories of `code` named in [low, high); where a key has several, the one nearest to `head` (or the figure)."""
        indicator = self._catalogue.get(code)
        if indicator is None or not indicator.breakdowns:
            return {}
        anchor = quantity.number_start if head is None else head
        found: dict[str, tuple[float, str]] = {}
        for hit in within(self._context.categories, low, high):
            for key, value in self._values(code, indicator.breakdowns, hit):
                distance = self._distance(hit, anchor, quantity)
                if key not in found or distance < found[key][0]:
                    found[key] = (distance, value)
        return {key: value for key, (_, value) in found.items() if value != NO_CATEGORY}

    def ranked(self, code: str, start: int, end: int, rank: int) -> Breakdown:
        """The category at a rank of a list of them ("dịch vụ - công nghiệp - nông nghiệp là 68% - 31% - 1%")."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return {}
        listed = [pairs[0] for hit in within(self._context.categories, start, end) if (pairs := self._values(code, indicator.breakdowns, hit))]
        if rank >= len(listed):
            return {}
        key, value = listed[rank]
        return {} if value == NO_CATEGORY else {key: value}

    def from_context(self, code: str, own: Breakdown, spans: list[tuple[int, int]]) -> Breakdown:
        """Keys that the subject of a sentence or a heading gives where the figure's own words do not, nearest span first."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return own
        found = dict(own)
        for key in _CONTEXT_KEYS:
            if key not in indicator.breakdowns or key in found:
                continue
            for start, end in spans:
                values = [
                    value
                    for hit in within(self._context.categories, start, end)
                    for k, value in self._values(code, indicator.breakdowns, hit)
                    if k == key and value != "year"
                ]
                if values:
                    found[key] = values[-1]
                    break
        return {key: value for key, value in found.items() if value != NO_CATEGORY}

    def has_key(self, code: str, low: int, high: int) -> bool:
        """Whether some category of the indicator is named in [low, high)."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return False
        return any(self._values(code, indicator.breakdowns, hit) for hit in within(self._context.categories, low, high))

    def carried(self, code: str, own: Breakdown, before: Breakdown) -> Breakdown:
        """Crop, species and season go on from area to yield to output, unless named anew."""
        indicator = self._catalogue.get(code)
        if indicator is None or "crop" in own or "species" in own:
            return own
        extra = {
            key: before[key]
            for key in _CARRIED
            if key in before and key in indicator.breakdowns and key not in own and (before[key] in indicator.breakdowns[key] or "any" in indicator.breakdowns[key])
        }
        if extra.get("season") == "year":
            del extra["season"]
        return own | extra

    def _values(self, code: str, allowed: dict[str, tuple[str, ...]], hit: Hit[Category]) -> list[tuple[str, str]]:
        own = [(key, value) for scope, key, value in hit.payload if scope == code]
        keys = {key for key, _ in own}
        shared = [(key, value) for scope, key, value in hit.payload if not scope and key not in keys]
        return [(key, value) for key, value in own + shared if key in allowed and (value in allowed[key] or value == NO_CATEGORY or "any" in allowed[key])]

    def _distance(self, hit: Hit[Category], anchor: int, quantity: Quantity) -> float:
        if hit.start >= quantity.number_end:
            return float(hit.start - quantity.number_end) + 0.5
        return float(abs(anchor - hit.end)) if hit.end <= anchor else float(abs(hit.start - anchor))
