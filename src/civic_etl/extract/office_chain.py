"""What the offices of one person, side by side, lend each other."""

from collections.abc import Sequence
from functools import lru_cache

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.title_lexicon import Organ
from civic_etl.extract.titles import Title

COMMUNES = ("phường", "xã", "thị trấn", "đặc khu")
COMMITTEES = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "thị xã": "Thị ủy", "huyện": "Huyện ủy", "quận": "Quận ủy"}
_OF_A_LEVEL = frozenset({"UBND", "HĐND"})
_CHAIRS = ("Chủ tịch", "Phó Chủ tịch")
_SECRETARIES = ("Bí thư", "Phó Bí thư")
_PARTY_HEADS = ("Bí thư", "Phó Bí thư", "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành")


@lru_cache(maxsize=1)
def _shared_heads() -> frozenset[str]:
    """Heads that are of the organisation of the office beside them."""
    return frozenset(read_data("offices.yaml")["shares"])


@lru_cache(maxsize=1)
def _party_boards() -> frozenset[str]:
    """Boards of the Party's committees."""
    return frozenset(read_data("offices.yaml")["party_boards"])


def complete_chain(titles: list[Title], before: Sequence[Title] = ()) -> list[Title]:
    """The offices of one person, each given what it lacks by those beside it; those left without an organisation go.

    `before` are the offices of those named earlier in the sentence.
    """
    for index, title in enumerate(titles):
        beside = [*titles[index + 1 :], *reversed(titles[:index])]
        if title.party is not None and not title.unit:
            same = (other for other in beside if other.party is not None and other.party.level == title.party.level)
            title.unit = next((other.unit for other in same if other.unit), "") or next(
                (other.unit for other in beside if other.unit and other.level == title.party.level), ""
            )
        if title.whole or title.private:
            continue
        if not title.complete and not title.level:
            _borrow(title, beside)
            if not title.complete:
                _of_the_same_committee(title, beside, before)
        elif title.organ.lower() in _party_boards() and not title.level:
            _of_a_committee(title, beside)
        if not title.complete and title.level:
            _supply(title)
        if title.complete and not title.unit and title.party is None:
            _lend_unit(title, titles[index + 1 :])
            if title.organ in _OF_A_LEVEL and not title.level and not title.unit:
                _same_unit(title, titles[:index])
    return [title for title in titles if title.complete and not title.private]


def _of_the_same_committee(title: Title, beside: list[Title], before: Sequence[Title]) -> None:
    """The committee of a bare secretary: that of an office beside it, or of the secretary named before."""
    head = title.head.removeprefix("nguyên ")
    if not head.startswith(_SECRETARIES):
        return
    lender = next((other for other in beside if "Đảng ủy" in (organ.name for organ in other.organs)), None)
    if lender is not None:
        title.organ, title.organs = "Đảng ủy", [Organ("Đảng ủy", "commune", False)]
        title.unit = lender.unit
        return
    leader = next((other for other in reversed(before) if other.head.startswith(_SECRETARIES)), None)
    if leader is not None and head.startswith("Phó") and not beside:
        title.organ, title.organs, title.unit, title.part = leader.organ, list(leader.organs), leader.unit, leader.part


def _of_a_committee(title: Title, beside: list[Title]) -> None:
    """The committee of a board of the Party named alone ("UVBTV Huyện ủy, Trưởng Ban Dân vận")."""
    party = next((other for other in beside if other.party is not None), None)
    if party is not None and party.party is not None:
        title.organ, title.organs, title.unit = f"{title.organ} {party.party.name}", [party.party], party.unit
    elif title.organ.lower() in read_data("offices.yaml")["only_with_a_committee"]:
        # who runs a contest, not the Party's board
        title.organ = ""


def _same_unit(title: Title, before: list[Title]) -> None:
    """The unit of the office named before ("Phó Bí thư Đảng ủy thị trấn giữ chức Chủ tịch HĐND")."""
    earlier = next((other for other in reversed(before) if other.level and not other.private), None)
    if earlier is not None:
        title.level, title.unit, title.stands_for = earlier.level, earlier.unit, earlier.stands_for


def _borrow(title: Title, beside: list[Title]) -> None:
    """The organisation of an office named by its head alone ("Phó Bí thư, Chủ tịch UBND phường")."""
    if title.head.removeprefix("nguyên ").startswith(_PARTY_HEADS):
        level = next((other.level for other in beside if other.level), "")
        # who is a member of the committee above ("Huyện ủy viên, Bí thư, Chủ tịch UBND xã") is the secretary of its own
        own = bool(level) and title.head.removeprefix("nguyên ").startswith(_SECRETARIES)
        lender = next((other for other in beside if other.party is not None and not (own and other.whole)), None)
        if lender is not None and lender.party is not None:
            title.organ, title.organs, title.unit = lender.party.name, [lender.party], lender.unit
            title.stands_for = lender.stands_for
            return
        if level in COMMITTEES:
            title.organs = [Organ(COMMITTEES[level], level, True)]
            title.organ = COMMITTEES[level]
        elif level:
            title.organ, title.organs = "Đảng ủy", [Organ("Đảng ủy", "commune", False)]
        title.unit = next((other.unit for other in beside if other.level and other.unit), "") if level else title.unit
        return
    other = next((o for o in beside if o.organ and not o.private), None)
    if other is not None and title.head in _shared_heads():
        title.organ, title.organs, title.level, title.unit = other.organ, list(other.organs), other.level, other.unit
        title.stands_for = other.stands_for


def _supply(title: Title) -> None:
    """The organisation everybody leaves out: "Bí thư xã" is of the Party committee, "Chủ tịch huyện" of the UBND."""
    head = title.head.removeprefix("nguyên ")
    if head.startswith(_PARTY_HEADS):
        committee = COMMITTEES.get(title.level)
        title.organ = committee or "Đảng ủy"
        title.organs = [Organ(title.organ, title.level if committee else "commune", committee is not None)]
        title.level = "" if committee else title.level
    elif head.startswith(_CHAIRS):
        title.organ, title.organs = "UBND", [Organ("UBND", "near", False)]


def _lend_unit(title: Title, after: list[Title]) -> None:
    """The unit of the office that follows, where both are of the same rank ("Bí thư Đảng ủy, Chủ tịch HĐND xã")."""
    wanted = title.organs[-1].level if title.organs else "near"
    if wanted == "commune" and title.organ == "Đảng ủy" and not title.level and after and _of_a_province(after[0]):
        # the committee of a department, of the police
        title.organs = [Organ("Đảng ủy", after[0].organs[-1].level if not after[0].level else "province", False)]
        return
    for other in after:
        if wanted == "near" and other.part and other.unit and not title.level:
            title.unit = other.unit
            return
        if not other.level or other.private or (title.level and title.level != other.level):
            continue
        if title.level:
            title.unit = other.unit
            return
        if wanted == "near" or (wanted == "commune" and other.level in COMMUNES):
            title.unit = other.unit
            if wanted == "near" and title.organ in {"UBND", "HĐND"}:
                title.level = other.level
        return


def _of_a_province(title: Title) -> bool:
    above = title.organs[-1].level if title.organs and not title.level else ""
    return title.level == "tỉnh" or above in {"province", "central"}
