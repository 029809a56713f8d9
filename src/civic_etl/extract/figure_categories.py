"""The categories that a figure's own words and its scene name."""

import re
from itertools import pairwise

from civic_etl.extract.brackets import opening
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.category_rules import settled
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.link import Link
from civic_etl.extract.listed_categories import has_several, joined_before
from civic_etl.extract.listed_nouns import find_comma
from civic_etl.extract.making import right_before
from civic_etl.extract.named_behind import past_names
from civic_etl.extract.own_categories import town_behind
from civic_etl.extract.patterns import patterns
from civic_etl.extract.prices import price_behind
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators.lexicon import load_variants

_COUNTED = frozenset({"unit-phrase", "unit-noun", "right", "part"})
# a rate that the words of the count before name
_OF_COUNT = "of-count"
_AND = " và "
_MARKS = (",", ";", ":", ".", "(", _AND, f" {PART} ")
# the colon behind one of these leads to the category ("2 đồng chí xếp loại: Hoàn thành tốt nhiệm vụ")
_RATED = ("xếp loại", "danh hiệu", "mức")
# so many sectors may be joined in the name of a part
_SECTORS_OF_PART = 2
_STRUCTURE, _STATUS = "economic_structure", "status"
# keys whose categories may be joined into one figure, which is then of all of them
_JOINED_KEYS = frozenset({"level"})
# keys that the counted noun itself may tell
_COUNTED_KEYS = frozenset({"species"})
_OF_SCHOOL = frozenset({"schools", "classes", "students"})
_JOINED = re.compile(r"\s*(?:,|/|-|và|, và|đến)\s*(?:trường |cấp |bậc )?")
_SHORT_FORM = re.compile(r"\([^\W\d_]{2,7}\)")
_COUNT = re.compile(r"\s*\d")
_NAME_REACH = 60
_MARK_REACH = 2
_WHOLE_YEAR = "cả năm"
_HOUSES_HARMED = "disaster_houses"
_TOPIC_REACH = 60
_PARAGRAPH_REACH = 600
_SOWN = "sown_area"
_JOINT = re.compile(r"\s*[,/-]?\s*(?:với |và |gồm )?\s*")
_ANNOUNCES = patterns("link_words.yaml")["announces"]
_ASIDE = patterns("link_words.yaml")["aside"]
_VERB_ONLY = patterns("link_words.yaml")["verb_only"]
_COORDINATED = patterns("link_words.yaml")["coordinated"]
_DEED = patterns("link_words.yaml")["deed"]
_JOINT_BEHIND = re.compile(r"\s*(?:,|và|;|/)*\s*$")
_BEHIND_JOINT = patterns("link_words.yaml")["behind_joint"]
# how doses are counted, whose vaccine is told behind them
_DOSES = ("liều", "vắc xin", "vắc - xin", "vacxin", "vaccine")
# what members and cells are told by together ("95% chi bộ và đảng viên hoàn thành tốt nhiệm vụ")
_RATING = "rating"
# between the sectors of a list
_BETWEEN_SECTORS = re.compile(r"[\s,;–-]*(?:và\s+)?(?:ngành\s+)?")
# what no list of nouns goes on with, and what one more of raises the count
_CRITERION, _SCHOOL = "criterion", "school"
_KIND, _VILLAGES, _COMMUNES = "kind", "residential_group", "ntm_communes"
_OF_VILLAGE = patterns("criteria.yaml")["village_set"]


