"""Who is named in which public office."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from civic_etl.extract.areas import Mentions, shortest
from civic_etl.extract.context import Context
from civic_etl.extract.holders import link
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.office_chain import complete_chain
from civic_etl.extract.office_units import Units
from civic_etl.extract.persons import Person, Persons
from civic_etl.extract.places import Places
from civic_etl.extract.records import OfficeMention
from civic_etl.extract.signatures import signatures
from civic_etl.extract.title_lexicon import lexicon
from civic_etl.extract.titles import Title

_OF_A_LEVEL = frozenset({"UBND", "HĐND"})
_ENDS = re.compile(r"\s*(?:[.;,)]|$|\n|(?:và|cùng)(?!\w))")


def find_offices(
    context: Context, places: Places, mentions: Mentions, titles: list[Title]
) -> tuple[OfficeMention, ...]:
    """Every person named in a public office, once for each office; evidence is the sentence of the first mention."""
    if not titles:
        return ()
    starts = frozenset(index for title in titles for index in range(title.first, title.last + 1))
    named = [(span.start, span.end) for span in mentions.all if not span.anaphor]
    persons = Persons(context.text, context.line, starts, named)
    units = Units(places, mentions, context.site_area)
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
    placed = {(person, office) for person, office, unit in found if unit}
    # what one sentence leaves open another one tells
    return tuple(mention for (person, office, unit), mention in found.items() if unit or (person, office) not in placed)


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
    held: list[tuple[Person, Title]] = []
    for holder in link(context.folded, items):
        alone = len(holder.titles) == 1 and _ends(context, holder.titles[0])
        before = [title for _, title in held] if alone else []
        held += [(holder.person, title) for title in complete_chain(holder.titles, before)]
    return held


def _ends(context: Context, title: Title) -> bool:
    """Whether nothing goes on behind an office that could say what it is an office of."""
    return _ENDS.match(context.folded, title.end) is not None


def _start(title: Title) -> int:
    return title.start
