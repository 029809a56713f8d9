"""Figures whose words name an indicator, while what stands around them says that they are other facts."""

from civic_etl.extract.code_units import GIFTS
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.link import Link
from civic_etl.indicators.lexicon import load_stocks, load_variants

TOLD_APART = frozenset({"pattern", "part"})
"""Rules of figures that are other facts by their own words."""
_LOANS = frozenset({"policy_credit", "bank_credit"})
# a sum and those who owe it
_BESIDE = 2
_FARMED = frozenset({"aquaculture_area", "sown_area", "perennial_area", "harvested_area", "certified_crop_area"})
_HARMED = frozenset({"traffic_deaths", "traffic_injuries"})
_ILL = "disease_cases"
_HARMED_OR_ILL = _HARMED | {"covid_cases"}
_INSURED = frozenset(
    {"health_insured", "health_insurance_rate", "social_insurance_participants", "social_insurance_rate"}
)
_WORKS = "construction_investment"
_POOR = frozenset({"poor_households", "near_poor_households", "business_households"})
_FIRMS, _COUNTED = "enterprises", frozenset({"unit-noun", "unit-phrase"})
_PRICES = "cpi"
_UNITS = frozenset({"percent", "commune", "district", "residential_group", "school", "agency"})
# who is looked into together ("kiểm tra 45 tổ chức đảng, 61 đảng viên")
_OF_PARTY = frozenset({"party_cell", "party_member"})
# ... or helped along together ("củng cố 2 hợp tác xã, 11 tổ hợp tác")
_OF_COOPERATION = frozenset({"cooperative", "group"})
# so far before those counted a band of theirs begins
_BAND_REACH = 60
_MARK = frozenset(",;.:")
_SHARE_IN_BRACKETS = "(chiếm "
_KIND_REACH = 30
_ENDS = ",;()"
_CRIMES = "crime_cases"
# counts of dossiers, which no field tells apart
_DOSSIERS = frozenset({"dossiers_received", "dossiers_resolved"})
# who makes what was told before ("26 chủ thể, gồm 9 HTX, 12 hộ kinh doanh")
_MAKERS = frozenset({"cooperatives", "cooperative_groups", "business_households", "enterprises"})
# what is told by who gave it, and how far before its number the giver stands
_GIVEN = GIFTS | {"solidarity_houses", "gratitude_houses"}
_GIVER_REACH = 80
_PLACES = frozenset({"residential_groups", "communes", "schools", "party_cells"})
# what lies in communes
_HELD = frozenset({"residential_group", "household"})
_STAFF, _TARGETS = "officials", "plan_targets_met"
_HOUSES_HARMED = "disaster_houses"
_MEMBERS, _CELLS, _POPULATION = "party_members", "party_cells", "population"


