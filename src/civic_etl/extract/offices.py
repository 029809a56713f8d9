"""Who is named in which public office."""

import re
from bisect import bisect_right
from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.office_units import Units, complete_chain
from civic_etl.extract.persons import Person, Persons
from civic_etl.extract.places import Places
from civic_etl.extract.records import OfficeMention
from civic_etl.extract.titles import Title, TitleReader
from civic_etl.gazetteer import PlaceSpan

_APPOINTED_REACH = 160
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


def find_offices(context: Context, places: Places) -> tuple[OfficeMention, ...]:
    """Every person named in a public office, once for each office; evidence is the sentence of the first mention."""
    spans = places.spans_in(0, len(context.text))
    titles = TitleReader(context, spans).titles
    if not titles:
        return ()
    starts = frozenset(index for title in titles for index in range(title.first, title.last + 1))
    named = [(span.start, span.end) for span in spans if not span.anaphor]
    persons = Persons(context.text, context.line, starts, named)
    units = Units(context, places)
    found: dict[tuple[str, str, str], OfficeMention] = {}
    for block in context.blocks:
        for sentence in block.sentences:
            for person, title in _held(context, sentence, titles, persons):
                mention = _mention(context, units, block, sentence, person, title)
                found.setdefault((mention.person, mention.office.lower(), mention.unit), mention)
    for block, person, title in _signed(context, titles, persons):
        mention = _mention(context, units, block, Sentence(title.start, person.end), person, title)
        found.setdefault((mention.person, mention.office.lower(), mention.unit), mention)
    return units.told_apart(tuple(found.values()))
