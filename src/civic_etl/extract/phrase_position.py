"""How a phrase stands to a figure, and what that is worth."""

import re

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Codes, Context, indicator_table
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.reach import Reach
from civic_etl.extract.tokens import TokenLine

_WORDS = patterns("link_words.yaml")
_MEASURE_ONLY = _WORDS["measure_only"]
_AFTER_BARE = frozenset(read_data("after_bare.yaml")["any"])
_BEFORE_FIGURE = frozenset(read_data("after_bare.yaml")["before_figure"])
# what befell those counted is told behind it, and so many words brackets before it may have
_BEFALLS, _LONGEST_ASIDE = "bị", 30
# units whose nouns are told apart by what follows them
_TOLD_APART = frozenset({*read_data("own_nouns.yaml"), "person"})
# what is met, and no measure of it
_TITLES = frozenset(read_data("after_bare.yaml")["titles"])
_SHARED = frozenset(read_data("after_bare.yaml")["shared"])
_SHARERS = frozenset({"household", "person"})
_FIGURE_REACH = 5
# what stands right behind a percentage that a verb moves is as sure as what stands right before one
_MOVED = 7.6
_VERB_REACH = 34
# a noun right behind a percentage
_NOUN_BEHIND = re.compile(r"\s+(?!so\b|và\b|kế hoạch|dự toán|chỉ tiêu|trong|vào|năm|tổng)[^\W\d_]")
# units of what may be held against something
_RELATIVE = RATES | {"times"}
_AMOUNTS = RATES | {"VND", "USD"}
_BREAKS = frozenset(";,().:")
# what turns to something else
_TURNS = frozenset(read_data("after_bare.yaml")["turns"])
_LONGEST = 6
# a phrase before the figure before is worth nothing any more where more tokens part it from its number
_TOO_FAR = 30

Place = tuple[float, str]
"""A score and the rule that gave it."""

# behind the name of a unit that there is no more
_FORMER = ["(", "cũ", ")"]


