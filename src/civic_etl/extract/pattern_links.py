"""Indicators told by several words near a figure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.brackets import opening
from civic_etl.extract.code_units import RATES, counts_noun
from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.listed_nouns import NOUN_LISTED, find_comma
from civic_etl.extract.named_behind import ASIDE_OF_HARM, past_names
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrase_position import ends_noun
from civic_etl.extract.phrases import Beginnings, PhraseTable, as_found
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate
from civic_etl.extract.reach import Reach
from civic_etl.extract.stock_nouns import is_stock
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import Pattern, load_lexicon
from civic_etl.indicators.pattern_lexicon import passed_over

_WORDS = patterns("link_words.yaml")
# a share of the count before it, in brackets
_BRACKETED = re.compile(r"\s*\([^()]{0,40}\)")
# an abbreviation of a noun, right behind it ("151 hợp tác xã (HTX) và 488 tổ hợp tác thành lập mới")
_SHORT_FORM = re.compile(r"\s*\([^\W\d_]{2,7}\)")
# no noun behind a percentage: it shares none with the next ("hộ nghèo còn 2,1%, 98% hộ đăng ký thi đua")
_BARE_RATE = re.compile(r"\s*(?:[,;]|và\b)")
# a plain joint between two figures
_PLAINLY = re.compile(r"\s*(?:(?:nữ|nam|là nữ)\s*)?(?:,|và|, ?và)\s*")
# lengths and areas, and what tells behind one what is so long or so large
_LENGTHS = frozenset({"km", "m"})
_MEASURED = _LENGTHS | {"ha"}
_LAND = "m2"
_GROUP, _SCHOOL = "residential_group", "school"
_OF_MONEY, _MONEY_RATES = _WORDS["of_money"], frozenset({"public_investment_disbursement_rate"})
_OF_PLAN = re.compile(r"\s*(?:chỉ tiêu|kế hoạch|dự toán|nghị quyết)\b")
_OWN_NOUN = re.compile(r"\s*(?!và\b)[^\W\d_]")
_NAMED_BEHIND = re.compile(r" (?:các )?(?:tuyến )?(?:đường|kênh|mương|hẻm|ngõ|lộ|kè|đê|rãnh|cống|hàng rào|tường rào)\b")
_STOPS = ";."
# what a colon lists behind a count of aims is no word of it ("đề ra 18 chỉ tiêu: thu nhập đạt ...")
_TARGET_STOPS = ";.:"
_BEFORE_NOUN = frozenset({"số", "các", "tổng", "của"})
_LONGEST_UNIT = 8
_LONGEST_VERB = 20
_PLACES = frozenset({"commune", "residential_group", "district", "school"})
# units whose nouns are taken for no other
_OWN_NOUNS = frozenset(read_data("own_nouns.yaml"))


@lru_cache(maxsize=1)
def _words() -> PhraseTable[str]:
    patterns = load_lexicon().patterns
    words = {word for pattern in patterns for group in (*pattern.groups, pattern.without) for word in group}
    return PhraseTable((word, as_found(word)) for word in words | passed_over())


@lru_cache(maxsize=1)
def _organisations() -> PhraseTable[str]:
    return PhraseTable((word, word) for word in read_data("after_bare.yaml")["organisations"])


# what goes on behind brackets to those for whom something is
_RESUMES = re.compile(r"[^().;\d]{0,30}\),? cho(?: (?:hơn|trên|gần|khoảng))? ?")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pattern with its words as sets; `order` is its place in the file."""

    order: int
    pattern: Pattern
    groups: tuple[frozenset[str], ...]
    without: frozenset[str]


