"""Which unit an office belongs to, and what offices side by side lend each other."""

import re
from functools import lru_cache

from civic_etl.extract.areas import Mentions
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.places import Places
from civic_etl.extract.records import RefArea
from civic_etl.extract.title_lexicon import Organ
from civic_etl.extract.title_units import takes_a_name
from civic_etl.extract.titles import Title

_COMMUNES = ("phường", "xã", "thị trấn", "đặc khu")
_DISTRICTS = ("huyện", "quận", "thị xã", "thành phố")
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "thị xã": "Thị ủy", "huyện": "Huyện ủy", "quận": "Quận ủy"}
_CENTRE = "Trung ương"
_CENTRAL_BODY = re.compile(r"(?<!\w)(?:trung ương|tw)(?!\w)")
_BACK = 300
_OF_A_LEVEL = frozenset({"UBND", "HĐND"})
_CHAIRS = ("Chủ tịch", "Phó Chủ tịch")
_SECRETARIES = ("Bí thư", "Phó Bí thư")
_PARTY_HEADS = ("Bí thư", "Phó Bí thư", "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành")


@lru_cache(maxsize=1)
def shared_heads() -> frozenset[str]:
    """Heads that are of the organisation of the office beside them."""
    return frozenset(read_data("offices.yaml")["shares"])


@lru_cache(maxsize=1)
def _of_all_levels() -> tuple[str, ...]:
    return tuple(read_data("offices.yaml")["of_all_levels"])


@lru_cache(maxsize=1)
def _head_levels() -> dict[str, str]:
    return dict(read_data("offices.yaml")["head_levels"])


def _head_level(title: Title) -> str:
    return _head_levels().get(title.head.removeprefix("nguyên "), "")


def _of_the_nation(title: Title) -> bool:
    """Whether an organisation of the whole country is named, without a branch of it."""
    organ = title.organ.lower()
    if _CENTRAL_BODY.search(organ) is not None:
        return True
    return organ.endswith("việt nam") and not any(word in organ for word in _of_all_levels())


def complete_chain(titles: list[Title]) -> list[Title]:
    """The offices of one person, each given what it lacks by those beside it; those left without an organisation go."""
    for index, title in enumerate(titles):
        beside = [*titles[index + 1 :], *reversed(titles[:index])]
        if title.party is not None and not title.unit:
            same = (other for other in beside if other.party is not None and other.party.level == title.party.level)
            title.unit = next((other.unit for other in same if other.unit), "") or next(
                (other.unit for other in beside if other.unit and other.level == title.party.level), ""
            )
        if title.whole or title.private:
            continue
        if not title.complete:
            _borrow(title, beside)
        if not title.complete and title.level:
            _supply(title)
        if title.complete and not title.unit and title.party is None:
            _lend_unit(title, titles[index + 1 :])
            if title.organ in _OF_A_LEVEL and not title.level and not title.unit:
                _same_unit(title, titles[:index])
    return [title for title in titles if title.complete and not title.private]


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
            return
        if level in _COMMITTEES:
            title.organs = [Organ(_COMMITTEES[level], level, True)]
            title.organ = _COMMITTEES[level]
        elif level:
            title.organ, title.organs = "Đảng ủy", [Organ("Đảng ủy", "commune", False)]
        title.unit = next((other.unit for other in beside if other.level and other.unit), "") if level else title.unit
        return
    other = next((o for o in beside if o.organ and not o.private), None)
    if other is not None and title.head in shared_heads():
        title.organ, title.organs, title.level, title.unit = other.organ, list(other.organs), other.level, other.unit


def _supply(title: Title) -> None:
    """The organisation everybody leaves out: "Bí thư xã" is of the Party committee, "Chủ tịch huyện" of the UBND."""
    head = title.head.removeprefix("nguyên ")
    if head.startswith(_PARTY_HEADS):
        committee = _COMMITTEES.get(title.level)
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
        title.organs = [Organ("Đảng ủy", "province", False)]
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
        if wanted == "near" or (wanted == "commune" and other.level in _COMMUNES):
            title.unit = other.unit
            if wanted == "near" and title.organ in {"UBND", "HĐND"}:
                title.level = other.level
        return


