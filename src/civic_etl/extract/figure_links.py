"""The indicator that a figure's own words name."""

import re
from dataclasses import replace

from civic_etl.extract.beside import beside
from civic_etl.extract.bracket_parts import divides_other
from civic_etl.extract.branch_shares import CONTRIBUTION, STRUCTURE
from civic_etl.extract.built_works import HOUSES, are_housed
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.count_parts import opens_parts
from civic_etl.extract.counted_heads import head_unit
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.joined_nouns import told_alone
from civic_etl.extract.lead_ins import LeadIns
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link, Linker
from civic_etl.extract.listed_sectors import ListedSectors
from civic_etl.extract.other_counts import TOLD_APART, is_of_kind, is_other, names_group
from civic_etl.extract.own_subject import OwnSubject
from civic_etl.extract.peoples import counts_majority
from civic_etl.extract.percentage_signs import says_itself
from civic_etl.extract.programmes import of_programme
from civic_etl.extract.rates import is_rate
from civic_etl.extract.rates_beside import before_brackets
from civic_etl.extract.ratings import rated
from civic_etl.extract.reach import Reach
from civic_etl.extract.spoken_cases import cases_spoken_of
from civic_etl.extract.standing_lengths import length_of_roads
from civic_etl.extract.titled_places import TitledPlaces
from civic_etl.extract.topics import Topics
from civic_etl.extract.whole_again import whole_again
from civic_etl.extract.whole_growth import whole_growth
from civic_etl.extract.worth import worth
from civic_etl.indicators.lexicon import load_lexicon, load_variants

_WEAK = frozenset({"left-far", "unit-noun", "part"})
# rules of links that are told by what stands before, and by few words of the figure itself
_NEAR_BY = frozenset({"left-far", "companion"})
# so near to the figure before, the name of a sector opens its item
_BESIDE = 10
# sums of money that say nothing of what they are for
_MONEY_HEADS = frozenset(read_data("money_heads.yaml"))
_WORKS = "construction_investment"
_ROAD, _CREDIT, _SURE_SCORE = "road_built_length", "policy_credit", 6.0
_NO_COUNTS = RATES | {"VND", "USD"}
# how far before a phrase the word of a rate may stand
_RATE_REACH = 10
_RATE_WORD = re.compile(r"\b(?:tỷ|tỉ) lệ\b")
# indicators whose parts are sectors
_OF_SECTORS = frozenset({"grdp", "economic_growth", "value_added", "production_value"})
# by what the parts of a value are told apart
_PART_KEYS = ("sector", "owner")
_SECTOR_HEAD = re.compile(r"(?:khu vực|ngành|lĩnh vực) (?:kinh tế )?")
# units of counts that a pattern knows to be no indicator's, though the rate of them may be one
_MANY_HAVE = frozenset({"person", "head", "case", "household", "house"})
# measures of what may be taken up again, so many figures back
_TOLD = frozenset({"level", "share"})
_LOOK_BACK = 6
_SHARES = frozenset({"equal", "share_of"})
_MEMBERS, _MEMBER = "party_members", "party_member"
_MINORITY_SHARE, _POOR_RATE = "ethnic_minority_share", "poor_household_rate"


