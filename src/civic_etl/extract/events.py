"""The meetings and occasions that an article tells of, with their day and place."""

import re

from civic_etl.extract.areas import Mentions, area_of, shortest
from civic_etl.extract.context import Context
from civic_etl.extract.event_days import Day, find_days
from civic_etl.extract.event_found import Found, between, by_last_day, without_echoes, without_sittings
from civic_etl.extract.event_kinds import Cue, EventCues, find_cues, patterns
from civic_etl.extract.event_places import Hosts
from civic_etl.extract.event_text import EventText
from civic_etl.extract.event_told import Told
from civic_etl.extract.event_undated import Undated
from civic_etl.extract.event_years import in_its_year
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.places import Places
from civic_etl.extract.records import Event
from civic_etl.extract.spots import Stretches

# a day that opens its sentence stands at most this far in ("(ABO) Trong các ngày ...", a dateline)
_OPENING = 60
# a sentence of so few characters before an event may be only its day and room
_CUT_OFF = 200
_DAY_ALONE = re.compile(r"[\s,)]*(?:(?:tại|ở)\s[^.;:\n]{2,60}|nhân (?:dịp|kỷ niệm|ngày)\s[^.;:\n]{2,150})?\.?\s*")
# the sentences in which an article says what it is about
_LEAD = 4
# a meeting told by what it is for
_IMPLIED = 2
# "kỳ họp sẽ tiếp tục ..."
_PLANNED_BEHIND = 6
_ITEMS = 60
# a sentence that names more occasions or days is a list, not an announcement
_MOST_CUES = 16


def find_events(context: Context, places: Places, mentions: Mentions, offices: Stretches) -> tuple[Event, ...]:
    """Events in text order, one for each kind, day and place; evidence is the sentence that announces it."""
    occasions = find_cues(context)
    if not occasions.cues and not occasions.titled:
        return ()
    reader = _Reader(context, places, mentions, offices, occasions)
    found = reader.read()
    short = shortest([*(event.area.name for event in found), *mentions.full_names()])
    events: dict[tuple[str, str, str], Event] = {}
    for event in found:
        start, end = context.normal.stored(event.start, event.end)
        first, last = context.normal.stored(event.sentence.start, event.sentence.end)
        day = event.day.last if event.day is not None else None
        key = (event.kind, str(day), event.area.name)
        place = short.get(event.area.name, "")
        evidence = context.document.text[first:last]
        events.setdefault(key, Event(context.document.doc_id, event.kind, day, place, event.area, start, end, evidence))
    return tuple(events.values())


