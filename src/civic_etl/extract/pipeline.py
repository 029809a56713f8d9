"""From a document to all it asserts."""

from civic_etl.extract.assemble import assemble
from civic_etl.extract.context import Context, build_blocks, find_phrases
from civic_etl.extract.exclusions import Exclusions
from civic_etl.extract.normal import normalise
from civic_etl.extract.other_facts import with_other_facts
from civic_etl.extract.places import Places
from civic_etl.extract.quantities import QuantityReader
from civic_etl.extract.reading import Reader
from civic_etl.extract.records import Document, Extraction
from civic_etl.extract.reference_day import reference_day
from civic_etl.extract.tables import read_tables
from civic_etl.extract.tokens import TokenLine


def extract(document: Document) -> Extraction:
    """Read a document: observations with their evidence, offices, events, distinctions, outcomes and what stayed open.

    Deterministic, without network, linear in the length of the text.
    """
    normal = normalise(document.text)
    line = TokenLine(normal.folded)
    reference, periods = reference_day(document, normal.folded)
    context = Context(document, normal, line, build_blocks(normal), periods, reference)
    find_phrases(context)
    places = Places(context)
    context.names = places.name_spans()
    named = [*context.names, *((cue.start, cue.end) for cue in context.periods)]
    exclusions = Exclusions(normal.text, normal.folded, line, named)
    context.quantities = QuantityReader(normal.text, normal.folded, line, exclusions).read()
    reader = Reader(context)
    drafts = reader.read()
    drafts.extend(read_tables(context, reader))
    return with_other_facts(assemble(context, places, drafts, reader.timeline), context, places)