class FigureLinks:
    """Names the figures of one document."""

    def __init__(
        self, context: Context, categories: Categories, elision: Elision, topics: Topics, subjects: OwnSubject
    ) -> None:
        self._context = context
        self._subjects = subjects
        self._categories = categories
        self._linker = Linker(context)
        self._lead_ins = LeadIns(context, elision, self._linker)
        self._elision = elision
        self._topics = topics
        self._titled = TitledPlaces(context)
        self._sectors = ListedSectors(context, categories)

    def read(self, figure: Figure, frame: Frame) -> None:
        """Sets the link of a figure, and the draft that it merely continues."""
        figure.link = self._sectors.link(figure) or whole_growth(figure, frame) or self._named(figure, frame)
        if figure.link is None or figure.link.rule in _WEAK:
            figure.link = beside(figure, figure.link, frame)
            figure.link = self._lead_ins.read(figure, frame) or self._titled.link(figure, frame) or figure.link
        if _takes_share_of_amount(figure, frame):
            figure.link = None
        figure.continued = self._continued(figure, frame)
        if figure.link is None and figure.continued is None:
            figure.link = cases_spoken_of(figure, frame)
        link, last = figure.link, frame.last
        if link is None or link.rule in _WEAK:
            figure.link = link = self._of_count(figure, frame) or link
        figure.link = link = of_programme(self._context, figure, link)
        if link is not None and counts_majority(figure, link):
            figure.link = link = Link("other", None, link.score, "unlinked")
        if link is None:
            return
        figure.link = link = _of_planned_count(figure, link)
        if self._is_next_kind(figure, link, frame):
            figure.link = link = Link("other", None, link.score, "pattern")
        other = is_other(figure, link, frame) or self._is_further_part(figure, link, frame)
        other = other or divides_other(self._context, figure, frame)
        if other:
            if link.code == _MEMBERS:
                # "đảng viên 407 người" counts them, whatever they are part of
                figure.q = replace(figure.q, unit=_MEMBER)
            # a kind that no category is of is no next part of the whole before
            rule = "pattern" if is_of_kind(figure, link.code, frame) else "part"
            figure.link = link = replace(link, code="other", rule=rule)
        if link.rule == "unit-noun" and figure.continued is None:
            figure.continued = self._same_count(figure, link, frame)
        if (
            not other
            and link.rule == "part"
            and last is not None
            and link.hit is not None
            and last.code in link.hit.payload
        ):
            figure.link = link = replace(link, code=last.code)
        draft, listed = frame.draft, _listed_before(figure, frame)
        of_other = draft is not None and (
            _is_growth_of(figure, link, draft) or _is_rate_of_minority(figure, link, draft)
        )
        if of_other or self._is_sector_of(figure, link, listed, last):
            figure.link = None

    def _is_further_part(self, figure: Figure, link: Link, frame: Frame) -> bool:
        """Whether a count is the next part of a whole whose parts are of kinds that no category expresses.

        ("92 tân binh; trong đó 30 tân binh được giao cho ..., 50 tân binh giao cho ...")
        """
        q, last = figure.q, frame.last
        if last is None or last.code != "other" or last.rules[0] not in TOLD_APART or last.quantity.unit != q.unit:
            return False
        if ";" in figure.gap or not q.noun or last.quantity.noun.split()[:1] != q.noun.split()[:1]:
            return False
        wholes = (d for d in reversed(frame.seen) if d.code == link.code and d.quantity.unit == q.unit)
        whole = next(wholes, None)
        if whole is None or whole.measure != "level" or whole.value <= q.value:
            return False
        parted = PART in figure.folded[whole.quantity.end : last.quantity.start]
        return parted and not self._categories.has_key(link.code, figure.spot.floor, figure.spot.ceiling)

    def _is_next_kind(self, figure: Figure, link: Link, frame: Frame) -> bool:
        """Whether a count is told as of another kind than the one before, by words that no category expresses.

        ("trộm cắp 12 vụ, gây rối trật tự 4 vụ")
        """
        before = frame.of_unit(figure.q.unit) if link.rule == "left-far" else None
        if before is None or link.hit is None or before.code != link.code or "kind" not in before.breakdown:
            return False
        if link.hit.end > before.quantity.start or WORDS["next_kind"].fullmatch(figure.gap) is None:
            return False
        low = max(figure.gap.rfind(","), figure.gap.rfind(";")) + figure.spot.floor + 1
        elsewhere = self._elision.only_place(low, figure.q.start)
        return not elsewhere and not self._categories.has_key(link.code, low, figure.q.start)

    def _is_sector_of(self, figure: Figure, link: Link, before: Draft | None, last: Draft | None) -> bool:
        """Whether a phrase is the next sector, or owner, in a list of them.

        ("giá trị sản xuất nông nghiệp là 900 tỷ, xây dựng cơ bản là 102 tỷ đồng")
        """
        if link.hit is None or before is None or before.quantity.unit != figure.q.unit:
            return False
        if _is_sector_that_grew(figure, link, before):
            return True
        if ";" in figure.gap and not _is_listed_with(figure, before):
            return False
        start, end = link.hit.start, link.hit.end
        part = figure.folded.find(PART, figure.spot.floor, start)
        opens = part + len(PART) if part >= 0 else figure.spot.floor
        # "đóng góp 0,4 điểm phần trăm vào mức tăng chung; khu vực dịch vụ tăng 7%"
        opens = max(opens, figure.folded.rfind(";", figure.spot.floor, start) + 1)
        listed = (
            before.breakdown if last is None or last.code != before.code else {**last.breakdown, **before.breakdown}
        )
        if "sector" not in listed and (part < 0 or before.code not in _OF_SECTORS):
            return False
        if "giá trị" in figure.folded[opens:start]:
            # "kinh tế tăng 18%, trong đó giá trị nông nghiệp tăng 3%": the value of the sector
            return False
        head = _SECTOR_HEAD.match(figure.folded, start)
        # "công nghiệp chiếm 58%, khu vực dịch vụ 29%"
        start = head.end() if head is not None else start
        named = [hit for key in _PART_KEYS for hit, _ in self._categories.named(before.code, key, opens, end)]
        return any(
            hit.start <= start and hit.end >= end and min(hit.start, link.hit.start) - opens < _BESIDE for hit in named
        )

    def _named(self, figure: Figure, frame: Frame) -> Link | None:
        """The link of the figure's words, or one that the figures before suggest."""
        link = self._linker.link(figure.q, reach_of(figure)) or self._of_plan(figure, frame)
        link = told_alone(self._context, self._of_head(figure, link) or link, figure.q.start)
        found = worth(figure, frame) or rated(figure, self._categories)
        found = found or self._topics.companion(figure.q, link, frame.trail.spoken, figure.spot.floor) or link
        # a kind of what was counted before has a subject of its own, and no code
        kind = found is not None and found.code == "other" and link is not None and link.rule == "pattern"
        kind = kind or (found is not None and found.rule == "companion" and found.score > _SURE_SCORE)
        if found is not None and found.rule in _NEAR_BY and not kind and self._subjects.is_own(figure, found.code):
            found = link if found is not link and (link is None or link.rule not in _NEAR_BY) else None
        if (found is None or found.rule in _WEAK) and are_housed(figure, frame):
            return Link(HOUSES, None, _SURE_SCORE, "pattern")
        if (found is None or found.rule in _WEAK) and length_of_roads(figure, frame):
            return Link(_ROAD, None, _SURE_SCORE, "companion")
        if (found is None or found.rule in _WEAK) and self._is_entrusted(figure):
            return Link(_CREDIT, None, _SURE_SCORE, "companion")
        return None if found is not None and _builds_nothing(figure, found) else found

    def _is_entrusted(self, figure: Figure) -> bool:
        """Whether a union lends so much that it is entrusted with ("Ủy thác qua 4 hội: Hội Phụ nữ 98 tỷ đồng")."""
        if figure.q.unit != "VND" or not self._categories.has_key(_CREDIT, figure.own_start, figure.q.start):
            return False
        return WORDS["entrusted"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None

    def _of_head(self, figure: Figure, link: Link | None) -> Link | None:
        """The count that a ratio is told of, where its words name the noun ("số doanh nghiệp giải thể giảm 5%")."""
        if not figure.is_rate or not _is_ratio(figure) or (link is not None and link.rule not in _WEAK):
            return None
        unit = head_unit(self._context, figure.spot.floor, figure.q.start, says_number=True)
        counted = self._linker.link(replace(figure.q, unit=unit), reach_of(figure)) if unit else None
        if counted is None or counted.rule in _WEAK or counted.code == "other":
            return None
        inside = counted.hit is None or figure.spot.floor <= counted.hit.start < figure.q.start
        return counted if inside and not is_rate(counted.code) else None

    def _of_plan(self, figure: Figure, frame: Frame) -> Link | None:
        """What the plan itself is of, where no figure before tells it ("hoàn thành 100% chỉ tiêu thu ngân sách")."""
        completes = WORDS["completes"].search(figure.gap) is not None
        goes_on = frame.last is not None and ";" not in figure.gap and not completes
        if figure.around.against != "plan" or goes_on:
            return None
        link = self._linker.link(figure.q, replace(reach_of(figure), skip=()))
        if link is None:
            return None
        if link.hit is None:
            # by words round the figure, of which "hoàn thành" is none
            return link if completes and link.rule == "pattern" else None
        return link if link.hit.start >= figure.around.against_start else None

    def _of_count(self, figure: Figure, frame: Frame) -> Link | None:
        """The rate that the words of a count before name, where no indicator counts them.

        ("4/5 tổ chức xếp loại vững mạnh, đạt 80%")
        """
        counted, around = frame.draft, figure.around
        if counted is None or counted.code != "other" or counted.reach is None or counted.quantity.unit in _NO_COUNTS:
            return None
        of_some = counted.quantity.unit in _MANY_HAVE or counted.quantity.noun.startswith("liều")
        in_brackets = counted.quantity.denominator is not None and figure.in_brackets
        if counted.rules != ("unlinked",) and not (counted.rules == ("pattern",) and (of_some or in_brackets)):
            return None
        told = around.before in _SHARES or (around.before == "" and figure.in_brackets)
        if not figure.is_rate or not told or around.against or ";" in figure.gap:
            return None
        link = self._linker.link(replace(counted.quantity, unit=figure.q.unit), counted.reach)
        if link is not None and link.hit is not None and self._linker.is_bare_verb(link.hit):
            # "đã xử lý 1.098 ổ dịch (đạt 97,5%)": of what was counted, whatever else is dealt with
            return None
        if link is not None and names_group(link.code, figure.folded[counted.reach.floor : counted.quantity.end]):
            return None
        if link is None or link.rule in _WEAK or not is_rate(link.code):
            return _like_the_last(counted, frame)
        return replace(link, hit=None, rule="of-count")

    def _continued(self, figure: Figure, frame: Frame) -> Draft | None:
        """The figure before, where nothing but joints stand between and no phrase of its own."""
        if (taken_up := _taken_up(figure, frame)) is not None:
            return taken_up
        if (of_years := _of_each_year(figure, frame)) is not None:
            return of_years
        if (whole := whole_again(figure, frame, self._elision)) is not None:
            return whole
        last, link = frame.last, figure.link
        if last is None or figure.spot.opens or not self._elision.continues(figure.q, last.quantity):
            return None
        own = link is not None and (link.hit is None or link.hit.start >= figure.spot.floor)
        return None if own or says_itself(figure) else last

    @staticmethod
    def _behind_lead(figure: Figure) -> int:
        """Where the words of a part of a count begin, behind those that say where most of it is."""
        lead = WORDS["mostly_in"].search(figure.gap)
        return figure.spot.floor + lead.end() if lead is not None else figure.own_start

    def _same_count(self, figure: Figure, link: Link, frame: Frame) -> Draft | None:
        """The count before, where a bare noun only repeats its unit.

        ("Thôn 1 có 131/209 hộ nghèo; Thôn 2: 158/241 hộ", "còn 41 hộ", "năm 2020: 830 hộ")
        """
        q, gap = figure.q, figure.gap
        before = frame.of_unit(q.unit) or frame.level_before(q.unit)
        if before is not None:
            before = before_brackets(figure, frame, before)
        if before is None or (before.code == link.code and not before.categories):
            return None
        if before.code == "other":
            # "450 hộ thiếu nước sinh hoạt, tập trung ở huyện A 120 hộ, huyện B (65 hộ)"
            named = before in frame.seen and q.denominator is None and before.quantity.noun == q.noun
            return before if named and self._elision.only_place(self._behind_lead(figure), q.start) else None
        remains = WORDS["remains"].search(gap) is not None
        if (before.quantity.denominator is None) != (q.denominator is None) and not remains:
            return None
        fraction_of_place = q.denominator is not None and len(gap) < 50 and WORDS["place_only"].search(gap) is not None
        elided = remains or fraction_of_place or self._elision.only_place(figure.own_start, q.start)
        item = max(figure.own_start, figure.spot.floor + 1 + max(gap.rfind(";"), gap.rfind(",")))
        of_time = before in frame.seen and self._elision.only_time(item, q.start)
        return before if elided or of_time else None


def _taken_up(figure: Figure, frame: Frame) -> Draft | None:
    """The figure that the words of another take up again by what it is of alone ("Con số này tăng 12%")."""
    found = WORDS["taken_up"].fullmatch(figure.gap)
    if found is None:
        return None
    head, unit = found["head"], figure.q.unit
    units = RATES if head.endswith("lệ") else load_variants()["aspects"].get(head)
    before = (d for d in frame.backwards()[:_LOOK_BACK] if d.measure in _TOLD)
    fits = (d for d in before if units is None or d.quantity.unit in units)
    return next((d for d in fits if unit in RATES or d.quantity.unit == unit), None)


def _of_each_year(figure: Figure, frame: Frame) -> Draft | None:
    """The amount of some years of which so much is of each ("trồng mới 900 ha chè, bình quân mỗi năm 180 ha")."""
    link = figure.link
    if link is not None and link.hit is not None and link.hit.start >= figure.q.end:
        return None
    if figure.is_rate or "người" in figure.q.per or WORDS["each_year_of"].fullmatch(figure.gap) is None:
        return None
    whole = frame.of_unit(figure.q.unit)
    return whole if whole is not None and whole.value > figure.q.value else None


def _is_rate_of_minority(figure: Figure, link: Link, before: Draft) -> bool:
    """Whether a rate that fell or is left is that of the minorities, and no share of theirs.

    ("tỷ lệ hộ nghèo giảm 2%, riêng đồng bào dân tộc thiểu số giảm 3%")
    """
    moved = figure.around.before in MOVES | {"to_level"}
    return link.code == _MINORITY_SHARE and moved and before.code == _POOR_RATE


def _takes_share_of_amount(figure: Figure, frame: Frame) -> bool:
    """Whether brackets tell what part the amount before them is ("xuất khẩu 210 tỷ đồng (chiếm tỷ trọng 50%)")."""
    last = frame.last
    if last is None or last.measure != "level" or figure.link is None or figure.link.code != STRUCTURE:
        return False
    return figure.q.unit in RATES and WORDS["share_in_brackets"].fullmatch(figure.gap) is not None


def _is_ratio(figure: Figure) -> bool:
    """Whether a percentage is a change, or held against a plan or another time."""
    return figure.around.before in MOVES or bool(figure.around.against)


def _listed_before(figure: Figure, frame: Frame) -> Draft | None:
    """The item before a figure in a list of parts, past what is told of it in brackets and past parts of no code."""
    if frame.draft is not None and frame.draft.quantity.unit == figure.q.unit and frame.draft.code != "other":
        return frame.draft
    before = frame.backwards() if not frame.seen and opens_parts(figure) else reversed(frame.seen)
    items = (d for d in before if d.quantity.unit == figure.q.unit and d.code != "other")
    return next(items, None)


def _is_sector_that_grew(figure: Figure, link: Link, before: Draft) -> bool:
    """Whether a sector that is called by its number alone grew, as all did before it.

    ("kinh tế tăng 7%; khu vực I: 3%")
    """
    if link.hit is None or before.code not in _OF_SECTORS or before.measure != "change_pct":
        return False
    if WORDS["of_structure"].search(figure.gap) is not None:
        return False
    return WORDS["numbered_sector"].fullmatch(figure.folded, link.hit.start, link.hit.end) is not None


def _is_listed_with(figure: Figure, before: Draft) -> bool:
    """Whether a rate behind a semicolon is the next of a list: a share behind a share, a growth behind a growth.

    ("GRDP tăng 8%; trong đó ngành nông nghiệp tăng 2%; ngành công nghiệp tăng 11%")
    """
    if not figure.is_rate:
        # "trong đó khu vực nhà nước đạt 66 tỷ đồng; khu vực đầu tư nước ngoài đạt 90 tỷ đồng"
        return "owner" in before.breakdown and before.measure == "level"
    parted = before.code in _OF_SECTORS or "owner" in before.breakdown
    if before.code == CONTRIBUTION:
        # "dịch vụ đóng góp 3%; nông nghiệp 0,6%"
        return figure.around.before not in MOVES
    grows = before.measure == "change_pct" and parted and figure.around.before in MOVES
    return before.measure == "share" or grows


def _builds_nothing(figure: Figure, link: Link) -> bool:
    """Whether a bare "trị giá" or "kinh phí" is that of no work: its sentence speaks of no building."""
    if link.code != _WORKS or link.hit is None:
        return False
    folded, sentence = figure.folded, figure.spot.sentence
    if folded[link.hit.start : link.hit.end] not in _MONEY_HEADS:
        return False
    return WORDS["builds"].search(folded, sentence.start, sentence.end) is None


def _of_planned_count(figure: Figure, link: Link) -> Link:
    """The count whose plan a percentage is of, where no rate is named ("kết nạp đảng viên đạt 120% kế hoạch")."""
    count = load_lexicon().count_of.get(link.code) if figure.around.against == "plan" and figure.is_rate else None
    if count is None or link.hit is None or count not in link.hit.payload:
        return link
    named = figure.folded[max(figure.spot.floor, link.hit.start - _RATE_REACH) : figure.q.start]
    return link if _RATE_WORD.search(named) is not None else replace(link, code=count)


def reach_of(figure: Figure) -> Reach:
    """Where the words that name a figure may stand."""
    spot, around = figure.spot, figure.around
    skip = ((around.against_start, around.against_end),) if around.against else ()
    if figure.q.denominator is not None and (sown := WORDS["of_all_sown"].match(figure.folded, figure.q.end)):
        skip = (*skip, sown.span())
    return Reach(spot.sentence.start, spot.sentence.end, spot.floor, spot.ceiling, skip)


def fit_fraction(figure: Figure) -> None:
    """A count told as a fraction is of the indicator that has a denominator."""
    of_a_fraction = load_variants()["of_a_fraction"]
    if figure.link is not None and figure.q.denominator is not None and figure.link.code in of_a_fraction:
        figure.link = replace(figure.link, code=of_a_fraction[figure.link.code])


def _is_growth_of(figure: Figure, link: Link, before: Draft) -> bool:
    """Whether a bare "tốc độ tăng trưởng" is that of the value before it, and no item of its own behind a semicolon.

    ("giá trị sản xuất đạt 118 tỷ, tốc độ tăng trưởng 14%")
    """
    folded = figure.folded
    if (
        ";" in figure.gap
        or link.code != "economic_growth"
        or link.hit is None
        or before.code not in load_variants()["values_that_grow"]
    ):
        return False
    return link.hit.start >= before.quantity.end and "kinh tế" not in folded[link.hit.start : link.hit.end]


def _like_the_last(counted: Draft, frame: Frame) -> Link | None:
    """The rate of the part that a count is of, where the sentence has told that of another part in the same form.

    ("tiêm phòng lở mồm long móng 310/350 con, đạt 88,6%; dại chó 260/300 con, đạt 86,7%")
    """
    told = [draft for draft in frame.seen if draft.link is not None and draft.link.rule == "of-count"]
    if not told or counted.quantity.denominator is None:
        return None
    index = frame.seen.index(told[-1])
    before = frame.seen[index - 1] if index else None
    alike = before is not None and before.quantity.denominator is not None and before.code == "other"
    return told[-1].link if alike and told[-1].measure == "share" else None