@lru_cache(maxsize=256)
def _patterns_for(unit: str) -> dict[str, list[_Candidate]]:
    """The patterns that may stand for a figure in a unit, by the words of their smallest group."""
    lexicon = load_lexicon()
    by_word: dict[str, list[_Candidate]] = {}
    for order, pattern in enumerate(lexicon.patterns):
        of_rate = unit in RATES and not pattern.units & RATES and lexicon.rate_of.get(pattern.code) is not None
        if unit not in pattern.units and not of_rate:
            continue
        groups = sorted((frozenset(map(as_found, group)) for group in pattern.groups), key=len)
        candidate = _Candidate(order, pattern, tuple(groups[1:]), frozenset(map(as_found, pattern.without)))
        for word in groups[0]:
            by_word.setdefault(word, []).append(candidate)
    return by_word


class PatternLinks:
    """Reads the patterns of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lexicon = load_lexicon()
        self._said = Beginnings(_words(), context.line, context.proper_names)
        # (end, index of the next figure, sentence's end) -> where the row of coordinated figures there ends
        self._rows: dict[tuple[int, int, int], tuple[int, int]] = {}

    def best(self, quantity: Quantity, reach: Reach) -> tuple[str, float] | None:
        """The code of the pattern that says most of a figure, and its score."""
        line = self._context.line
        spans = [self._clause(quantity, reach)]
        has_noun = quantity.unit not in RATES or _BARE_RATE.match(self._context.folded, quantity.end) is None
        if reach.ceiling < reach.end and has_noun and (shared := self._shared(quantity, reach)) is not None:
            spans.append(shared)
        found: set[str] = set()
        for a, b in spans:
            found.update(self._said.payloads(line.at_or_after(a), line.at_or_after(b)))
        by_word = _patterns_for(quantity.unit)
        candidates = {each.order: each for word in found for each in by_word.get(word, ())}
        best: tuple[str, float] | None = None
        for _, each in sorted(candidates.items()):
            # one word of each group is there, and none that rules the pattern out
            if any(found.isdisjoint(group) for group in each.groups) or not found.isdisjoint(each.without):
                continue
            code = self._code(each.pattern, quantity)
            if code is None or (each.pattern.bare and not self._is_bare_stock(code, quantity)):
                continue
            score = 6.4 + 0.5 * len(each.pattern.groups) + each.pattern.weight
            if best is None or score > best[1]:
                best = code, score
        return best

    def _code(self, pattern: Pattern, quantity: Quantity) -> str | None:
        """The code that a pattern stands for with a figure's unit.

        Its own, or its rate where the counted noun follows "%".
        """
        if quantity.unit in pattern.units:
            if self.counts_other(pattern.code, quantity):
                return None
            return pattern.code if counts_noun(pattern.code, quantity.unit, quantity.noun) else None
        if quantity.unit not in RATES or pattern.units & RATES:
            return None
        rate = self._lexicon.rate_of.get(pattern.code)
        return rate if rate is not None and self._unit_behind(quantity.end) in pattern.units else None

    def counts_other(self, code: str, quantity: Quantity) -> bool:
        """Whether the noun right behind a percentage is none that the rate of `code` is of.

        ("xã đạt chuẩn y tế; 85% bản, làng đạt văn hóa"; and no rate of people is of places, "100% xã tiêm xong mũi 3")
        """
        rate = quantity.unit in RATES and is_rate(code) and code not in _MONEY_RATES
        if rate and _OF_MONEY.match(self._context.folded, quantity.end) is not None:
            # "làm đường bê tông, cùng với 50% vốn của tỉnh"
            return True
        count = self._lexicon.count_of.get(code) if quantity.unit in RATES else None
        indicator = load_catalogue().get(count) if count is not None else None
        if indicator is None:
            return False
        behind = self._unit_behind(quantity.end)
        if indicator.unit_measure == "person":
            return behind in _PLACES
        if indicator.unit_measure not in _OWN_NOUNS:
            return False
        return behind in _OWN_NOUNS and behind != indicator.unit_measure

    def _is_bare_stock(self, code: str, quantity: Quantity) -> bool:
        """Whether a figure counts a stock of the place, and nothing but whose it is says more of it.

        ("có 356 hội viên phụ nữ", not "giúp 71 hội viên")
        """
        if not is_stock(code, self._context, quantity.start):
            return False
        words = self._context.line.words
        index = self._context.line.at_or_after(quantity.end)
        stop = min(index + _LONGEST_UNIT, len(words))
        found = _organisations().longest_at(words, index, stop) if index < stop else None
        return ends_noun(words, index if found is None else found[0])

    def _unit_behind(self, end: int) -> str | None:
        """The unit of the noun behind a percentage ("35% số hộ")."""
        line = self._context.line
        index, count = line.at_or_after(end), len(line.words)
        while index < count and line.words[index] in _BEFORE_NOUN:
            index += 1
        if index >= count:
            return None
        noun = unit_words().longest_at(line.words, index, min(index + _LONGEST_UNIT, count))
        return noun[1].unit if noun is not None else None

    def _clause(self, quantity: Quantity, reach: Reach) -> tuple[int, int]:
        """From the figure before (or the last semicolon) to the next mark or figure."""
        folded = self._context.folded
        low = max(reach.start, reach.floor, folded.rfind(";", reach.start, quantity.start) + 1)
        if (resumed := self._resumed(quantity, reach)) >= 0:
            low = max(resumed, folded.rfind(";", reach.start, quantity.start) + 1)
        elif quantity.unit == "house" and folded.endswith(" và ", low, quantity.start) and self._repeats_noun(quantity):
            # "88 căn nhà cho gia đình chính sách và 149 căn nhà cho hộ nghèo"
            low = quantity.start
        elif quantity.unit in _LENGTHS and reach.floor > reach.start and _NAMED_BEHIND.match(folded, quantity.end):
            # "lắp 12 km điện chiếu sáng, trồng 9 km đường hoa"
            low = max(low, folded.rfind(",", low, quantity.start))
        high = min(reach.end, reach.ceiling)
        if quantity.unit == "ha" and quantity.denominator is not None and reach.skips(quantity.end):
            # what the whole of a fraction is
            high = quantity.end
        if self._is_next_of_kind(quantity, low):
            low = quantity.start
        for mark in _TARGET_STOPS if quantity.unit == "target" else _STOPS:
            at = folded.find(mark + " ", quantity.end, high)
            if at >= 0:
                high = min(high, at)
        at = folded.rfind(" (", quantity.end, high)
        if at >= 0 and high == reach.ceiling and folded.find(")", at, high) < 0:
            # what opens brackets is of the figure inside ("chè 60 ha (đang cho thu hoạch 45 ha)")
            high = at
        closed = folded.find(")", quantity.end, high)
        if closed >= 0 and opening(folded, quantity.start, low) >= 0:
            # what stands behind its brackets is of the next figure ("thu quỹ (đạt 83%) và tỷ lệ hộ nghèo còn 4%")
            high = closed
        counted = past_names(self._context, quantity)
        at = folded.find(", ", counted, high)
        while at >= 0 and NOUN_LISTED.match(folded, at + 2):
            at = folded.find(", ", at + 2, high)
        high = high if at < 0 else at
        named = _WORDS["rate_named"].search(folded, low, quantity.start) if quantity.unit in RATES else None
        if named is not None:
            # what stands before the comma is of the figure before ("95% gia đình ..., phấn đấu giảm tỷ lệ hộ nghèo 4%")
            low = named.start()
        says_itself = quantity.unit in RATES and (
            _WORDS["predicate"].search(folded, quantity.end, high) or _WORDS["own_head"].match(folded, quantity.end)
        )
        if says_itself and _WORDS["behind_joint"].search(folded, low, quantity.start):
            # what stands before the comma is of the figure before ("100% khu phố có nhà văn hóa, 98% đường được ...")
            low = quantity.start
        return low, high

    def _resumed(self, quantity: Quantity, reach: Reach) -> int:
        """Where the words begin that brackets with a figure part from those whom they are for; -1 where they do not.

        ("mở 9 lớp dạy nghề (kế hoạch 12 lớp) cho 210 lao động")
        """
        folded, index = self._context.folded, self._context.quantities.first_from(quantity.start) - 1
        if index < 1 or _RESUMES.fullmatch(folded, reach.floor, quantity.start) is None:
            return -1
        first = self._context.quantities[index - 1].end
        opened = opening(folded, reach.floor, max(first, reach.start))
        return first if opened >= 0 and first >= reach.start else -1

    def _repeats_noun(self, quantity: Quantity) -> bool:
        """Whether a count has the noun of the figure right before it."""
        before = self._before(quantity)
        return before is not None and quantity.noun != "" and before.noun == quantity.noun

    def _before(self, quantity: Quantity) -> Quantity | None:
        """The figure right before a figure."""
        figures = self._context.quantities
        index = figures.first_from(quantity.start)
        return figures[index - 1] if index else None

    def _is_next_of_kind(self, quantity: Quantity, low: int) -> bool:
        """Whether what stands before a figure is the noun of the one before it, in a list of figures in one unit.

        ("221 ha rừng khoanh nuôi, 170 ha rừng phòng hộ")
        """
        folded = self._context.folded
        if quantity.unit in RATES or _WORDS["next_of_kind"].fullmatch(folded, low, quantity.start) is None:
            return False
        before = self._before(quantity)
        beside = before is not None and before.end == low and before.unit == quantity.unit
        return beside and _WORDS["own_noun"].match(folded, quantity.end) is not None

    def _shared(self, quantity: Quantity, reach: Reach) -> tuple[int, int] | None:
        """What is said of a figure and of those after it together; None where nothing is.

        ("21/24 tổ dân phố và 1.640 hộ giữ vững danh hiệu")
        """
        if quantity.unit in RATES and _OF_PLAN.match(self._context.folded, quantity.end) is not None:
            # "đạt 100% chỉ tiêu giao quân, 61% có trình độ cao đẳng"
            return None
        if quantity.unit == _LAND:
            # "hiến 3.300 m2 đất, 620 m2 tường rào"
            return None
        figures, folded, end = self._context.quantities, self._context.folded, reach.end
        index = figures.first_from(reach.ceiling)
        after, index = self._row_end(quantity.end, index, end)
        if after == quantity.end:
            return None
        after = self._past_short_form(after)
        limit = min(figures[index].start if index < len(figures) else end, end)
        last = figures[index - 1]
        if quantity.unit in _LENGTHS and last.unit not in _LENGTHS:
            # "83 mét cầu, 31 công trình thủy lợi"
            return None
        if last.denominator is not None and last.denominator == quantity.value:
            # some of those counted ("245 thôn, 238 nhà văn hóa, 232/245 thôn đạt danh hiệu")
            return None
        if last.noun and last.noun == quantity.noun and _PLAINLY.fullmatch(folded, quantity.end, last.start):
            # the noun said again leaves what is told behind it to the last ("96 đảng viên và 17 đảng viên đang ...")
            return None
        if quantity.unit == last.unit == _SCHOOL and quantity.denominator is None:
            # all of them, and those that a quality is told of ("có 42 trường học, 27 trường đạt chuẩn quốc gia")
            return None
        stops = [at for mark in ";(" if (at := folded.find(mark, after, limit)) >= 0]
        listed = quantity.unit == "case" or quantity.unit in RATES
        # a count has its noun in itself: the list goes on behind it ("85% số hộ, 71/98 làng, khu dân cư đạt ...")
        noun = last.number_end if last.noun and last.end == after else after
        at = find_comma(folded, noun, limit) if listed else folded.find(",", after, limit)
        stops += [at] if at >= 0 else []
        # what the last noun says more than the first is said of both ("xây mới 3 nhà, sửa chữa 5 nhà tình nghĩa")
        longer = last.end >= after and quantity.noun and last.noun.startswith(quantity.noun + " ")
        high = min(stops, default=limit)
        has_own = quantity.unit in _MEASURED and _OWN_NOUN.match(folded, quantity.end, reach.ceiling) is not None
        if quantity.unit in RATES or has_own:
            # the noun of the last is its own ("70% dòng họ, 100% cơ quan đạt danh hiệu văn hóa"), and so it is where
            # each length has one ("làm 1.350 m đường thôn, 620 m rãnh thoát nước"), or each area ("62 ha vải, 71 ha ao
            # cá"): nothing is shared but a verb
            said = _WORDS["said_verb"].search(folded, after, high)
            if said is not None:
                return said.start(), high
            if has_own:
                return None
        return last.number_end if longer else after, high

    def _is_listed_plainly(self, end: int, index: int) -> bool:
        """Whether a figure goes on a list of shares, with nothing but the noun of the one before it between them.

        ("92% hộ gia đình; 90% thôn, bản; 98% cơ quan đạt chuẩn văn hóa", "90% số hộ, 15/15 xã đạt danh hiệu")
        """
        figures, folded = self._context.quantities, self._context.folded
        if index == 0 or figures[index - 1].unit not in RATES:
            return False
        before, figure = figures[index - 1], figures[index]
        if _WORDS["share_of_count"].search(folded, max(0, before.start - _LONGEST_VERB), before.start) is not None:
            # "còn 312 hộ nghèo, bằng 12,4% số hộ; 7/15 khu dân cư đạt danh hiệu"
            return False
        # of so many groups of households all is told like a share
        share = figure.unit in RATES or figure.denominator is not None or figure.unit == _GROUP
        return share and _WORDS["listed_plainly"].fullmatch(folded, end, figure.start) is not None

    def _past_short_form(self, end: int) -> int:
        """Where the abbreviation right behind a noun ends, or an aside of those who came to harm, if there is one."""
        short = _SHORT_FORM.match(self._context.folded, end) or ASIDE_OF_HARM.match(self._context.folded, end)
        return short.end() if short is not None else end

    def _row_end(self, after: int, index: int, end: int) -> tuple[int, int]:
        """Where the figures coordinated with what ends at `after` end themselves, and the index of the one behind them.

        `index` is the figure behind `after`, `end` the sentence's end. Each place on the way is remembered: the next
        figure of a long list starts from there.
        """
        figures, folded = self._context.quantities, self._context.folded
        passed: list[tuple[int, int, int]] = []
        while (here := (after, index, end)) not in self._rows:
            passed.append(here)
            if index >= len(figures) or figures[index].start >= end:
                break
            behind = self._past_short_form(after)
            beside = figures[index].unit == "person" and not folded[behind : figures[index].start].strip()
            # a count and a share of something else are told each for itself ("kết nạp 40 hội viên, 70% hộ đăng ký")
            alike = index == 0 or (figures[index].unit in RATES) == (figures[index - 1].unit in RATES)
            coordinated = alike and _WORDS["coordinated"].fullmatch(folded, behind, figures[index].start) is not None
            if beside or coordinated or self._is_listed_plainly(behind, index):
                after = figures[index].end
            elif (where := ASIDE_OF_HARM.match(folded, after)) is not None and where.end() > figures[index].end:
                # all that the brackets hold is of it ("96 hộ (xã A 70 hộ; xã B 26 hộ) bị ngập")
                after, index = where.end(), figures.first_from(where.end()) - 1
            elif (bracket := _BRACKETED.match(folded, after)) is not None and bracket.end() > figures[index].end:
                after = bracket.end()
            else:
                break
            index += 1
        found = self._rows.get(here, (after, index))
        self._rows.update(dict.fromkeys(passed, found))
        return found
