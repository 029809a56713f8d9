"""Where an event is: at the place of who holds it, of what stands there, or of who is visited."""

import re

from civic_etl.extract.areas import Mentions, area_of
from civic_etl.extract.context import Context
from civic_etl.extract.event_days import Day
from civic_etl.extract.event_kinds import Cue, on_site, patterns, visiting
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.places import Places
from civic_etl.extract.records import RefArea
from civic_etl.extract.spots import Stretches
from civic_etl.gazetteer import PlaceSpan

_HOST_BEFORE = 60
_VENUE_BEFORE = 80
# the types of unit of the committees that are called by a part of their type ("Thành ủy")
_KINDS = {"thị": "thị xã", "thành": "thành phố"}
_BRACKETS = re.compile(r"\s*\([^()]*\)")


class Hosts:
    """Finds the places of the events of one document."""

    def __init__(self, context: Context, places: Places, mentions: Mentions, offices: Stretches) -> None:
        self._context = context
        self._places = places
        self._mentions = mentions
        self._offices = offices
        self._default, _ = places.default()

    def areas(self, block: Block, sentence: Sentence, cue: Cue, day: Day | None) -> list[RefArea]:
        """The area of an event, or those of several who hold it; the article's own where the sentence names none."""
        spans = self._holding(sentence, cue)
        if not spans:
            body = self._body(sentence, cue, day)
            if body.name:
                return [body]
            spans = self._spans(sentence, cue, day)
        if not spans:
            return [self._default]
        found = [self._area(block, sentence, spans[0])]
        folded, known = self._context.folded, patterns()
        many = known.several.search(folded, sentence.start, spans[0].start + 12)
        if many or known.together.search(folded, spans[0].end, sentence.end):
            found += [area_of(s) for s in self._coordinated(spans)]
        return found

    def _holding(self, sentence: Sentence, cue: Cue) -> list[PlaceSpan]:
        """The unit behind a place that holds the event there ("tại xã A, huyện B tổ chức ...")."""
        spans = self._mentions.within(sentence.start, cue.start)
        known, folded = patterns(), self._context.folded
        first = next((s for s in spans if not s.giver), None)
        if first is None or known.at_venue.search(folded, max(0, first.start - _VENUE_BEFORE), first.start) is None:
            return []
        for holder in spans:
            behind = holder.start > first.start and not self._offices.cover(holder.start)
            if behind and known.holds.match(folded, holder.end):
                return [] if cue.kind in visiting() or cue.kind in on_site() else [holder]
        return []

    def _body(self, sentence: Sentence, cue: Cue, day: Day | None) -> RefArea:
        """The unit of the committee or the official that leads the meeting, where no unit holds it by name."""
        if cue.kind in visiting() or cue.kind in on_site():
            return RefArea()
        start = day.end if day is not None and day.end <= cue.start else sentence.start
        if any(self._acts(span) for span in self._mentions.within(start, cue.start)):
            return RefArea()
        folded, known = self._context.folded, patterns()
        for body in reversed(list(known.body.finditer(folded, start, cue.start))):
            if known.leads.search(folded, body.end(), cue.start) is None:
                continue
            named = [s for s in self._mentions.within(body.start(), body.end() + 2) if not s.anaphor]
            kind = _KINDS.get(body.group(1) or body.group(2), body.group(1) or body.group(2))
            return area_of(named[0]) if named else self._places.of_kind(kind)
        return RefArea()

    def _spans(self, sentence: Sentence, cue: Cue, day: Day | None) -> list[PlaceSpan]:
        spans = [s for s in self._mentions.within(sentence.start, sentence.end) if self._acts(s)]
        if cue.kind in visiting():
            spans = self._visited(spans, cue) or spans
        else:
            if cue.kind in on_site():
                spans = [s for s in spans if s.start > cue.start and not s.anaphor] or spans
            hosts = [s for s in spans if not self._is_venue(s)]
            spans = hosts if any(s.level >= spans[0].level for s in hosts) else spans
            spans = [s for s in spans if s.start < cue.start] or spans
        if day is not None and day.end <= cue.start:
            spans = [s for s in spans if s.start >= day.end] or spans
        return spans

    def _visited(self, spans: list[PlaceSpan], cue: Cue) -> list[PlaceSpan]:
        """The places that somebody came to: said to be there, else named behind."""
        at = patterns().at_place
        there = [s for s in spans if at.search(self._context.folded, max(0, s.start - _HOST_BEFORE), s.start)]
        if there:
            return spans[spans.index(there[0]) :]
        return [s for s in spans if s.start > cue.start and not s.anaphor]

    def _is_venue(self, span: PlaceSpan) -> bool:
        """Whether a unit only lends its hall."""
        return patterns().venue.search(self._context.folded, max(0, span.start - _HOST_BEFORE), span.start) is not None

    def _acts(self, span: PlaceSpan) -> bool:
        """Whether a mention can be who holds an event: no giver of plans, no dignitary's unit, no unit it lies in."""
        if span.giver or span.locates:
            return False
        before = self._context.folded[max(0, span.start - _HOST_BEFORE) : span.start]
        return not self._offices.cover(span.start) and patterns().not_the_host.search(before) is None

    def _area(self, block: Block, sentence: Sentence, span: PlaceSpan) -> RefArea:
        if span.status == "part" and span.unit is None:
            return self._places.spot_at(block, sentence, span.end)[0]
        if (span.anaphor and not span.full_name) or self._cuts_off(span):
            return self._default
        return area_of(span)

    def _cuts_off(self, span: PlaceSpan) -> bool:
        """Whether an unknown unit is the article's own with a part of its name left out ("UBND xã Vĩnh")."""
        name = span.full_name.split(", ")[0].lower()
        return span.status == "unlisted" and self._default.name.lower().startswith(f"{name} ")

    def _coordinated(self, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """The units listed after the first one, with commas and "và" between."""
        listed: list[PlaceSpan] = []
        before = spans[0]
        for span in spans[1:]:
            gap = _BRACKETS.sub("", self._context.folded[before.end : span.start]).strip()
            for around in self._mentions.within(before.end, span.start):
                gap = gap.removeprefix(f", {self._context.folded[around.start : around.end]}").strip()
            if span.level != spans[0].level or not gap or patterns().between_hosts.fullmatch(gap) is None:
                break
            listed.append(span)
            before = span
        return listed
