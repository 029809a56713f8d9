"""Results that an article states without a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.moments import periods_at, sentences_of
from civic_etl.extract.periods import Period
from civic_etl.extract.phrases import Hit, PhraseTable
from civic_etl.extract.places import Places
from civic_etl.extract.records import Outcome

Result = Literal["exceeded", "met", "missed", "none_left"]
_RESULTS: tuple[Result, ...] = ("exceeded", "met", "missed", "none_left")
_END = re.compile(r"[,;.:()\n]")
_REACH = 90
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Stated:
    block: Block
    sentence: Sentence
    code: str
    words: tuple[int, int]
    result: Result
    start: int
    end: int


@lru_cache(maxsize=1)
def _table() -> PhraseTable[Result]:
    data = read_data("outcomes.yaml")
    return PhraseTable((phrase, result) for result in _RESULTS for phrase in data[result])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = read_data("outcomes.yaml")
    return re.compile(data["hoped"]), re.compile(data["narrowed"]), frozenset(data["can_be_none"])


@lru_cache(maxsize=1)
def _nouns() -> PhraseTable[bool]:
    return PhraseTable((noun, True) for noun in read_data("outcomes.yaml")["nouns_of_none"])


def find_outcomes(context: Context, places: Places) -> tuple[Outcome, ...]:
    """Outcomes in text order, one for each indicator, result, place and period; evidence is their sentence."""
    stated = list(_stated(context))
    periods = periods_at(context, [(each.start, each.end) for each in stated])
    found: dict[tuple[str, str, str, str, str], Outcome] = {}
    for each, period in zip(stated, periods, strict=True):
        if period is not None and _ahead(context, period):
            continue
        area, part = places.spot_at(each.block, each.sentence, each.start)
        if part:
            # of a village only: the record has no room for the part, and the commune's it is not
            continue
        time_period = period.code if period is not None else ""
        words = " ".join(context.folded[each.words[0] : each.words[1]].split())
        start, end = context.normal.stored(each.start, each.end)
        first, last = context.normal.stored(each.sentence.start, each.sentence.end)
        document = context.document
        outcome = Outcome(
            document.doc_id, each.code, words, each.result, area, time_period, start, end, document.text[first:last]
        )
        found.setdefault((each.code, words, each.result, area.name, time_period), outcome)
    return tuple(found.values())


def _ahead(context: Context, period: Period) -> bool:
    """Whether less than half of a period has passed: what is said of it then is a plan."""
    reference = context.reference
    return reference is not None and reference - period.start < (period.end - period.start) / 2


def _stated(context: Context) -> Iterator[_Stated]:
    hoped, _, _ = _patterns()
    for block, sentence, here in sentences_of(context, list(_table().find(context.line))):
        if block.kind == "row":
            continue
        for hit in here:
            if hoped.search(context.folded, max(sentence.start, hit.start - 3 * _REACH), hit.start):
                continue
            read = _none_left if hit.payload == "none_left" else _measured
            stated = read(context, block, sentence, hit)
            if stated is not None and not _figure_inside(context, stated, hit):
                yield stated


def _measured(context: Context, block: Block, sentence: Sentence, hit: Hit[Result]) -> _Stated | None:
    """The indicator named before the result in the same clause."""
    near = context.indicators.within(max(sentence.start, hit.start - 2 * _REACH), hit.start)
    before = [i for i in near if i.size > 1 and i.end <= hit.start <= i.end + _REACH]
    if not before:
        return None
    nearest = before[-1]
    if _END.search(context.folded, nearest.end, hit.start):
        return None
    code = nearest.payload[0] if nearest.payload else _OTHER
    return _Stated(block, sentence, code, (nearest.start, nearest.end), hit.payload, nearest.start, hit.end)


def _none_left(context: Context, block: Block, sentence: Sentence, hit: Hit[Result]) -> _Stated | None:
    """The indicator right behind "không còn"; only a part of it where more words narrow it."""
    _, narrowed, can_be_none = _patterns()
    words = context.line
    at = words.at_or_after(hit.end)
    noun = _nouns().longest_at(words.words, at, len(words.words)) if at < len(words.words) else None
    following = next(iter(context.indicators.within(hit.end, hit.end + 2)), None)
    codes = [code for code in following.payload if code in can_be_none] if following is not None else []
    if noun is not None and noun[1]:
        start, end, code = words.starts[at], words.ends[noun[0] - 1], _OTHER
    elif following is not None and codes:
        start, end, code = following.start, following.end, codes[0]
    else:
        return None
    if narrowed.match(context.folded, end):
        stop = _END.search(context.folded, end, sentence.end)
        code, end = _OTHER, stop.start() if stop else sentence.end
    return _Stated(block, sentence, code, (start, end), hit.payload, hit.start, end)


def _figure_inside(context: Context, stated: _Stated, hit: Hit[Result]) -> bool:
    """Whether a figure belongs to the clause: then it is an observation, and not an outcome without a number.

    One right before its words counts them ("13/16 chỉ tiêu đạt và vượt kế hoạch").
    """
    stop = _END.search(context.folded, hit.end, stated.sentence.end)
    end = stop.start() if stop else stated.sentence.end
    figures = context.quantities
    low = figures.first_from(stated.start)
    if low and not context.folded[figures[low - 1].end : stated.start].strip():
        return True
    return low < len(figures) and figures[low].start < end
