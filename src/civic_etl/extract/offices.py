"""Who is named in which public office."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.areas import Mentions, shortest
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.office_units import Units, complete_chain
from civic_etl.extract.persons import Person, Persons
from civic_etl.extract.places import Places
from civic_etl.extract.records import OfficeMention
from civic_etl.extract.signatures import signatures
from civic_etl.extract.title_lexicon import lexicon
from civic_etl.extract.titles import Title

_APPOINTED_REACH = 160
_OF_A_LEVEL = frozenset({"UBND", "HĐND"})
_NOTHING = re.compile(r"\s*:?\s*")
_AND = re.compile(r"\s*[,;\-–—]?\s*(?:và|kiêm|kiêm nhiệm|đồng thời là)?\s*")
_IS = re.compile(r"\s*,?\s*(?:là)?\s*")
_ASIDE = re.compile(r"\s*\([^()]{1,60}\)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = read_data("offices.yaml")
    ranks = "|".join(sorted((re.escape(rank) for rank in read_data("persons.yaml")["ranks"]), key=len, reverse=True))
    after_name = "|".join(data["name_to_office"])
    return (
        re.compile(rf"\s*(?:[,\-–—]|{after_name})?\s*(?:(?:{ranks})\s*[,\-–—]?\s*)*"),
        re.compile(rf"(?:^|[\s,]){data['appointed']}\s*$"),
        re.compile(data["office_tail"]),
    )


def find_offices(
    context: Context, places: Places, mentions: Mentions, titles: list[Title]
) -> tuple[OfficeMention, ...]:
    """Every person named in a public office, once for each office; evidence is the sentence of the first mention."""
    if not titles:
        return ()
    starts = frozenset(index for title in titles for index in range(title.first, title.last + 1))
    named = [(span.start, span.end) for span in mentions.all if not span.anaphor]
    persons = Persons(context.text, context.line, starts, named)
    units = Units(places, mentions, context.document.site_area)
    held = [
        _Held(person, title, block, sentence)
        for block in context.blocks
        for sentence in block.sentences
        for person, title in _in_sentence(context, sentence, titles, persons)
    ]
    held += [
        _Held(person, title, block, Sentence(title.start, person.end))
        for block, person, title in signatures(context, titles, persons)
    ]
    return _mentions(context, mentions, units, held)


@dataclass(frozen=True, slots=True)
class _Held:
    """A person with an office, and where that is said."""

    person: Person
    title: Title
    block: Block
    sentence: Sentence


def _mentions(context: Context, mentions: Mentions, units: Units, held: list[_Held]) -> tuple[OfficeMention, ...]:
    resolved = [units.of(each.title, each.block, each.sentence) for each in held]
    short = shortest([*resolved, *mentions.full_names()])
    found: dict[tuple[str, str, str], OfficeMention] = {}
    for each, unit in zip(held, resolved, strict=True):
        each.title.part = units.part_of(each.title, each.block, each.sentence)
        if each.title.organ in _OF_A_LEVEL and not each.title.level:
            each.title.level = next((level for level in lexicon().types if unit.startswith(level + " ")), "")
        office, person = each.title.wording(), each.person
        start, end = context.normal.stored(min(person.start, each.title.start), max(person.end, each.title.end))
        first, last = context.normal.stored(each.sentence.start, each.sentence.end)
        found.setdefault(
            (person.name.lower(), each.title.same_office(), unit),
            OfficeMention(
                doc_id=context.document.doc_id,
                person=person.name,
                office=office,
                unit=short[unit],
                char_start=start,
                char_end=end,
                evidence=context.document.text[first:last],
            ),
        )
    return tuple(found.values())


def _in_sentence(
    context: Context, sentence: Sentence, titles: list[Title], persons: Persons
) -> list[tuple[Person, Title]]:
    """Who holds what in a sentence: names and offices side by side, and who is elected to what."""
    low = bisect_left(titles, sentence.start, key=_start)
    high = bisect_left(titles, sentence.end, key=_start)
    here = titles[low:high]
    if not here:
        return []
    items: list[Person | Title] = [*here, *persons.in_span(sentence.start, sentence.end)]
    items.sort(key=lambda item: item.start)
    holders = _link(context.folded, items)
    pairs: list[tuple[Person, Title]] = []
    for person, chain in holders:
        pairs += [(person, title) for title in complete_chain(chain)]
    return pairs


def _link(folded: str, items: list[Person | Title]) -> list[tuple[Person, list[Title]]]:
    """Each person with the offices that stand beside the name, in text order."""
    after_name, appointed, tail = _patterns()
    holders: list[tuple[Person, list[Title]]] = []
    chain: list[Title] = []
    owned = False
    for index, item in enumerate(items):
        gap = _gap(folded, items[index - 1], item, tail) if index else None
        if isinstance(item, Person):
            if chain and gap is not None and index and isinstance(items[index - 1], Title):
                taken = _taken(holders, chain, owned, item, gap)
                holders.append((item, taken))
            else:
                holders.append((item, []))
            chain, owned = [], False
            continue
        before = items[index - 1] if index else None
        if isinstance(before, Person) and gap is not None and after_name.fullmatch(gap):
            holders[-1][1].append(item)
            chain, owned = [item], True
        elif isinstance(before, Title) and gap is not None and _AND.fullmatch(gap) and chain:
            if owned:
                holders[-1][1].append(item)
            chain.append(item)
        elif holders and _appointed(folded, holders[-1][0], item, appointed):
            holders[-1][1].append(item)
            chain, owned = [item], True
        else:
            chain, owned = [item], False
    return [(person, offices) for person, offices in holders if offices]


def _gap(folded: str, before: Person | Title, item: Person | Title, tail: re.Pattern[str]) -> str:
    """The text between two neighbours, asides and terms of office left out."""
    begin = before.end
    if isinstance(before, Title):
        match = tail.match(folded, begin)
        begin = match.end() if match else begin
    start = item.outer if isinstance(item, Person) else item.start
    gap = folded[begin:start]
    aside = _ASIDE.match(gap)
    return gap[aside.end() :] if aside else gap


def _taken(
    holders: list[tuple[Person, list[Title]]], chain: list[Title], owned: bool, person: Person, gap: str
) -> list[Title]:
    """The offices before a name that are this person's."""
    direct = _NOTHING.fullmatch(gap) is not None
    if not direct and (owned or not (_IS.fullmatch(gap) and person.called)):
        return []
    if not owned:
        return list(chain)
    owner = holders[-1]
    earlier = len(owner[1]) > len(chain)
    if not earlier and len(chain) == 1:
        # "ông A, Chủ tịch UBND xã B": capitals right after the unit are its name, not a second person
        return []
    moved = list(chain) if earlier else chain[-1:]
    del owner[1][-len(moved) :]
    return moved


def _appointed(folded: str, person: Person, title: Title, appointed: re.Pattern[str]) -> bool:
    """Whether somebody named earlier in the sentence is said to come into the office."""
    near = title.start - person.end <= _APPOINTED_REACH
    return near and appointed.search(folded[person.end : title.start]) is not None


def _start(title: Title) -> int:
    return title.start