class PhrasePosition:
    """Scores the phrases of a document for one of its figures."""

    def __init__(self, context: Context, quantity: Quantity, reach: Reach) -> None:
        self._folded = context.folded
        self._line = context.line
        self._quantity = quantity
        self._reach = reach
        # the first token of the number
        self._first = context.line.at_or_after(quantity.number_start)
        far = max(0, self._first - _TOO_FAR - indicator_table().longest)
        self.start = min(reach.floor, context.line.starts[far])
        """Where the first phrase may begin that still counts, whichever it is."""
        self._itself: bool | None = None
        self._more: bool | None = None

    def of(self, hit: Hit[Codes]) -> Place | None:
        """What the place of a phrase is worth; None where it cannot be of the figure."""
        if hit.start >= self._quantity.number_end:
            return self._behind(hit)
        if hit.end > self._quantity.number_start:
            return None
        return self._before(hit)

    def _behind(self, hit: Hit[Codes]) -> Place | None:
        quantity = self._quantity
        if hit.start >= self._reach.ceiling and hit.start > quantity.end:
            return None
        size = min(hit.size, _LONGEST)
        words = self._line.words
        between = words[self._line.at_or_after(quantity.number_end) : hit.first]
        if between:
            if _BREAKS.intersection(between) or _TURNS.intersection(between) or self._opens_next(hit):
                return None
            if quantity.unit in _RELATIVE and words[self._line.at_or_after(quantity.end)] == "so":
                # "gấp 1,3 lần so với thời điểm đạt chuẩn nông thôn mới": what a ratio is held against
                return None
            moved = quantity.unit in RATES and hit.start <= quantity.end + 1 and self._is_moved()
            return (_MOVED if moved else 6.3) + 0.3 * size - 0.35 * len(between), "right"
        noun = quantity.noun.split()
        if words[hit.first : hit.last + 1] != noun[: hit.size]:
            return 8.0 + 0.4 * size, "unit-phrase"
        # the noun itself: bare ("hộ") says less than with what follows ("hộ nghèo")
        return (3.2 if _is_bare(words, hit.last + 1, self._quantity.unit) or hit.size < len(noun) else 1.0), "unit-noun"

    def _is_moved(self) -> bool:
        """Whether a verb of change opens the clause of a percentage, so that its noun stands behind it."""
        start = self._quantity.start
        return _WORDS["moves_noun"].search(self._folded, max(0, start - _VERB_REACH), start) is not None

    def _opens_next(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase behind a percentage or an amount and a joint is of the next figure.

        ("đạt 97% kế hoạch và giải ngân đạt 90%", "xây dựng đạt 300 tỷ đồng và giá trị dịch vụ đạt 500 tỷ đồng")
        """
        reach, quantity = self._reach, self._quantity
        if quantity.unit not in _AMOUNTS or reach.ceiling >= reach.end:
            return False
        joint = self._folded.find(" và ", quantity.end, hit.start)
        return joint >= 0 and self._folded.find(",", hit.end, reach.ceiling) < 0

    def _before(self, hit: Hit[Codes]) -> Place | None:
        size = min(hit.size, _LONGEST)
        after, first = hit.last + 1, self._first
        between = first - after
        near = hit.start >= self._reach.floor
        count = self._line.words[after:first].count
        if self._says_itself() or (not near and between > _TOO_FAR):
            return None
        # a colon before the figure before leads to both
        colons = self._folded.count(":", max(hit.end, self._reach.floor), self._quantity.number_start)
        semicolons = count(";") + colons * 0.2
        former = _count_former(self._line.words, after, first)
        between -= former * len(_FORMER)
        commas = count(",") + count("(") - former
        if self._says_more() and (not near or commas):
            return None
        if near and not self._of_figure_before(hit) and not self._is_closed(hit):
            return 7.0 + 0.3 * size - 0.1 * between - 0.8 * commas - 4 * semicolons, "left"
        return 3.6 + 0.2 * size - 0.06 * between - 0.15 * commas - 2.5 * semicolons, "left-far"

    def _says_itself(self) -> bool:
        """Whether a percentage behind a joint has its own words behind it, so that those before are of another.

        ("97% gia đình đạt gia đình văn hóa; 100% khu, ấp đạt văn hóa", "92% gia đình, 70% dòng họ, 85% thôn văn hóa")
        """
        if self._itself is None:
            quantity, reach, folded = self._quantity, self._reach, self._folded
            self._itself = (
                quantity.unit in RATES
                and reach.floor > reach.start
                and _WORDS["behind_joint"].search(folded, reach.floor, quantity.start) is not None
                and (_WORDS["predicate"].match(folded, quantity.end, reach.ceiling) is not None or self._is_listed())
            )
        return self._itself

    def _is_listed(self) -> bool:
        """Whether a percentage has a noun of its own in a list of which something is said together behind the last."""
        quantity, reach, folded = self._quantity, self._reach, self._folded
        if reach.ceiling >= reach.end or _WORDS["own_noun"].match(folded, quantity.end) is None:
            return False
        return _WORDS["coordinated"].fullmatch(folded, quantity.end, reach.ceiling) is not None

    def _says_more(self) -> bool:
        """Whether what follows a count tells its noun apart ("... 227 hộ nghèo, có 8 hộ đặc biệt khó khăn").

        Such a count is of no phrase that stands before another figure.
        """
        if self._more is None:
            self._more = is_told_apart(self._line, self._quantity)
        return self._more

    def _of_figure_before(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase belongs to the figure before ("118 tỷ đồng vốn đầu tư công, đạt 39,8%")."""
        floor = self._reach.floor
        adjoins = floor > self._reach.start and self._folded[floor - 1 : floor].strip()
        if adjoins and (self._is_next_of_list(hit) or self._is_whole_before(hit)):
            return True
        if (
            not adjoins
            or self._folded.startswith(" và ", floor)
            or any(mark in self._folded[floor : hit.start] for mark in ",;:.()")
        ):
            return False
        return _MEASURE_ONLY.fullmatch(self._folded, hit.end, self._quantity.start) is not None

    def _is_next_of_list(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase is the noun of the figure before, and a figure of its own noun follows it in a list.

        ("còn 2% hộ nghèo và 3% hộ cận nghèo")
        """
        quantity, floor = self._quantity, self._reach.floor
        if quantity.unit not in RATES or hit.start > floor + 1 or not _NOUN_BEHIND.match(self._folded, quantity.end):
            return False
        return _WORDS["next_of_list"].fullmatch(self._folded, hit.end, quantity.start) is not None

    def _is_whole_before(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase is what the percentage right before it is of, and a percentage of something else follows.

        ("giải ngân 95% vốn đầu tư công, thu ngân sách vượt 5% dự toán")
        """
        if self._quantity.unit not in RATES or hit.start > self._reach.floor + 1:
            return False
        return _WORDS["whole_before"].fullmatch(self._folded, hit.end, self._quantity.number_start) is not None

    def _is_closed(self, hit: Hit[Codes]) -> bool:
        """Whether a verb closes the clause of a phrase and another subject follows it.

        ("tỷ lệ hộ khá, giàu tăng, hộ nghèo giảm còn 3%")
        """
        return _WORDS["closed"].match(self._folded, hit.end, self._quantity.number_start) is not None


def _count_former(words: list[str], start: int, stop: int) -> int:
    """How many names of places between two words are told to be those of former ones ("xã A (cũ) 3%, xã B (cũ) 5%")."""
    if "cũ" not in words[start:stop]:
        return 0
    return sum(words[at : at + len(_FORMER)] == _FORMER for at in range(start, stop))


def is_told_apart(line: TokenLine, quantity: Quantity) -> bool:
    """Whether what follows a count says more of its noun ("8 hộ đặc biệt khó khăn", but "8 hộ, tăng 2 hộ")."""
    counted = quantity.unit in _TOLD_APART and bool(quantity.noun)
    return counted and not _is_bare(line.words, line.at_or_after(quantity.end), quantity.unit)


def _is_bare(words: list[str], index: int, unit: str) -> bool:
    """Whether nothing tells a counted noun apart, nor what some of its kind have together."""
    if unit in _SHARERS and words[index : index + 1] == ["với"]:
        return " ".join(words[index + 1 : index + 3]) not in _SHARED
    return ends_noun(words, index)


def _is_harmed(words: list[str], index: int) -> bool:
    """Whether brackets of words alone, which open at a token, part those counted from what befell them."""
    inside = words[index + 1 : index + _LONGEST_ASIDE]
    close = inside.index(")") if ")" in inside else 0
    told = close and not any(each[0].isdigit() for each in inside[:close])
    return bool(told) and inside[close + 1 : close + 2] == [_BEFALLS]


def ends_noun(words: list[str], index: int) -> bool:
    """Whether the word behind a counted noun leaves it bare; a verb of measure does so only before a figure.

    ("148 hộ, tăng 12 hộ", but "148 hộ đạt danh hiệu")
    """
    if words[index : index + 1] == ["("] and words[index + 2 : index + 3] == [")"]:
        # an abbreviation of the noun ("700 khu dân cư (KDC) đạt danh hiệu")
        index += 3
    elif words[index : index + 1] == ["("] and _is_harmed(words, index):
        # "251 khẩu (xã A và xã B) bị ngập"
        return False
    if index >= len(words) or not words[index][0].isalpha():
        return True
    word = words[index]
    if word in _BEFORE_FIGURE and " ".join(words[index + 1 : index + 3]) not in _TITLES:
        return any(each[0].isdigit() for each in words[index + 1 : index + _FIGURE_REACH])
    return word in _AFTER_BARE or " ".join(words[index : index + 2]) in _AFTER_BARE