class _Reader:
    def __init__(
        self,
        context: Context,
        places: Places,
        mentions: Mentions,
        offices: Stretches,
        occasions: EventCues,
    ) -> None:
        self._context = context
        self._places = places
        self._mentions = mentions
        self._offices = offices
        days = find_days(context.folded, context.reference)
        known = context.reference is not None
        self._days = [day for day in days if known or day.year_given]
        self._without_year = [day for day in days if not (known or day.year_given)]
        self._cues = [cue for cue in occasions.cues if not offices.cover(cue.start)]
        self._default, _ = places.default()
        self._hosts = Hosts(context, places, mentions, offices)
        self._undated = Undated(context, mentions, offices)
        self._text = EventText(context, self._cues, self._days, occasions.titled)
        self._told = Told(self._text, self._hosts, self._default)

    def read(self) -> list[Found]:
        """The events of the text; of its heading where the text itself tells none."""
        found: list[Found] = []
        number = 0
        for index, block in enumerate(self._context.blocks):
            if block.kind == "row":
                continue
            for sentence in block.sentences:
                number += 1
                found += self._sentence(block, sentence, index, number)
        # what cannot be placed is of no use
        found = [event for event in found if event.area.name]
        found = self._told.to_the_end(found)
        return without_echoes(without_sittings(by_last_day(found))) or self._told.headed() or self._told.as_titled()

    def _sentence(self, block: Block, sentence: Sentence, index: int, number: int) -> list[Found]:
        lead = number <= _LEAD
        cues = between(self._cues, sentence.start, sentence.end)[:_MOST_CUES]
        if not cues or patterns().background.search(self._context.folded[sentence.start : sentence.end]):
            return []
        days = between(self._days, sentence.start, sentence.end)[:_MOST_CUES]
        if self._context.document.published is None:
            days = self._in_their_years(sentence, days)
        if not days and lead:
            days = self._day_alone(sentence)
        chosen = self._dated(sentence, cues, days, lead)
        if chosen is None:
            held = self._undated.just_held(sentence) if lead else None
            if held is None and number == 1 and not days:
                held = self._undated.opens(sentence, cues)
            if held is not None:
                after = [c for c in cues if c.rank != _IMPLIED and c.start >= held]
                if after:
                    return self._at_places(block, sentence, index, after[0], self._in_brackets(sentence, days))
            return []
        return self._at_places(block, sentence, index, *chosen)

    def _in_brackets(self, sentence: Sentence, days: list[Day]) -> Day | None:
        """The day that a sentence tells in brackets at its end ("vừa họp sơ kết (sáng 11/7, có 52 đại biểu)")."""
        opened = self._context.folded.rfind("(", sentence.start, sentence.end)
        return next((day for day in days if 0 <= opened <= day.start <= opened + 2 and self._text.recent(day)), None)

    def _in_their_years(self, sentence: Sentence, days: list[Day]) -> list[Day]:
        """The days of a sentence of an undated text, in the years that it gives away."""
        folded = self._context.folded[sentence.start : sentence.end]
        others = between(self._without_year, sentence.start, sentence.end)
        given = [in_its_year(day, folded) for day in others]
        days = [*(in_its_year(day, folded) for day in days), *(day for day in given if day.year_given)]
        return sorted(days, key=lambda day: day.start)

    def _day_alone(self, sentence: Sentence) -> list[Day]:
        """The day in the few words that a full stop cuts off before a sentence ("Sáng 5/3 tại hội trường.")."""
        before = between(self._days, max(0, sentence.start - _CUT_OFF), sentence.start)[-1:]
        if not before or between(self._cues, before[0].start, sentence.start):
            return []
        if _DAY_ALONE.fullmatch(self._context.folded, before[0].end, sentence.start) is None:
            return []
        opens = self._context.folded[: before[0].start].rstrip(" (*-–")
        return before if not opens or opens[-1] in ".\n)" else []

    def _dated(self, sentence: Sentence, cues: list[Cue], days: list[Day], lead: bool) -> tuple[Cue, Day] | None:
        """The event of a sentence and its day: a day that opens the sentence, or one right behind the event."""
        for day in days:
            if (lead or day.start - sentence.start <= _OPENING) and self._text.recent(day):
                after = [c for c in cues if c.start >= day.end and (lead or c.rank < 2)]
                after = [c for c in after if not self._text.planned(day.end, c.end + _PLANNED_BEHIND)]
                before = [c for c in cues if c.end <= day.start and c.rank < 2]
                if before and patterns().preface.match(self._context.folded, sentence.start, day.start):
                    before = []
                if after and not before:
                    after = self._first_clause(after)
                    return min(after, key=lambda c: (c.rank, self._aside(c, after[0]), c.start)), day
        for day in days:
            named = [c for c in cues if c.rank < _IMPLIED or (lead and c.rank > _IMPLIED)]
            close = [c for c in named if c.end <= day.start and self._leads_to(c, day)]
            if close and self._text.recent(day) and not self._text.planned(sentence.start, day.start):
                return min(close, key=lambda c: (c.rank, c.start)), day
        return None

    def _first_clause(self, cues: list[Cue]) -> list[Cue]:
        """The occasions of the clause of the first ("tổ chức hội nghị ...; phát động phong trào ..." is a meeting)."""
        if cues[0].rank == 1 and patterns().about.match(self._context.folded, cues[0].end):
            return cues[:1]
        stop = self._context.folded.find(";", cues[0].end, cues[-1].start)
        return [cue for cue in cues if cue.start < stop] if stop >= 0 and cues[0].rank < _IMPLIED else cues

    def _aside(self, cue: Cue, first: Cue) -> bool:
        """Whether the title is about another occasion, and the sentence does not say which was held."""
        arranged = patterns().arranged.search(self._context.folded, max(0, first.start - _OPENING), first.start)
        return arranged is None and cue.kind != self._text.titled

    def _leads_to(self, cue: Cue, day: Day) -> bool:
        folded, known = self._context.folded, patterns()
        if known.before_day.fullmatch(folded, cue.end, day.start) is not None:
            return True
        if known.met_again.fullmatch(folded, cue.end, day.start) is not None:
            return True
        at = folded.startswith("vào ", day.start)
        return at and known.before_at_day.fullmatch(folded, cue.end, day.start) is not None

    def _at_places(self, block: Block, sentence: Sentence, index: int, cue: Cue, day: Day | None) -> list[Found]:
        """The event at the place of who holds it; at each of several that are named or listed below."""
        start, end = (min(cue.start, day.start), max(cue.end, day.end)) if day else (cue.start, cue.end)
        folded = self._context.folded
        if patterns().several.search(folded, sentence.start, cue.end):
            listed = self._listed(index, cue)
            if listed:
                return listed
        areas = self._hosts.areas(block, sentence, cue, day)
        days = [day] * len(areas)
        if day is not None and patterns().in_turn.search(folded, sentence.start, sentence.end):
            days = [day.at(number) for number in range(len(areas))]
        return [Found(cue.kind, on, area, start, end, sentence) for on, area in zip(days, areas, strict=True)]

    def _listed(self, index: int, cue: Cue) -> list[Found]:
        """Events of list items that begin with a unit and its day ("- Xã Đoàn Tùng (29-12): ...")."""
        found: list[Found] = []
        for block in self._context.blocks[index + 1 : index + 1 + _ITEMS]:
            spans = [s for s in self._mentions.within(block.body_start, block.body_start + 3) if s.status != "part"]
            if not spans:
                continue
            day = next(iter(between(self._days, spans[0].end, spans[0].end + 4)), None)
            if day is not None and block.sentences:
                found.append(Found(cue.kind, day, area_of(spans[0]), spans[0].start, day.end, block.sentences[0]))
        return found
