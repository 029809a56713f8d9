"""From a document to all it asserts."""

from typing import NamedTuple

from civic_etl.extract.assemble import assemble
from civic_etl.extract.context import Context, build_blocks, find_phrases
from civic_etl.extract.drafts import Draft
from civic_etl.extract.exclusions import Exclusions
from civic_etl.extract.normal import normalise
from civic_etl.extract.ordered_quantities import OrderedQuantities
from civic_etl.extract.other_facts import with_other_facts
from civic_etl.extract.patterns import compiled
from civic_etl.extract.places import Places
from civic_etl.extract.quantities import QuantityReader
from civic_etl.extract.reading import Reader
from civic_etl.extract.records import Document, Extraction
from civic_etl.extract.reference_day import reference_day
from civic_etl.extract.spots import Stretches
from civic_etl.extract.tables import read_tables
from civic_etl.extract.timeline import Timeline
from civic_etl.extract.tokens import TokenLine

_SILENT = tuple(compiled("link_words.yaml", key) for key in ("counted_in", "desk", "ranked_in", "looks", "universal"))


class Figures(NamedTuple):
    """The figures of a document as read, before it is known whether they are facts of a place, and of which."""

    context: Context
    places: Places
    drafts: list[Draft]
    timeline: Timeline


def extract(document: Document) -> Extraction:
    """Read a document: observations with their evidence, offices, events, distinctions, outcomes and what stayed open.

    Deterministic, without network, linear in the length of the text.
    """
    figures = read_figures(document)
    return with_other_facts(assemble(*figures), figures.context, figures.places)


def read_figures(document: Document) -> Figures:
    """The figures of a document."""
    normal = normalise(document.text)
    line = TokenLine(normal.folded)
    reference, periods = reference_day(document, normal.folded)
    context = Context(document, normal, line, build_blocks(normal), periods, reference)
    find_phrases(context)
    places = Places(context)
    context.names, context.turns = sorted(places.name_spans()), places.turns()
    context.kinds = context.kinds.outside(context.names)
    # "Lạc" is no peanut in "huyện Lạc Sơn"; "huyện" there may be the level of a budget
    proper = places.proper_spans()
    context.in_names, context.proper_names = Stretches(context.names), Stretches(proper)
    # nor does what is counted in or left out name a figure behind its brackets, nor the name of an office what it did
    silent = [match.span() for each in _SILENT for match in each.all_in(normal.folded)]
    apart = sorted([*proper, *silent])
    context.categories = context.categories.outside(apart)
    context.indicators = context.indicators.outside(apart)
    named = [*context.names, *((cue.start, cue.end) for cue in context.periods)]
    exclusions = Exclusions(normal.text, normal.folded, line, named)
    context.quantities = OrderedQuantities(QuantityReader(normal.text, normal.folded, line, exclusions).read())
    reader = Reader(context)
    drafts = reader.read()
    drafts.extend(read_tables(context, reader, places))
    return Figures(context, places, drafts, reader.timeline)
