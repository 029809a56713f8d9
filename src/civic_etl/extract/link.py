"""Which indicator a figure belongs to: every phrase of its sentence is weighed, the best one wins."""

import re
from dataclasses import dataclass

from civic_etl.extract.brackets import closed_opening
from civic_etl.extract.code_units import RATES, code_for_unit, counts_noun
from civic_etl.extract.context import Codes, Context
from civic_etl.extract.counts_of_all import counts_all
from civic_etl.extract.growth_phrases import grows_elsewhere
from civic_etl.extract.pattern_links import PatternLinks
from civic_etl.extract.patterns import compiled, patterns
from civic_etl.extract.phrase_position import PhrasePosition, Place
from civic_etl.extract.phrases import Hit
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.reach import Reach
from civic_etl.extract.stock_kinds import stock_of_kind
from civic_etl.extract.stock_nouns import is_given_to, is_stock, is_where
from civic_etl.indicators.lexicon import DECOY, load_stocks, load_variants

__all__ = ["RATES", "UNNAMED", "Link", "Linker"]

# rules of links that name no more than where a figure stands or what it counts
UNNAMED = frozenset({"left-far", "unit-noun"})

# a phrase so many characters before a figure is of another
_FAR = 600
_THRESHOLD = 3.0
_FITS = 3.0
_FOLLOWING = 4
_LEFT = frozenset({"left", "left-far"})
_BARE = frozenset({"unit-noun", "right"})
_RESTRICTS, _GROUP_DOES = (patterns("link_words.yaml")[key] for key in ("restricts", "group_does"))
# stocks whose kinds ("12 hộ đồng bào dân tộc", "3 trường mầm non") may be who got something, too
_BY_PHRASE = frozenset({"households", "schools", "students", "residential_groups", "communes", "union_members"})
# counts that may be of who got something, too ("trao bò giống cho 12 hộ nghèo")
_RECEIVING = frozenset({"poor_households", "near_poor_households"})
# who may attend a class
_PERSONS = frozenset({"person", "party_member", "visit"})
_CLASS_BEFORE, _CLASS_BEHIND = (patterns("link_words.yaml")[key] for key in ("class_before", "class_behind"))
_PAYS, _PAYS_REACH = compiled("link_words.yaml", "pays"), 40
_HAPPENED_IN, _HAPPENED_REACH = compiled("link_words.yaml", "happened_in"), 60
_NO_NOUN = RATES | {""}
_AIMS_OPEN = compiled("link_words.yaml", "aims_open")
# between a percentage and its noun
_BEFORE_NOUN = frozenset({"", "số", "tổng số", "các"})
# what stands behind the whole of a share
_ENDS_SHARE = re.compile(r"\s*[(;]")
# between an amount and its share, and what may stand between it and the whole
_TAKES_SHARE, _TAKES_FIELDS = (compiled("link_words.yaml", key) for key in ("takes_share", "takes_fields"))
# an area, and the whole of it
_AREA, _FIELDS = "ha", ("diện tích", "tổng diện tích")
_OF_ALL = frozenset({"", "trong", "trên", "của", "/", "tổng", "trong tổng", "trên tổng"})
_GIVING = (" trao ", " tặng ", " ủng hộ ", " cấp phát ", " thăm hỏi ")
_NEAR = 300
_WORTH_REACH = 150
_CLASS_REACH = 120
_SURE = 9.0


@dataclass(frozen=True, slots=True)
class Link:
    """The indicator of a figure. `hit` is the phrase that named it.

    It is None where the indicator was inherited or told by a pattern.
    """

    code: str
    hit: Hit[Codes] | None
    score: float
    rule: str


_RATED_STOCKS = frozenset({"party_cells", "party_members"})


