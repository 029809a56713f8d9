"""Which indicator a figure belongs to: every phrase of its sentence is weighed, the best one wins."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.context import Codes, Context, within
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.phrases import Hit, PhraseTable
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators import Catalogue, load_catalogue
from civic_etl.indicators.lexicon import DECOY, Lexicon, Pattern, load_lexicon, load_stocks

RATES = frozenset({"percent", "permille", "percentage_point"})
_MONEY = frozenset({"VND", "USD"})
_LENGTH = frozenset({"m", "km"})
_THRESHOLD = 3.0
_STOCK_REACH = 5
# between a phrase and a figure: a comma, then only words of measure
_MEASURE_ONLY = re.compile(
    r"[^,;:.()]{0,25},\s*(?:(?:đạt|bằng|tăng|giảm|vượt|chiếm|tương đương|ước|và|khoảng|hơn|gần|trên|được|so với cùng kỳ)\s*)*"
)
_COORDINATED = re.compile(r"\s*(?:,|và|, ?và)\s*(?:có\s*)?")
# nouns that go on a list behind a comma, which ends no clause ("100% thôn, bản có nhà văn hóa")
_NOUN_LISTED = re.compile(rf"(?:{'|'.join(read_data('listed_nouns.yaml'))})\b")
_AFTER_BARE = frozenset(read_data("after_bare.yaml"))


@dataclass(frozen=True, slots=True)
class Link:
    """The indicator of a figure. `hit` is the phrase that named it, None where it was inherited or told by a pattern."""

    code: str
    hit: Hit[Codes] | None
    score: float
    rule: str


@lru_cache(maxsize=1)
def _pattern_words() -> PhraseTable[str]:
    patterns = load_lexicon().patterns
    words = {word for pattern in patterns for group in (*pattern.groups, pattern.without) for word in group}
    return PhraseTable((word, word) for word in words)


@lru_cache(maxsize=1)
def _stock_words() -> PhraseTable[bool]:
    """Words before a bare counted noun: True where they make it a stock of the place."""
    stocks = load_stocks()
    return PhraseTable([*((word, True) for word in stocks.stock), *((word, False) for word in stocks.other)])


class Linker:
    """Weighs the phrases of one document for its figures."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalogue: Catalogue = load_catalogue()
        self._lexicon: Lexicon = load_lexicon()
        self._stocks = load_stocks()

    def link(
        self, quantity: Quantity, start: int, end: int, floor: int, ceiling: int, skip: list[tuple[int, int]]
    ) -> Link | None:
        """The best indicator for a figure of the sentence [start, end).

        `floor` is the end of the figure before, `ceiling` the start of the next; phrases inside `skip` spans (plans,
        comparisons) are passed over.
        """
        best: Link | None = None
        hits = within(self._context.indicators, start, end)
        for index, hit in enumerate(hits):
            if self._goes_on(hit, hits[index + 1 :]) or any(a <= hit.start < b for a, b in skip):
                continue
            for code in hit.payload:
                found = self._weigh(code, hit, quantity, floor, ceiling)
                if found is not None and (best is None or found.score > best.score):
                    best = found
        pattern = self._pattern(quantity, start, end, floor, ceiling)
        if pattern is not None and (best is None or pattern.score > best.score):
            best = pattern
        return best if best is not None and best.score >= _THRESHOLD else None

    def _goes_on(self, hit: Hit[Codes], following: list[Hit[Codes]]) -> bool:
        """Whether the noun at the end of a stock's phrase opens a longer one ("tổng số xã" in "tổng số xã nông thôn mới")."""
        if not any(code in self._stocks.codes for code in hit.payload):
            return False
        return any(hit.start < other.start < hit.end < other.end for other in following[:4])

    def code_for_unit(self, code: str, unit: str, generic: bool) -> tuple[str, float] | None:
        """The code a phrase stands for with a figure in that unit, and how well they fit (0 to 3)."""
        if code == DECOY:
            return code, 3.0
        indicator = self._catalogue.get(code)
        if indicator is None:
            return None
        own = indicator.unit_measure
        if unit == own:
            return code, 3.0
        if unit in RATES:
            if own in {"point", "rank"} or (unit == "percentage_point" and own == "permille"):
                return None
            if own in RATES:
                return code, 3.0
            rate = self._lexicon.rate_of.get(code)
            return (rate, 3.0) if rate else (code, 0.5)
        if own in RATES:
            count = self._lexicon.count_of.get(code)
            if count is None:
                return None
            found = self.code_for_unit(count, unit, generic)
            return (found[0], found[1] - 0.5) if found and found[1] > 1 else None
        if unit in _MONEY and own in _MONEY:
            return code, 2.0
        if unit in _LENGTH and own in _LENGTH:
            return code, 2.5
        if unit == "tonne" and own == "quintal_per_ha":
            return code, 2.5
        if (unit == "m2" and own == "ha") or (unit == "ha" and own == "m2"):
            return code, 1.5
        if generic and own in {"person", "party_member", "case", "household", "visit", "doctor", "petition", "house"}:
            return code, 1.5 if unit == "person" or own == "person" else 1.0
        if unit == "":
            return code, 0.5
        return None

    def _weigh(self, code: str, hit: Hit[Codes], quantity: Quantity, floor: int, ceiling: int) -> Link | None:
        fit = self.code_for_unit(code, quantity.unit, quantity.generic)
        if fit is None:
            return None
        score = self._position(hit, quantity, floor, ceiling)
        if score is None:
            return None
        if code in self._stocks.codes and quantity.unit in RATES and fit[0] == code and hit.start >= quantity.number_end:
            # "100% đảng viên tham gia": a part of a stock, whatever it is
            return None
        if code in self._stocks.codes:
            if score[1] == "unit-noun":
                if not self._stands(code, quantity):
                    return Link("other", hit, score[0], "part")
            elif hit.size <= 1:
                return None
        elif score[1] == "unit-noun":
            score = 5.5 + 0.3 * hit.size, "unit-phrase"
        return Link(fit[0], hit, score[0] + fit[1] - 3.0, score[1])

    def _position(self, hit: Hit[Codes], quantity: Quantity, floor: int, ceiling: int) -> tuple[float, str] | None:
        words = self._context.line.words
        line = self._context.line
        size = min(hit.size, 6)
        if hit.start >= quantity.number_end:
            if hit.start >= ceiling and hit.start > quantity.end:
                return None
            between = words[line.at_or_after(quantity.number_end) : hit.first]
            noun = quantity.noun.split()
            if not between:
                # the noun itself: bare ("hộ") says less than with what follows ("hộ nghèo")
                if words[hit.first : hit.last + 1] == noun[: hit.size]:
                    after = words[hit.last + 1] if hit.last + 1 < len(words) else "."
                    return (3.2 if self._ends_noun(after) or hit.size < len(noun) else 1.0), "unit-noun"
                return 8.0 + 0.4 * size, "unit-phrase"
            if _breaks(between):
                return None
            return 6.3 + 0.3 * size - 0.35 * len(between), "right"
        if hit.end > quantity.number_start:
            return None
        between = words[hit.last + 1 : line.at_or_after(quantity.number_start)]
        commas = between.count(",") + between.count("(")
        semicolons = between.count(";") + between.count(":") * 0.2
        if hit.start >= floor and not self._of_figure_before(hit, quantity, floor):
            return 7.0 + 0.3 * size - 0.1 * len(between) - 0.8 * commas - 4 * semicolons, "left"
        gap = 3.6 + 0.2 * size - 0.06 * len(between) - 0.15 * commas - 2.5 * semicolons
        return gap, "left-far"

    def _of_figure_before(self, hit: Hit[Codes], quantity: Quantity, floor: int) -> bool:
        """Whether a phrase belongs to the figure before ("118 tỷ đồng vốn đầu tư công, đạt 39,8%")."""
        folded = self._context.folded
        if (
            floor == 0
            or not folded[floor - 1 : floor].strip()
            or any(mark in folded[floor : hit.start] for mark in ",;:.(")
        ):
            return False
        return _MEASURE_ONLY.fullmatch(folded, hit.end, quantity.start) is not None

    def _stands(self, code: str, quantity: Quantity) -> bool:
        """Whether a counted noun is a stock of the place, by the nearest telling word before the number."""
        line = self._context.line
        index = line.at_or_after(quantity.start)
        first = max(index - _STOCK_REACH, 0)
        for position in range(index - 1, first - 1, -1):
            if line.words[position] in {";", ".", ":", "("} or line.words[position][0].isdigit():
                first = position + 1
                break
        hits = list(_stock_words().find(line, first, index))
        if not hits:
            return True
        return hits[-1].payload or (code in self._stocks.parts and line.words[hits[-1].first] in {"tại", "của", "ở"})

    def _ends_noun(self, word: str) -> bool:
        """Whether a word after a counted noun leaves it bare."""
        return not word[0].isalpha() or word in _AFTER_BARE

    def _pattern(self, quantity: Quantity, start: int, end: int, floor: int, ceiling: int) -> Link | None:
        """An indicator told by several words near the figure."""
        low, high = self._clause(quantity, start, end, floor, ceiling)
        line = self._context.line
        spans = [(low, high)]
        if ceiling < end and (shared := self._shared(quantity, end, ceiling)) is not None:
            spans.append(shared)
        found = {
            hit.payload
            for a, b in spans
            for hit in _pattern_words().find(line, line.at_or_after(a), line.at_or_after(b))
        }
        best: Link | None = None
        for pattern in self._lexicon.patterns:
            code = self._patterned(pattern, quantity, found)
            if code is None:
                continue
            if all(any(word in found for word in group) for group in pattern.groups) and not found.intersection(
                pattern.without
            ):
                score = 6.4 + 0.5 * len(pattern.groups) + pattern.weight
                if best is None or score > best.score:
                    best = Link(code, None, score, "pattern")
        return best

    def _patterned(self, pattern: Pattern, quantity: Quantity, found: set[str]) -> str | None:
        """The code that a pattern stands for with a figure's unit: its own, or its rate where the counted noun follows "%"."""
        if quantity.unit in pattern.units:
            return pattern.code
        if quantity.unit not in RATES or pattern.units & RATES:
            return None
        rate = self._lexicon.rate_of.get(pattern.code)
        if rate is None:
            return None
        line = self._context.line
        index = line.at_or_after(quantity.end)
        while index < len(line.words) and line.words[index] in {"số", "các", "tổng", "của"}:
            index += 1
        noun = (
            unit_words().longest_at(line.words, index, min(index + 8, len(line.words)))
            if index < len(line.words)
            else None
        )
        return rate if noun is not None and noun[1].unit in pattern.units else None

    def _clause(self, quantity: Quantity, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
        """From the figure before (or the last semicolon) to the next mark or figure."""
        folded = self._context.folded
        low = max(start, floor, folded.rfind(";", start, quantity.start) + 1)
        high = min(end, ceiling)
        for mark in ";.":
            at = folded.find(mark + " ", quantity.end, high)
            if at >= 0:
                high = min(high, at)
        at = folded.find(", ", quantity.end, high)
        while at >= 0 and _NOUN_LISTED.match(folded, at + 2):
            at = folded.find(", ", at + 2, high)
        return low, high if at < 0 else at

    def _shared(self, quantity: Quantity, end: int, ceiling: int) -> tuple[int, int] | None:
        """What is said of a figure and of those after it together ("30/32 tổ dân phố và 2.778 hộ giữ vững ..."); None where nothing is."""
        figures, folded = self._context.quantities, self._context.folded
        index = bisect_left(figures, ceiling, key=lambda q: q.start)
        last = quantity
        while (
            index < len(figures)
            and figures[index].start < end
            and _COORDINATED.fullmatch(folded, last.end, figures[index].start)
        ):
            last = figures[index]
            index += 1
        if last is quantity:
            return None
        limit = min(figures[index].start if index < len(figures) else end, end)
        stops = [at for mark in ",;(" if (at := folded.find(mark, last.end, limit)) >= 0]
        return last.end, min(stops, default=limit)


def _breaks(words: list[str]) -> bool:
    return any(word in {";", ",", "(", ")", ".", ":"} for word in words)