def is_other(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether a figure is no fact of the indicator that its words name."""
    return (
        _is_sibling(figure, link, frame)
        or _died_of_disease(figure, link, frame)
        or _is_of_crime(figure, link, frame)
        or _is_for_houses(figure, link)
        or _is_of_loan(figure, link, frame)
        or _is_of_farmed(figure, link, frame)
        or _is_without(figure, link)
        or _is_debtor(figure, link)
        or _is_of_field(figure, link)
        or _is_of_band(figure)
        or is_of_kind(figure, link.code, frame)
        or _is_pending(figure, link)
        or _is_loan_of_one(figure, link)
        or _is_among(figure, link, frame)
        or is_of_group(figure, link.code)
        or _is_of_field_of_dossiers(figure, link)
        or _is_by_authority(figure, link, frame)
        or _is_of_makers(figure, link, frame)
        or _is_by_giver(figure, link, frame)
        or _is_lacking(figure, link)
        or _falls_ill(figure, link)
        or _holds_others(figure, link, frame)
        or _holds_congress(figure, link)
        or _is_helped(figure, link)
        or _is_of_staff(figure, link)
        or _is_of_patients(figure, link)
        or _is_named_target(figure, link)
    )


def is_of_group(figure: Figure, code: str) -> bool:
    """Whether the prices of one group of goods are told behind those of all.

    ("CPI tăng 0,5%, tăng cao nhất là nhóm thực phẩm 1,6%")
    """
    return code == _PRICES and WORDS["most"].search(figure.gap) is not None


def _is_sibling(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether a bare count is joined to one that is no stock ("kiểm tra 45 tổ chức đảng và 120 đảng viên")."""
    last = frame.last
    if link.rule != "unit-noun" and link.code not in _HARMED | {"cooperative_groups"}:
        return False
    if last is None or last.code != "other" or last.rules[0] not in TOLD_APART:
        return False
    harmed = figure.q.unit == last.quantity.unit == "person" and WORDS["next_harm"].fullmatch(figure.gap) is not None
    alike = any(figure.q.unit in units and last.quantity.unit in units for units in (_OF_PARTY, _OF_COOPERATION))
    return harmed or figure.gap.strip() == "và" or (alike and figure.gap.strip() == ",")


def _cases_before(frame: Frame) -> tuple[int, Draft | None]:
    """The cases counted last in the sentence, and where among its figures."""
    found = ((index, d) for index, d in reversed(list(enumerate(frame.seen))) if d.quantity.unit == "case")
    return next(found, (-1, None))


def _died_of_disease(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether the dead are those of a disease whose cases were counted before.

    ("120 ca mắc sốt xuất huyết, 2 trường hợp tử vong")
    """
    if figure.q.unit not in {"person", "case"}:
        return False
    start = figure.spot.sentence.start
    if link.code == _ILL and WORDS["died_right_before"].search(figure.folded, start, figure.q.start) is not None:
        return True
    if link.code not in _HARMED_OR_ILL:
        return False
    _, cases = _cases_before(frame)
    if cases is None or cases.code != "disease_cases":
        return False
    between = figure.folded[cases.quantity.end : figure.spot.ceiling]
    return WORDS["by_traffic"].search(between) is None and WORDS["died"].search(between) is not None


def _is_of_crime(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether who came to harm did so by cases counted before that are no accidents of traffic.

    ("180 vụ phạm tội ..., làm 6 người bị thương", "9 vụ cháy (giảm 2 vụ), làm 1 người chết")
    """
    if link.code not in _HARMED or figure.q.unit != "person":
        return False
    at, cases = _cases_before(frame)
    if cases is None or WORDS["by_traffic"].search(figure.folded, cases.quantity.end, figure.q.start) is not None:
        return False
    if cases.code != "other":
        return cases.code == "crime_cases"
    opens = frame.seen[at - 1].quantity.end if at else figure.spot.sentence.start
    return WORDS["other_harm"].search(figure.folded, opens, figure.q.start) is not None


def _is_for_houses(figure: Figure, link: Link) -> bool:
    """Whether a sum is for the houses counted right behind it ("hỗ trợ 270 triệu đồng xây 13 nhà tình thương")."""
    following = figure.spot.following
    if link.code != _WORKS or following is None or following.unit != "house" or "văn hóa" in following.noun:
        return False
    return not _MARK.intersection(figure.folded[figure.q.end : following.start])


def _is_of_loan(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether those are counted who owe the loans told right before ("dư nợ 82 tỷ đồng, với 1.940 hộ")."""
    last = frame.last
    if link.rule != "unit-noun" or last is None or last.code not in _LOANS or last.measure != "level":
        return False
    return WORDS["owed_by"].fullmatch(figure.gap) is not None


def _is_of_farmed(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether households are counted who farm the area told right before ("nuôi tôm 320 ha, với 96 hộ")."""
    last = frame.last
    if link.code != "households" or link.rule != "unit-noun" or last is None or last.code not in _FARMED:
        return False
    return last.measure == "level" and WORDS["owed_by"].fullmatch(figure.gap) is not None


def _is_loan_of_one(figure: Figure, link: Link) -> bool:
    """Whether a loan is told by the household, and not all that is owed ("dư nợ bình quân 38 triệu đồng/hộ")."""
    if link.code not in _LOANS or figure.q.unit != "VND":
        return False
    return WORDS["per_borrower"].search(figure.q.per) is not None or WORDS["mean_loan"].search(figure.gap) is not None


def _is_of_field(figure: Figure, link: Link) -> bool:
    """Whether firms are counted that work in one field alone ("20 doanh nghiệp hoạt động trong lĩnh vực lữ hành")."""
    if link.code != _FIRMS or link.rule not in _COUNTED:
        return False
    return WORDS["in_field"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def _is_of_band(figure: Figure) -> bool:
    """Whether units are counted by a bound of a rate of theirs, which is no figure itself.

    ("dưới 85% có 3 xã", "100% xã có tỷ lệ bao phủ BHYT từ 95% trở lên")
    """
    if figure.q.unit not in _UNITS:
        return False
    start = figure.q.start
    if figure.q.unit != "percent" and WORDS["banded"].search(figure.folded, max(0, start - _BAND_REACH), start):
        return True
    return WORDS["bounded"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def _is_pending(figure: Figure, link: Link) -> bool:
    """Whether the cases of a crime are told that are still being looked into ("đang tiếp tục điều tra 5 vụ")."""
    if link.code != _CRIMES:
        return False
    before, behind = _own_item(figure)
    return WORDS["looked_into"].search(before) is not None or WORDS["looked_into"].search(behind) is not None


def _is_debtor(figure: Figure, link: Link) -> bool:
    """Whether those are counted who owe something, as told right behind ("9.800 hộ đang vay", "40 HTX còn dư nợ")."""
    if link.rule not in _COUNTED or link.code not in load_stocks().codes | _POOR:
        return False
    return WORDS["owes_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def sum_owed(figure: Figure, frame: Frame) -> Draft | None:
    """The loans that a ratio goes on from, past the count of those who borrowed them.

    ("tổng dư nợ 1.712 tỷ đồng với 94.310 hộ còn dư nợ, tăng 4,6% so với đầu năm")
    """
    moves = figure.around.before in MOVES or figure.around.against == "plan"
    if figure.q.unit != "percent" or not moves or len(frame.seen) < _BESIDE:
        return None
    owed, owing = frame.seen[-2:]
    if owed.code not in _LOANS or owed.measure != "level" or owing.measure != "level":
        return None
    beside = WORDS["borrowers_beside"].fullmatch(figure.folded, owed.quantity.end, owing.quantity.start) is not None
    owes = WORDS["owes_behind"].match(figure.folded, owing.quantity.end, figure.q.start) is not None
    return owed if beside and owes else None


def _is_without(figure: Figure, link: Link) -> bool:
    """Whether those are told who have no part in what the words name ("còn 5.505 người chưa tham gia BHYT")."""
    if link.code not in _INSURED:
        return False
    if WORDS["without_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None:
        return True
    return figure.q.unit in {"person", "percent"} and WORDS["without_before"].search(figure.gap) is not None


def names_group(code: str, words: str) -> bool:
    """Whether some words name a group that no category of an indicator is of ("hộ cận nghèo DTTS là 617 hộ")."""
    return any(group in words for group in load_variants()["groups_apart"].get(code, ()))


def is_of_kind(figure: Figure, code: str, frame: Frame) -> bool:
    """Whether those counted are told by a group or a kind of theirs that is no category.

    ("420 hộ cận nghèo dân tộc thiểu số", "thi hành kỷ luật 9 đảng viên, trong đó khiển trách 6, cảnh cáo 3"; a kind
    may be all that is told, where no whole is)
    """
    groups: list[str] = load_variants()["groups_apart"].get(code, [])
    kinds: list[str] = load_variants()["kinds_apart"].get(code, [])
    if not groups and not kinds:
        return False
    item = _own_item(figure)
    if any(group in words for words in item for group in groups):
        return True
    if not any(kind in words for words in item for kind in kinds):
        return False
    wholes = (d for d in frame.backwards() if d.code == code and figure.q.unit in {d.quantity.unit, ""})
    larger = (d.quantity.end for d in wholes if d.value > figure.q.value)
    return any(WORDS["tells_some"].search(figure.folded, end, figure.q.start) is not None for end in larger)


def _is_of_field_of_dossiers(figure: Figure, link: Link) -> bool:
    """Whether dossiers are counted of one field ("tiếp nhận 900 hồ sơ; chứng thực điện tử 210 hồ sơ")."""
    if link.code not in _DOSSIERS:
        return False
    behind = WORDS["of_field_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    return behind is not None or WORDS["of_field"].search(figure.gap) is not None


def _is_by_authority(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether dossiers are those of one authority, as a part of all ("trong đó 230 hồ sơ thuộc thẩm quyền xã")."""
    alike = [d for d in frame.seen if d.code == link.code and d.value > figure.q.value]
    if link.code not in _DOSSIERS or not alike:
        return False
    behind = WORDS["by_authority_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    return behind is not None or WORDS["by_authority"].search(figure.gap) is not None


def _is_of_makers(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether those are parts of who makes something ("30 sản phẩm OCOP của 21 chủ thể, gồm 14 HTX, 7 hộ")."""
    if link.code not in _MAKERS:
        return False
    wholes = (d for d in reversed(frame.seen) if WORDS["makers"].match(figure.folded, d.quantity.number_end))
    whole = next((d for d in wholes if d.value > figure.q.value), None)
    return whole is not None and ";" not in figure.folded[whole.quantity.end : figure.q.start]


def _is_by_giver(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether gifts or houses are the part of all that one gave, which no category expresses.

    ("xây 128 căn nhà đại đoàn kết, trong đó ngân sách 102 căn, xã hội hóa 26 căn")
    """
    if link.code not in _GIVEN:
        return False
    low = max(figure.spot.sentence.start, figure.q.start - _GIVER_REACH)
    if WORDS["by_giver"].search(figure.folded, low, figure.q.start) is None:
        return False
    wholes = (d for d in frame.seen if d.code in _GIVEN and d.quantity.unit == figure.q.unit)
    return any(d.value > figure.q.value and PART in figure.folded[d.quantity.end : figure.q.start] for d in wholes)


def _is_lacking(figure: Figure, link: Link) -> bool:
    """Whether places are counted that still want something ("còn 9 thôn, bon chưa có điện")."""
    if link.code not in _PLACES or link.rule not in _COUNTED or figure.q.denominator is not None:
        return False
    return WORDS["lacking_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def _falls_ill(figure: Figure, link: Link) -> bool:
    """Whether households are counted whose beasts fell ill ("xã có 46 hộ của cả 5/5 thôn có lợn mắc bệnh")."""
    if link.code != "households" or link.rule not in _COUNTED:
        return False
    return WORDS["falls_ill_behind"].match(figure.folded, figure.q.end, figure.spot.sentence.end) is not None


def _holds_others(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether communes are counted for villages or households of theirs that are no stock.

    ("dịch xảy ra tại 71 thôn thuộc 27 xã")
    """
    last = frame.last
    if figure.q.unit != "commune" or link.rule not in _COUNTED or last is None or last.code != "other":
        return False
    return last.quantity.unit in _HELD and WORDS["lies_in"].fullmatch(figure.gap) is not None


def _holds_congress(figure: Figure, link: Link) -> bool:
    """Whether those Party cells are counted that have held their congress ("8/12 chi bộ đã tổ chức đại hội")."""
    if link.code != _CELLS or figure.q.unit != "party_cell" or WORDS["of_all_cells"].search(figure.gap) is not None:
        return False
    return WORDS["congress_behind"].match(figure.folded, figure.q.end, figure.spot.ceiling) is not None


def _is_helped(figure: Figure, link: Link) -> bool:
    """Whether households are counted that got something, for what became of them ("cấp gạo cho 46 hộ phải di dời")."""
    if link.code != _HOUSES_HARMED or figure.q.unit != "household":
        return False
    return WORDS["helps"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None


def _is_of_staff(figure: Figure, link: Link) -> bool:
    """Whether officials are the staff of one office ("Trung tâm phục vụ hành chính công có 7 biên chế")."""
    if link.code != _STAFF:
        return False
    return WORDS["of_office"].match(figure.folded, figure.spot.sentence.start, figure.q.start) is not None


def _is_named_target(figure: Figure, link: Link) -> bool:
    """Whether a percentage is of one target, which is named, and of no count of them.

    ("Chỉ tiêu chưa đạt là tỷ lệ đấu nối nước thải, mới được 61%")
    """
    return link.code == _TARGETS and figure.is_rate and WORDS["target_named"].search(figure.gap) is not None


def _is_of_patients(figure: Figure, link: Link) -> bool:
    """Whether who came to harm is told of as a patient ("150 bệnh nhân nhập viện do tai nạn, 3 ca tử vong")."""
    if link.code not in _HARMED:
        return False
    return WORDS["patients"].search(figure.folded, figure.spot.sentence.start, figure.q.end) is not None


def _own_item(figure: Figure) -> tuple[str, str]:
    """The words of a figure's own item of a list, before it and right behind it.

    A share alone in brackets is of the item before them ("chủ yếu là người Dao (chiếm 80%)").
    """
    folded, end = figure.folded, figure.q.end
    limit = min(figure.spot.ceiling, end + _KIND_REACH)
    stop = min((at for mark in _ENDS if (at := folded.find(mark, end, limit)) >= 0), default=limit)
    before = figure.gap.removesuffix(_SHARE_IN_BRACKETS)
    first = max(before.rfind(mark) for mark in _ENDS) + 1
    return before[first:], folded[end:stop]


def _is_among(figure: Figure, link: Link, frame: Frame) -> bool:
    """Whether Party members are some of those counted before ("45 giáo viên, trong đó 18 đảng viên")."""
    if link.code != _MEMBERS:
        return False
    wholes = (d for d in reversed(frame.seen) if d.quantity.unit == "person" and d.code != _POPULATION)
    whole = next((d for d in wholes if d.value > figure.q.value), None)
    if whole is None or whole.measure != "level":
        return False
    item = figure.folded[whole.quantity.end : figure.q.start].partition(";")[0]
    return PART in item