def _of_a_province(title: Title) -> bool:
    return title.level == "tỉnh" or (not title.level and bool(title.organs) and title.organs[-1].level == "province")


class Units:
    """The units of the offices of one document."""

    def __init__(self, places: Places, mentions: Mentions, site_area: str | None) -> None:
        self._places = places
        self._mentions = mentions
        self._site = site_area.split(", ") if site_area else []
        self._persons = frozenset(span.full_name for span in mentions.all if takes_a_name(span))

    def of(self, title: Title, block: Block, sentence: Sentence) -> str:
        """The unit of an office, named from itself up; "" where nothing tells."""
        names = title.unit.split(", ") if title.unit else []
        chain = self._chain(block, sentence, title.start)
        party = title.party
        if party is not None:
            unit = next((name for name in names if name.startswith(party.level + " ")), "") or _party_unit(
                chain, party.level
            )
            return f"{party.name} {unit.removeprefix(party.level).strip()}".strip()
        if names and (title.level or title.part or title.organs):
            return title.unit
        if title.level:
            if self._just_named(title, sentence):
                return title.stands_for
            near = _from(chain, (title.level,)) or title.stands_for
            return near or _from(self._default_chain(), (title.level,))
        level = _head_level(title) or (title.organs[-1].level if title.organs else "near")
        if level == "central" or (level == "near" and _of_the_nation(title)):
            return _CENTRE
        if level == "commune":
            return _from(chain, _COMMUNES)
        if level == "province":
            return chain[-1] if chain else ""
        if level in _COMMITTEES:
            return _from(chain, (level,)) or _from(self._default_chain(), (level,)) or ", ".join(chain)
        if level == "district":
            return _from(chain[:-1], _DISTRICTS, rest=chain[-1:]) or ", ".join(chain)
        return ", ".join(chain)

    def _just_named(self, title: Title, sentence: Sentence) -> bool:
        """Whether the sentence itself names the unit that a bare type stands for."""
        before = self._mentions.within(max(sentence.start, title.start - _BACK), title.start)
        return any(span.full_name == title.stands_for and not span.anaphor for span in before)

    def _chain(self, block: Block, sentence: Sentence, position: int) -> list[str]:
        area, _ = self._places.spot_at(block, sentence, position)
        return _names(area) if area.name and area.name not in self._persons else self._default_chain()

    def _default_chain(self) -> list[str]:
        area, _ = self._places.default()
        return _names(area) if area.name and area.name not in self._persons else self._site

    def part_of(self, title: Title, block: Block, sentence: Sentence) -> str:
        """The name of the part of the commune that a bare "bản" or "thôn" of an office stands for."""
        if not title.part or " " in title.part or any(c.isdigit() for c in title.part):
            return title.part
        for _, sub_area in (self._places.spot_at(block, sentence, title.start), self._places.default()):
            if sub_area.lower().startswith(title.part + " "):
                return title.part + sub_area[len(title.part) :]
        return title.part


def _names(area: RefArea) -> list[str]:
    """The units of an area from itself up; the text may write the first one's type with a capital."""
    return (area.name[:1].lower() + area.name[1:]).split(", ")


def _party_unit(chain: list[str], level: str) -> str:
    """The unit whose committee is meant; a city is the nearest one."""
    return next((name for name in chain if name.startswith(level + " ")), "")


def _from(chain: list[str], levels: tuple[str, ...], rest: list[str] | None = None) -> str:
    """The chain from its first unit of one of some types up."""
    for index, name in enumerate(chain):
        if name.startswith(tuple(level + " " for level in levels)):
            return ", ".join([*chain[index:], *(rest or [])])
    return ""
