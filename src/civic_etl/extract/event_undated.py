"""Occasions told without a day: held of late, or what an article opens with."""

from civic_etl.extract.areas import Mentions
from civic_etl.extract.context import Context
from civic_etl.extract.event_kinds import Cue, patterns
from civic_etl.extract.layout import Sentence
from civic_etl.extract.spots import Stretches

# so far behind the verb an occasion is named
_NAMED = 40


class Undated:
    """Finds where a sentence of one document says that something was held."""

    def __init__(self, context: Context, mentions: Mentions, offices: Stretches) -> None:
        self._context = context
        self._mentions = mentions
        self._offices = offices

    def just_held(self, sentence: Sentence) -> int | None:
        """Where a sentence says without a day that an event was held of late."""
        folded, known = self._context.folded, patterns()
        held = known.just_held.search(folded, sentence.start, sentence.end)
        if held is not None:
            return held.start()
        done = known.just_done.search(folded, sentence.start, sentence.end)
        if done is None:
            return None
        here = self._mentions.within(sentence.start, done.start())
        return done.start() if here and folded[here[-1].end : done.start()].strip(" )") == "" else None

    def opens(self, sentence: Sentence, cues: list[Cue]) -> int | None:
        """Where an article that gives no day opens with who held what ("HĐND huyện A đã tổ chức kỳ họp thứ 4")."""
        folded, named = self._context.folded, next((cue for cue in cues if cue.rank == 0), None)
        if named is None or patterns().planned.search(folded, sentence.start, named.start):
            return None
        for span in self._mentions.within(sentence.start, named.start):
            held = patterns().held.match(folded, span.end)
            if (
                held is not None
                and held.end() <= named.start <= held.end() + _NAMED
                and not self._offices.cover(span.start)
            ):
                return held.end()
        return None
