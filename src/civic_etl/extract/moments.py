"""Sentences that hold something, and the period in force at it, for the facts that are no figures."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeVar

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.periods import Period
from civic_etl.extract.phrases import Hit, Hits
from civic_etl.extract.timeline import Timeline

Payload = TypeVar("Payload")


def sentences_of(context: Context, found: list[Hit[Payload]]) -> Iterator[tuple[Block, Sentence, list[Hit[Payload]]]]:
    """Sentences that hold hits, with them; both in text order."""
    if not found:
        return
    hits = Hits(found)
    for block in context.blocks:
        for sentence in block.sentences:
            here = hits.within(sentence.start, sentence.end)
            if here:
                yield block, sentence, here


def periods_at(context: Context, spans: list[tuple[int, int]]) -> list[Period | None]:
    """The period in force at each span; the spans are sorted and lie in sentences."""
    if not spans:
        return []
    timeline = Timeline(context)
    starts = [start for start, _ in spans]
    found: list[Period | None] = [timeline.default()] * len(spans)
    for block in context.blocks:
        if block.start > starts[-1]:
            break
        timeline.enter(block)
        for sentence in block.sentences:
            low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            for index in range(low, high):
                start, end = spans[index]
                found[index], _ = timeline.at(block, sentence, start, end, sentence.start)
            timeline.leave(sentence, context.quantities.any_within(sentence.start, sentence.end))
    return found
