"""Which unit an office belongs to."""

import re
from functools import lru_cache

from civic_etl.extract.areas import Mentions
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.office_chain import COMMITTEES, COMMUNES
from civic_etl.extract.places import Places
from civic_etl.extract.records import RefArea
from civic_etl.extract.title_units import takes_a_name
from civic_etl.extract.titles import Title

_DISTRICTS = ("huyện", "quận", "thị xã", "thành phố")
_CENTRE = "Trung ương"
_CENTRAL_BODY = re.compile(r"(?<!\w)(?:trung ương|tw|t\.\s?ư)(?!\w)")
_BACK = 300


@lru_cache(maxsize=1)
def _of_all_levels() -> tuple[str, ...]:
    return tuple(read_data("offices.yaml")["of_all_levels"])


@lru_cache(maxsize=1)
def _departments() -> tuple[str, ...]:
    return tuple(read_data("offices.yaml")["of_the_province"])


@lru_cache(maxsize=1)
def _head_levels() -> dict[str, str]:
    return dict(read_data("offices.yaml")["head_levels"])


def _head_level(title: Title) -> str:
    if title.head.endswith("Phòng") and title.organ.lower().startswith(_departments()):
        return "province"
    return _head_levels().get(title.head.removeprefix("nguyên "), "")


def _of_the_nation(title: Title) -> bool:
    """Whether an organisation of the whole country is named, without a branch of it."""
    organ = title.organ.lower()
    if _CENTRAL_BODY.search(organ) is not None:
        return True
    return organ.endswith("việt nam") and not any(word in organ for word in _of_all_levels())


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
            unit = next((name for name in names if name.startswith(party.level + " ")), "")
            for around in (chain, self._default_chain(), self._site):
                unit = unit or _party_unit(around, party.level)
            name = unit.removeprefix(party.level).strip()
            # a district called by a number keeps its type: "Quận ủy quận 4"
            named = unit.split(", ")[0] if name[:1].isdigit() else name
            return f"{party.name} {named}".strip()
        if names and (title.level or title.part or title.organs or title.written):
            return title.unit
        if title.level:
            if self._just_named(title, sentence):
                return title.stands_for
            near = _from(chain, (title.level,)) or title.stands_for
            return near or _from(self._default_chain(), (title.level,)) or _from(self._site, (title.level,))
        level = _head_level(title) or (title.organs[-1].level if title.organs else "near")
        if level == "central" or (level == "near" and _of_the_nation(title)):
            return _CENTRE
        if level == "commune":
            return _from(chain, COMMUNES)
        if level == "province":
            return chain[-1] if chain else ""
        if level in COMMITTEES:
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
