"""The facts of an article that are no figures."""

from dataclasses import replace

from civic_etl.extract.areas import Mentions
from civic_etl.extract.context import Context
from civic_etl.extract.distinctions import find_distinctions
from civic_etl.extract.events import find_events
from civic_etl.extract.offices import find_offices
from civic_etl.extract.outcomes import find_outcomes
from civic_etl.extract.places import Places
from civic_etl.extract.records import Extraction
from civic_etl.extract.spots import Stretches
from civic_etl.extract.title_reader import TitleReader


def with_other_facts(extraction: Extraction, context: Context, places: Places) -> Extraction:
    """The extraction with the offices, events, distinctions and outcomes of its document."""
    mentions = Mentions(places, len(context.text))
    titles = TitleReader(context, mentions.all).read()
    offices = Stretches((title.start, title.end) for title in titles)
    return replace(
        extraction,
        offices=find_offices(context, places, mentions, titles),
        events=find_events(context, places, mentions, offices),
        distinctions=find_distinctions(context, places, mentions, offices),
        outcomes=find_outcomes(context, places),
    )
