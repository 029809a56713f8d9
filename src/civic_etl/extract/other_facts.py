"""The facts of an article that are no figures."""

from dataclasses import replace

from civic_etl.extract.context import Context
from civic_etl.extract.offices import find_offices
from civic_etl.extract.places import Places
from civic_etl.extract.records import Extraction


def with_other_facts(extraction: Extraction, context: Context, places: Places) -> Extraction:
    """The extraction with the offices of its document."""
    return replace(extraction, offices=find_offices(context, places))