class Linker:
    """Weighs the phrases of one document for its figures."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stocks = load_stocks()
        self._groups = frozenset(load_variants()["rates_of_groups"])
        self._worth = load_variants()["worth_of"]
        self._spoken_near: dict[str, list[str]] = load_variants()["spoken_near"]
        self._nearest_of: dict[str, dict[str, list[str]]] = load_variants()["nearest_of"]
        self._bare_verbs = frozenset(load_variants()["bare_verbs"])
        self._patterns = PatternLinks(context)

    def link(self, quantity: Quantity, reach: Reach) -> Link | None:
        """The best indicator for a figure of a sentence."""
        if quantity.unit in _PERSONS and self._attends_class(quantity, reach):
            return Link("other", None, _SURE, "part")
        best: Link | None = None
        position = PhrasePosition(self._context, quantity, reach)
        of_all = counts_all(self._context.folded, quantity)
        nearest = max(reach.start, quantity.start - _FAR), min(reach.end, max(reach.ceiling, quantity.end + 1))
        hits = self._context.indicators.within(*nearest)
        for index, hit in enumerate(hits):
            if hit.start < position.start or (of_all and hit.start < reach.floor):
                continue
            place = position.of(hit)
            if place is None or self._goes_on(hit, hits[index + 1 : index + 1 + _FOLLOWING]) or reach.skips(hit.start):
                continue
            if index and self._is_category(hit, hits[index - 1]):
                continue
            following = hits[index + 1 :]
            if self._announces(hit, following):
                continue
            if self._is_noun_of_rate(hit, following, quantity, reach):
                continue
            if self._is_whole_of_share(hit, quantity, reach):
                continue
            if grows_elsewhere(self._context.folded, hit, self._named_before(hits, index), following, quantity):
                continue
            for code in hit.payload:
                found = self._weigh(code, hit, quantity, place)
                if found is not None and (best is None or found.score > best.score):
                    best = found
        pattern = self._patterns.best(quantity, reach) if not of_all else None
        if pattern is not None and (best is None or pattern[1] > best.score or self._repeats(best, quantity)):
            best = Link(pattern[0], None, pattern[1], "pattern")
        if best is None or best.score < _THRESHOLD or (best.rule == "pattern" and best.code == "other"):
            kind = stock_of_kind(self._context, quantity, reach.start)
            if kind is not None and not self._happened_in(kind, quantity):
                best = Link(kind, None, _THRESHOLD, "unit-noun")
        return best if best is not None and best.score >= _THRESHOLD else None

    def _is_noun_of_rate(self, hit: Hit[Codes], following: list[Hit[Codes]], quantity: Quantity, reach: Reach) -> bool:
        """Whether a phrase is the noun of the percentage before a count that another one opens a new clause of.

        ("92% hộ đạt gia đình văn hóa, hộ nghèo còn 9 hộ")
        """
        folded, floor = self._context.folded, reach.floor
        if quantity.unit in _NO_NOUN or floor <= reach.start or folded[floor - 1] != "%":
            return False
        if folded[floor : hit.start].strip() not in _BEFORE_NOUN:
            return False
        comma = folded.find(", ", hit.end, quantity.start)
        return comma >= 0 and any(other.start == comma + 2 and other.end < quantity.start for other in following)

    def _named_before(self, hits: list[Hit[Codes]], index: int) -> Hit[Codes] | None:
        """The phrase before one, past a bare noun that only tells of whom ("giá trị sản xuất của xã tăng")."""
        near = reversed(hits[max(0, index - _FOLLOWING) : index])
        return next((hit for hit in near if hit.size > 1 or self._stocks.codes.isdisjoint(hit.payload)), None)

    def _repeats(self, link: Link, quantity: Quantity) -> bool:
        """Whether a stock named before a count is what its own noun counts ("xếp loại tổ chức đảng có 7 chi bộ")."""
        counted = quantity.noun != "" and quantity.denominator is None
        return counted and link.rule == "left" and link.code in _RATED_STOCKS

    def _is_restricted(self, hit: Hit[Codes], quantity: Quantity) -> bool:
        """Whether what follows a stock's name leaves only some of it ("tổng số hộ chăn nuôi gia súc là 419 hộ")."""
        return _RESTRICTS.match(self._context.folded, hit.end, quantity.start) is not None

    def _goes_on(self, hit: Hit[Codes], following: list[Hit[Codes]]) -> bool:
        """Whether the noun at the end of a stock's phrase opens a longer one.

        ("tổng số xã" in "tổng số xã nông thôn mới")
        """
        if not following or self._stocks.codes.isdisjoint(hit.payload):
            return False
        return any(hit.start < other.start < hit.end < other.end for other in following)

    def _announces(self, hit: Hit[Codes], following: list[Hit[Codes]]) -> bool:
        """Whether a phrase of aims opens a list of them, of which the next one is told by words of its own.

        ("xã hoàn thành các chỉ tiêu đề ra: thu ngân sách đạt 104%")
        """
        if not following or DECOY not in hit.payload:
            return False
        return _AIMS_OPEN.fullmatch(self._context.folded, hit.start, following[0].start) is not None

    def _is_category(self, hit: Hit[Codes], before: Hit[Codes]) -> bool:
        """Whether a phrase is part of the category that follows another phrase.

        ("lâm nghiệp và thủy sản" in "giá trị tăng thêm ngành nông, lâm nghiệp và thủy sản")
        """
        head = before.end
        return head <= hit.start and any(
            c.start < hit.start and c.end >= hit.end for c in self._context.categories.within(head, head + 2)
        )

    def _attends_class(self, quantity: Quantity, reach: Reach) -> bool:
        """Whether persons are counted who attend a class: whatever they are, they are only some of their kind."""
        folded, low = self._context.folded, max(reach.start, quantity.start - _CLASS_REACH)
        return (
            _CLASS_BEHIND.match(folded, quantity.end, reach.ceiling) is not None
            or _CLASS_BEFORE.search(folded, low, quantity.start) is not None
        )

    def is_bare_verb(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase only tells what was done; the noun counted must tell to what ("đã giải quyết 70 vụ")."""
        return self._context.folded[hit.start : hit.end] in self._bare_verbs

    def _is_spoken_of(self, hit: Hit[Codes]) -> bool:
        """Whether what a general phrase stands for is spoken of near it ("số vụ" of accidents)."""
        folded = self._context.folded
        words = self._spoken_near.get(folded[hit.start : hit.end])
        if words is None:
            return True
        told = folded[max(0, hit.start - _NEAR) : hit.end + _NEAR] + self._context.title.folded
        return any(word in told for word in words)

    def _is_nearest(self, code: str, hit: Hit[Codes]) -> bool:
        """Whether a phrase that may be of several indicators is of this one, by the word nearest to it.

        ("tổng diện tích" behind "gieo trồng", or beside "dân số"; of none of them where no such word is near)
        """
        folded = self._context.folded
        words = self._nearest_of.get(folded[hit.start : hit.end].removeprefix("có "))
        if words is None or code not in words:
            return True
        before = folded[max(0, hit.start - _NEAR) : hit.start]
        behind = folded[hit.end : hit.end + _NEAR]
        title = self._context.title.folded

        def distance(word: str) -> int:
            sides = [len(before) - at] if (at := before.rfind(word)) >= 0 else []
            sides += [at] if (at := behind.find(word)) >= 0 else []
            return min(sides, default=_NEAR if word in title else _NEAR + 1)

        nearest = {each: min(map(distance, told)) for each, told in words.items()}
        return nearest[code] <= min(_NEAR, *nearest.values())

    def _is_worth_of(self, code: str, hit: Hit[Codes]) -> bool:
        """Whether the worth of something is of an indicator (medicine "trị giá 380 triệu đồng" is no works)."""
        folded, words = self._context.folded, self._worth["words"].get(code)
        if words is None or folded[hit.start : hit.end] not in self._worth["phrases"]:
            return True
        told = folded[max(0, hit.start - _WORTH_REACH) : hit.start]
        for given in _GIVING:
            # "sửa chữa 1 nhà, trao 12 xe đạp trị giá 23 triệu đồng": what was given last
            told = told.rpartition(given)[2]
        for apart in self._worth["apart"]:
            told = told.replace(apart, "")
        return any(word in told for word in words)

    def _is_whole_of_share(self, hit: Hit[Codes], quantity: Quantity, reach: Reach) -> bool:
        """Whether a phrase only tells what the percentage right before it is a share of.

        ("vốn đầu tư bằng 35% GRDP (năm 2020 đạt 2.910 tỷ đồng)", "thu tiền đất 9 tỷ đồng, chiếm 48% tổng thu")
        """
        if hit.start >= quantity.end:
            return quantity.unit in RATES and self._takes_part_of(hit, quantity, reach)
        if hit.end > quantity.start:
            return False
        figures, folded = self._context.quantities, self._context.folded
        index = figures.first_from(hit.start + 1) - 1
        if index < 0 or figures[index].unit not in RATES:
            return False
        joint = folded[figures[index].end : hit.start].strip()
        if joint == "/" or (not joint and _ENDS_SHARE.match(folded, hit.end) is not None):
            return True
        # "nước ngoài (chiếm 98% giá trị xuất khẩu của tỉnh) đạt 10 tỷ USD"
        return joint in _OF_ALL and closed_opening(folded, hit.start, reach.start, quantity.start) >= 0

    def _takes_part_of(self, hit: Hit[Codes], quantity: Quantity, reach: Reach) -> bool:
        """Whether the amount before a percentage is said to be part of all of what a phrase right behind it names."""
        folded = self._context.folded
        if folded.endswith(_AREA, reach.start, reach.floor) and folded.startswith(_FIELDS, hit.start):
            # "thu hoạch 120 ha, đạt 60% diện tích gieo trồng"
            return _TAKES_FIELDS.fullmatch(folded, reach.floor, quantity.number_start) is not None
        if reach.floor <= reach.start or _TAKES_SHARE.fullmatch(folded, reach.floor, quantity.number_start) is None:
            return False
        return folded[quantity.end : hit.start].strip() in _OF_ALL and folded.startswith("tổng ", hit.start)

    def _is_counted(self, hit: Hit[Codes]) -> bool:
        """Whether a phrase is the noun of a figure: it names that figure and none behind it."""
        figures = self._context.quantities
        index = figures.first_from(hit.start + 1) - 1
        return index >= 0 and figures[index].number_end <= hit.start < hit.end <= figures[index].end

    def _happened_in(self, code: str, quantity: Quantity) -> bool:
        """Whether a count of the place's own parts tells in how many of them something happened."""
        start, low = quantity.start, max(0, quantity.start - _HAPPENED_REACH)
        return code in self._stocks.parts and _HAPPENED_IN.search(self._context.folded, low, start) is not None

    def _is_paid_for(self, code: str, quantity: Quantity) -> bool:
        """Whether works are counted that a sum right before is for ("đầu tư 42 tỷ đồng cho 16 công trình")."""
        folded, start = self._context.folded, quantity.start
        return code == "public_works" and _PAYS.search(folded, max(0, start - _PAYS_REACH), start) is not None

    def _weigh(self, code: str, hit: Hit[Codes], quantity: Quantity, place: Place) -> Link | None:
        fit = code_for_unit(code, quantity.unit, quantity.generic)
        if fit is None:
            return None
        score, rule = place
        if not counts_noun(fit[0], quantity.unit, quantity.noun):
            return None
        if fit[1] < _FITS and quantity.unit not in _NO_NOUN and self.is_bare_verb(hit):
            return None
        if not (self._is_spoken_of(hit) and self._is_nearest(code, hit) and self._is_worth_of(code, hit)):
            return None
        if (rule in _LEFT or rule == "right") and self._patterns.counts_other(fit[0], quantity):
            return None
        if rule == "right" and code in self._groups and _GROUP_DOES.match(self._context.folded, hit.end) is not None:
            # "100% hộ nghèo, cận nghèo được cấp thẻ BHYT"
            return Link("other", hit, score + fit[1] - _FITS, rule)
        stock = code in self._stocks.codes
        if stock and rule == "left-far" and self._is_counted(hit):
            return None
        if stock and quantity.unit in RATES and fit[0] == code:
            # "100% đảng viên tham gia": a part of a stock, whatever it is
            return None
        if stock and rule != "unit-noun" and hit.size <= 1:
            return None
        if (
            stock
            and rule == "left-far"
            and quantity.noun
            and quantity.noun in self._context.folded[hit.start : hit.end]
        ):
            # the same noun is its own, and what stands beside that tells what it counts
            return None
        if stock and rule in _LEFT and self._is_restricted(hit, quantity):
            return Link("other", None, score + fit[1] - _FITS, "pattern")
        if code in _RECEIVING and rule == "unit-phrase" and is_given_to(self._context.line, quantity.start):
            return None
        counted = stock and (rule in _BARE or (rule == "unit-phrase" and code in _BY_PHRASE))
        if counted and not (is_stock(code, self._context, quantity.start) or self._is_paid_for(code, quantity)):
            return Link("other", hit, score, "part")
        if stock and rule == "unit-noun" and self._happened_in(code, quantity):
            return None
        if stock and rule == "unit-noun" and is_where(code, self._context.line, quantity.start):
            score = max(score, _THRESHOLD)
        if stock and rule in _LEFT and quantity.noun and is_given_to(self._context.line, quantity.start):
            return None
        if not stock and rule == "unit-noun":
            score, rule = 5.5 + 0.3 * hit.size, "unit-phrase"
        return Link(fit[0], hit, score + fit[1] - _FITS, rule)
