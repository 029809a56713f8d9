"""Occasions told by more than a sentence that names and dates them: by the title, a heading, who came, how long."""

import re
from dataclasses import replace
from datetime import timedelta

from civic_etl.extract.event_days import Day
from civic_etl.extract.event_found import Found, between
from civic_etl.extract.event_kinds import Cue, patterns, visiting
from civic_etl.extract.event_places import Hosts
from civic_etl.extract.event_text import EventText
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.records import RefArea

# the sentences in which an article says what it is about
_LEAD = 4
# so long does an occasion last at most
_LONGEST = timedelta(days=14)
_HEADING_LINES = 14
_DATELINE = re.compile(r"[^\n]{0,80},\s*ngày")


class Told:
    """Looks in one document; `default` is the place of the article."""

    def __init__(self, text: EventText, hosts: Hosts, default: RefArea) -> None:
        self._text = text
        self._hosts = hosts
        self._default = default

    def to_the_end(self, found: list[Found]) -> list[Found]:
        """The events, the first of them on its last day where a later sentence tells that."""
        begun = found[0].day if found else None
        if begun is None or found[0].kind in visiting():
            return found
        for sentence in (s for b in self._text.context.blocks for s in b.sentences if s.start >= found[0].end):
            for day in between(self._text.days, sentence.start, sentence.end)[:1]:
                said = patterns().lasts.fullmatch(self._text.context.folded, sentence.start, day.start)
                if said is not None and not day.relative and timedelta(0) < day.last - begun.last <= _LONGEST:
                    return [replace(found[0], day=day), *found[1:]]
        return found

    def as_titled(self) -> list[Found]:
        """The occasion that the title names, where a sentence dates what was held or says who came, but not to what."""
        if not self._text.titled:
            return self._opened_with()
        lead = [(b, s) for b in self._text.context.blocks[:_LEAD] for s in b.sentences if b.kind != "row"][:_LEAD]
        told = (found for look in (self._on_its_day, self._attended) for at in lead if (found := look(*at)))
        return next(told, [])

    def _opened_with(self) -> list[Found]:
        """The occasion at which the first words of an article are said, that neither title nor text dates."""
        block = next((block for block in self._text.context.blocks if block.sentences and block.kind != "row"), None)
        if block is None:
            return []
        sentence = block.sentences[0]
        at = patterns().at_it.match(self._text.context.folded, sentence.start, sentence.end)
        cues = between(self._text.cues, at.end(), at.end() + 2) if at is not None else []
        return self._called(block, sentence, cues[0], None) if cues and cues[0].rank == 0 else []

    def _on_its_day(self, block: Block, sentence: Sentence) -> list[Found]:
        """What took place on the day of a sentence, as the title calls it."""
        folded, known = self._text.context.folded, patterns()
        days = between(self._text.days, sentence.start, sentence.end)
        day = next((day for day in days if self._text.recent(day)), None)
        if day is None or self._text.planned(sentence.start, sentence.end):
            return []
        if known.background.search(folded[sentence.start : sentence.end]):
            return []
        held = known.took_place.search(folded, sentence.start, sentence.end)
        return self._called(block, sentence, Cue(*held.span(), self._text.titled, 0), day) if held is not None else []

    def _attended(self, block: Block, sentence: Sentence) -> list[Found]:
        """What nothing dates: the title names it, and a sentence says who came to it or what was said there."""
        folded, known = self._text.context.folded, patterns()
        came = known.attended.match(folded, sentence.start, sentence.end)
        at = came or known.at_it.match(folded, sentence.start, sentence.end)
        cues = between(self._text.cues, at.end(), sentence.end)[:1] if at is not None else []
        if cues and cues[0].kind == self._text.titled:
            return self._called(block, sentence, cues[0], None)
        return self._called(block, sentence, Cue(*came.span(), self._text.titled, 0), None) if came is not None else []

    def _called(self, block: Block, sentence: Sentence, cue: Cue, day: Day | None) -> list[Found]:
        area = self._hosts.areas(block, sentence, cue, day)[0]
        return [Found(cue.kind, day, area, cue.start, cue.end, sentence)] if area.name else []

    def headed(self) -> list[Found]:
        """The session that issues a document: named in its heading, dated in its dateline."""
        blocks = self._text.context.blocks[:_HEADING_LINES]
        headed = [
            cue
            for block in blocks
            if block.kind == "heading"
            for cue in between(self._text.cues, block.start, block.end)
            if cue.rank == 0
        ]
        for block in blocks if headed else []:
            for day in between(self._text.days, block.start, block.end):
                if self._dateline(block, day):
                    sentence = Sentence(block.start, block.end)
                    return [Found(headed[0].kind, day, self._default, day.start, day.end, sentence)]
        return []

    def _dateline(self, block: Block, day: Day) -> bool:
        return day.end >= block.end - 2 and _DATELINE.match(self._text.context.folded, block.start, day.end) is not None