class FigureCategories:
    """Reads the categories of the figures of one document."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories
        # where a paragraph that opens with a season in a span comes to another one, by the span
        self._seasons: dict[tuple[int, int], int] = {}

    def named(self, code: str, figure: Figure, link: Link) -> Breakdown:
        """The categories of `code` in the words of a figure that `link` names."""
        q = figure.q
        if q.parallel is not None and link.hit is not None and link.hit.start < q.start:
            first = self._first_parallel(q)
            listed = self._categories.ranked(code, link.hit.start, first, q.parallel)
            listed = listed or self._categories.ranked(code, figure.spot.sentence.start, first, q.parallel)
            if listed:
                return listed
        low, head = self._own_words(figure, link)
        counted = link.rule in _COUNTED
        if counted and code in load_variants()["noun_only"]:
            low = q.number_end
        elif counted and low >= figure.spot.floor > figure.spot.sentence.start:
            # what joins two counts ends the words of the first ("5 chỉ tiêu vượt và 14 chỉ tiêu đạt")
            low = max(low, figure.folded.rfind(" và ", low, q.start))
        elif link.rule == "pattern":
            low = _past_other_count(code, figure, low)
        high = self._end(figure, link)
        found: Breakdown = {}
        of_persons = self._told_of_persons(figure)
        if of_persons and low < figure.spot.floor:
            low, head = figure.spot.floor, None
        if counted or link.rule == "pattern":
            # what is counted is told apart by what follows it; what stands before may be said of the figure before
            found = self._categories.read(code, q, q.number_end, high, q.number_end)
            found = self._rating_of_both(code, figure) | found
        before = self._categories.read(code, q, low, high, head)
        if not found:
            before |= self._behind_joint(code, figure, before, high)
        anew = _all_told_anew(figure)
        if _STATUS in before and low < anew and _STATUS not in self._categories.read(code, q, anew, high, head):
            del before[_STATUS]
        for key in _JOINED_KEYS:
            if key in before | found and self._are_joined(code, key, figure, q.number_end, figure.spot.ceiling):
                before.pop(key, None)
                found.pop(key, None)
            elif code in _OF_SCHOOL and self._are_joined(code, key, figure, figure.spot.floor, q.start):
                before.pop(key, None)
        if code != _STRUCTURE and self._are_all_sectors(code, low if link.hit is None else link.hit.start, q.start):
            before.pop("sector", None)
        named = (
            before
            | self._in_brackets(code, q, low if head is None else head)
            | found
            | self._inside_noun(code, q)
            | price_behind(self._categories, code, figure)
            | town_behind(self._categories, code, figure)
        )
        if q.parallel is None:
            for key in joined_before(self._categories, code, figure, low).intersection(before):
                if named.get(key) == before[key]:
                    del named[key]
        several = [key for key in named if has_several(self._categories, code, key, figure)]
        if several and not (counted or link.rule == "pattern"):
            several = [key for key in several if not self._categories.named(code, key, low, q.start)]
        named = {key: value for key, value in named.items() if key not in several}
        beside = right_before(self._categories, code, figure, low)
        if of_persons or code not in load_variants()["of_sentence"]:
            return settled(code, named, beside)
        start = first = figure.spot.sentence.start
        if code in load_variants()["of_paragraph"]:
            start = min(first, max(figure.spot.block.start, q.start - _PARAGRAPH_REACH))
        return settled(code, self._categories.of_sentence(code, named, start, q.start, anew), beside)

    def _behind_joint(self, code: str, figure: Figure, before: Breakdown, high: int) -> Breakdown:
        """The categories told behind a count in place of those before the joint in front of it, which are of the first.

        ("61.000 người tiêm mũi 1 và 7.000 người đã tiêm mũi 2")
        """
        q = figure.q
        if not q.noun or _BEHIND_JOINT.search(figure.gap) is None:
            return {}
        behind = self._categories.read(code, q, q.number_end, high, q.number_end)
        return {key: value for key, value in behind.items() if key in before}

    def _inside_noun(self, code: str, q: Quantity) -> Breakdown:
        """The species that the counted noun tells, whatever stands before ("đàn vật nuôi có 48.700 con gia cầm")."""
        inside = self._categories.read(code, q, q.number_end, q.end, q.number_end)
        return {key: value for key, value in inside.items() if key in _COUNTED_KEYS}

    def _are_all_sectors(self, code: str, start: int, end: int) -> bool:
        """Whether the words of a figure list the sectors of the whole ("các ngành nông, ngư, công nghiệp ...").

        Brackets that open before the figure hold its own sector.
        """
        if opening(self._context.folded, end, start) >= 0:
            return False
        named = {value for _, value in self._categories.named(code, "sector", start, end)}
        return len(named) > _SECTORS_OF_PART

    def lists_all_sectors(self, code: str, figure: Figure) -> bool:
        """Whether nothing but all sectors stands between a phrase and its figure, though a semicolon parts them.

        ("giá trị sản xuất nông nghiệp, công nghiệp; thương mại, dịch vụ ước đạt 225 tỷ đồng")
        """
        start = figure.q.start
        head = next((h for h in self._context.indicators.within(figure.spot.floor, start) if code in h.payload), None)
        if head is None or not self._are_all_sectors(code, head.start, start):
            return False
        ends = head.end
        for hit, _ in self._categories.named(code, "sector", head.start, start):
            if hit.start > ends and _BETWEEN_SECTORS.fullmatch(figure.folded, ends, hit.start) is None:
                return False
            ends = max(ends, hit.end)
        return True

    def _are_joined(self, code: str, key: str, figure: Figure, low: int, high: int) -> bool:
        """Whether several categories of a key are joined into one figure ("có 42 trường mầm non, tiểu học, THCS").

        The last of those behind it is no name of the next figure ("12 trường mầm non, tiểu học 20 trường").
        """
        hits = [hit for hit, _ in self._categories.named(code, key, low, high)]
        joined = [b for a, b in pairwise(hits) if _JOINED.fullmatch(figure.folded, a.end, b.start)]
        return bool(joined) and (high <= figure.q.start or figure.folded[joined[-1].end : high].strip() != "")

    def _in_brackets(self, code: str, q: Quantity, low: int) -> Breakdown:
        """The categories inside brackets, or behind a colon, that open before a figure.

        ("gia súc đều tăng (trâu 0,3%, bò 0,9%)", "đàn gia súc: trâu 120 con")
        """
        folded = self._context.folded
        opened = max(folded.rfind("(", low, q.start), folded.rfind(":", low, q.start))
        if opened < 0 or folded.find(")", opened, q.start) >= 0:
            return {}
        return self._categories.read(code, q, opened, q.start, None)

    def scene(self, figure: Figure) -> list[tuple[int, int]]:
        """Spans whose words may tell what a figure's own leave out.

        How its sentence and paragraph open, its lead-in and headings.
        """
        block, first, start = figure.spot.block, figure.spot.sentence.start, figure.q.start
        if figure.of_whole_year:
            return []
        opened = [(first, min(self._first_figure(first), start))]
        if block.start < first:
            # what a paragraph is about stands in front
            opened.append((block.start, min(self._first_figure(block.start), start, block.start + _TOPIC_REACH)))
        opened = [each for each in opened if self._next_season(*each, block.end) >= start]
        return [*opened, *([block.introduction] if block.introduction else []), *reversed(block.headings)]

    def _next_season(self, start: int, end: int, limit: int) -> int:
        """Where a paragraph that opens with one season in [start, end) comes to another; `limit` where it never does.

        ("Vụ đông xuân xuống giống 3.150 ha; vụ hè thu 3.120 ha. Hoa màu xuống giống được 120 ha")
        """
        if (start, end) not in self._seasons:
            opened = {value for _, value in self._categories.named(_SOWN, "season", start, end)}
            later = self._categories.named(_SOWN, "season", end, limit) if opened else []
            others = (hit.start for hit, value in later if value not in opened and not self._is_of_plan(hit.end))
            self._seasons[start, end] = next(others, limit)
        return self._seasons[start, end]

    def _is_of_plan(self, end: int) -> bool:
        """Whether the whole year that ends there is that of a plan, and none of what is told."""
        folded, near = self._context.folded, max(0, end - len(_WHOLE_YEAR))
        return folded.endswith(_WHOLE_YEAR, near, end) and WORDS["whole_year"].search(folded, near, end) is None

    def _own_words(self, figure: Figure, link: Link) -> tuple[int, int | None]:
        """Where the words of a figure begin, and where the phrase that names it ends if it stands before."""
        folded, q, floor, first = figure.folded, figure.q, figure.spot.floor, figure.spot.sentence.start
        low, head = floor, None
        if link.hit is not None and link.hit.start < q.number_start:
            low, head = min(floor, self._name_start(link.hit.start)), link.hit.end
        low = max(low, folded.rfind(";", first, q.start) + 1, figure.past_brackets if head is None else 0)
        if figure.opens_item:
            return q.start, None
        example = folded.rfind(" như ", max(low, floor), q.start)
        if example >= 0:
            # "một số cây ăn trái chủ lực như sầu riêng 1.220 ha"
            low, head = example, None
        if link.rule == _OF_COUNT:
            # what the count before is of
            return max(first, folded.rfind(";", first, floor), _colon_before(folded, first, floor)), head
        # what a semicolon opens is of the figure, before a comma, too ("; bình quân 10 tháng, CPI tăng 3,6%")
        if floor > first and low >= floor and folded.find(";", floor, q.start) < 0:
            comma = self._comma_between(floor, q.start)
            named = link.hit.start if link.hit is not None and head is not None else q.start
            # not where the phrase itself stands before the comma ("; thu từ nhà đất, tháng 8 là 190 tỷ đồng")
            if (
                comma >= 0
                and WORDS["goes_back"].search(folded, comma, q.start) is None
                and WORDS["mean_opens"].search(folded, floor, comma) is None
                and not folded.endswith(_DOSES, first, floor)
                and not (floor <= named < comma and folded[floor:named].strip())
                and not folded[floor:comma].strip(" )").startswith(("trong đó", "riêng"))
            ):
                low = max(low, comma)
        if head is not None and link.hit is not None:
            asides = _ASIDE.finditer(folded, max(0, low - _MARK_REACH), link.hit.start)
            low = max((aside.end() for aside in asides), default=low)
        counts = link.rule in _COUNTED or (link.rule == "pattern" and figure.q.unit == _SCHOOL)
        raised = WORDS["raises_count"].search(folded, low, q.start) if counts else None
        return raised.start() if raised is not None else low, head

    def _end(self, figure: Figure, link: Link) -> int:
        """Where the words of a figure end: at a mark or the next figure, not inside the phrase that names it."""
        folded, end, ceiling = figure.folded, figure.q.end, figure.spot.ceiling
        persons = figure.spot.following
        if persons is not None and _are_persons_of(figure, persons):
            end, ceiling = persons.end, self._next_start(persons, figure.spot.sentence.end)
        elif persons is not None and self._is_aside_in_brackets(figure, persons):
            # "151/204 xã (chiếm 74%) đạt chuẩn nông thôn mới nâng cao", "210 hộ (780 khẩu) có nhà bị ngập"
            end, ceiling = persons.end + 1, self._next_start(persons, figure.spot.sentence.end)
        end, high = min(max(end, past_names(self._context, figure.q)), ceiling), ceiling
        for mark in _MARKS:
            listed = mark == "," and figure.q.unit != _CRITERION
            at = find_comma(folded, end, high) if listed else folded.find(mark, end, high)
            while at >= 0 and mark == _AND and (self._is_inside_name(at) or self._joins_rated(link, at, high)):
                # "98% mặt trận và các đoàn thể đạt vững mạnh"
                at = folded.find(mark, at + 1, high)
            if at >= 0 and _SHORT_FORM.match(folded, at):
                # "12 dự án đầu tư nước ngoài (FDI) được cấp mới"
                at = folded.find(mark, at + 1, high)
            if at >= 0 and mark == ":" and folded.endswith(_RATED, end, at):
                at = folded.find(mark, at + 1, high)
            if at >= 0 and not (mark == "." and folded[at + 1 : at + 2].isdigit()):
                high = min(high, at)
        if link.hit is not None and end <= link.hit.start < ceiling:
            high = max(high, link.hit.end)
        return high

    def _joins_rated(self, link: Link, joint: int, high: int) -> bool:
        """Whether a joint stands between cells and members who are rated together, behind both."""
        rated = load_variants()["of_both"].get(link.code) == _RATING
        return rated and not self._categories.named(link.code, _RATING, joint - _NAME_REACH, joint) and joint < high

    def _is_aside_in_brackets(self, figure: Figure, following: Quantity) -> bool:
        """Whether brackets right behind a count hold its share, or who lives in the households, and nothing else."""
        folded = figure.folded
        lives = figure.q.unit == "household" and following.unit == "person"
        if figure.is_rate or not (following.unit in RATES or lives):
            return False
        opens = WORDS["share_opens"].fullmatch(folded, figure.q.end, following.start) is not None
        return opens and WORDS["share_ends"].match(folded, following.end) is not None

    def _rating_of_both(self, code: str, figure: Figure) -> Breakdown:
        """The rating told behind the next figure, of both ("90% chi bộ và 85% đảng viên hoàn thành tốt nhiệm vụ")."""
        shared = load_variants()["of_both"].get(code)
        if shared is None:
            return {}
        following = figure.spot.following
        if following is None or _COORDINATED.fullmatch(figure.folded, figure.q.end, following.start) is None:
            return {}
        own = _JOINT_BEHIND.sub("", figure.folded[figure.q.end : following.start])
        if own.strip() and figure.folded.startswith(own, following.end):
            # "19/19 tiêu chí nông thôn mới và 14/19 tiêu chí nông thôn mới nâng cao"
            return {}
        if code == _COMMUNES:
            # "2 xã, 15 thôn đạt chuẩn nông thôn mới kiểu mẫu": the standard that both met
            if own.strip() or following.unit != _VILLAGES:
                return {}
        elif shared == _KIND and (following.unit == _VILLAGES or _OF_VILLAGE.match(figure.folded, following.end)):
            # "19/19 tiêu chí và 2 khu dân cư kiểu mẫu": what is said of villages
            return {}
        end = self._next_start(following, figure.spot.sentence.end)
        stops = [at for mark in ",;" if (at := figure.folded.find(mark, following.end, end)) >= 0]
        read = self._categories.read(code, following, following.end, min(stops, default=end), None)
        return {key: value for key, value in read.items() if key == shared}

    def _told_of_persons(self, figure: Figure) -> bool:
        """Whether the persons of these cases have words of their own behind them that tell what the cases are.

        ("tội phạm hình sự giảm 2 vụ; phát hiện 85 vụ với 379 đối tượng đánh bạc")
        """
        persons = figure.spot.following
        if persons is None or not _are_persons_of(figure, persons):
            return False
        return _DEED.match(figure.folded, persons.end) is not None

    def _next_start(self, quantity: Quantity, end: int) -> int:
        """Where the figure behind another one begins, `end` without one."""
        return min(self._first_figure(quantity.end), end)

    def clause_start(self, figure: Figure) -> int:
        """Where the words of a figure begin behind the last comma that is not inside the name of a category.

        And behind a colon or what announces them ("một số chỉ tiêu chủ yếu dịch vụ tăng 12%").
        """
        start = figure.q.start
        floor = max(figure.spot.floor, figure.folded.rfind(":", figure.spot.floor, start))
        comma = figure.folded.rfind(",", floor, start)
        while comma >= 0 and self._is_inside_name(comma):
            comma = figure.folded.rfind(",", floor, comma)
        low = max(floor, comma)
        announced = list(_ANNOUNCES.finditer(figure.folded, low, start))
        return announced[-1].end() if announced else low

    def _comma_between(self, start: int, end: int) -> int:
        """The first comma that is not inside the name of a category ("công nghiệp, xây dựng"); -1 without one.

        Nor right before the verb of the figure ("tiểu thủ công nghiệp, chiếm 24%").
        """
        comma = self._context.folded.find(",", start, end)
        while comma >= 0 and (self._is_inside_name(comma) or _VERB_ONLY.fullmatch(self._context.folded, comma, end)):
            comma = self._context.folded.find(",", comma + 1, end)
        return comma

    def _is_inside_name(self, comma: int) -> bool:
        near = self._context.categories.within(max(0, comma - _NAME_REACH), comma)
        return any(hit.start < comma < hit.end for hit in near)

    def _name_start(self, start: int) -> int:
        """Where the name of a category begins that a phrase is the end of ("thu thuế công thương nghiệp")."""
        near = self._context.categories.within(max(0, start - _NAME_REACH), start)
        return min((hit.start for hit in near if hit.end > start), default=start)

    def _first_parallel(self, q: Quantity) -> int:
        """Where the first figure of a dashed list begins."""
        figures = self._context.quantities
        return figures[max(figures.first_from(q.start) - (q.parallel or 0), 0)].start

    def _first_figure(self, start: int) -> int:
        """Where the first figure at or after `start` begins."""
        figures = self._context.quantities
        index = figures.first_from(start)
        return figures[index].start if index < len(figures) else len(self._context.folded)


def _are_persons_of(figure: Figure, following: Quantity) -> bool:
    """Whether the next figure counts the persons of these cases: what they did is told behind them.

    ("khám phá 186 vụ, 477 đối tượng phạm tội hình sự")
    """
    told = figure.q.unit == "case" and following.unit == "person"
    return told and _JOINT.fullmatch(figure.folded, figure.q.end, following.start) is not None


def _past_other_count(code: str, figure: Figure, low: int) -> int:
    """Where the words of a count that a pattern names begin, from `low` on: behind those of the count before it.

    ("9 vụ trộm cắp và 4 vụ đánh nhau", "17 nhà sập, số còn lại hư hỏng; 36 hộ phải di dời")
    """
    q = figure.q
    if q.noun and figure.gap.endswith(_AND):
        return max(low, q.start)
    return max(low, figure.folded.rfind(";", low, q.start) + 1) if code == _HOUSES_HARMED else low


def _all_told_anew(figure: Figure) -> int:
    """Where the clause begins that tells of all there are, new or not ("cấp mới 9 dự án; lũy kế có 96 dự án")."""
    folded, first = figure.folded, figure.spot.sentence.start
    told = WORDS["all_there_are"].all_within(folded, first, figure.q.start)
    anew = max((each.start() for each in told), default=first)
    return max((folded.rfind(mark, first, anew) + 1 for mark in ",;:"), default=first)


def _colon_before(folded: str, first: int, end: int) -> int:
    """Where the last colon stands that is not right before the count itself ("dịch tả lợn: 420/610 con, đạt 69%")."""
    colon = folded.rfind(":", first, end)
    return folded.rfind(":", first, colon) if colon >= 0 and _COUNT.match(folded, colon + 1) is not None else colon
