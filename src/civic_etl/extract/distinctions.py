"""Titles and ratings that units have been given."""

import re
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.areas import Mentions, area_of
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import label_table, read_data
from civic_etl.extract.moments import periods_at, sentences_of
from civic_etl.extract.periods import Period
from civic_etl.extract.phrases import Hit
from civic_etl.extract.places import Places
from civic_etl.extract.records import Distinction, RefArea
from civic_etl.extract.spots import Stretches
from civic_etl.gazetteer import PlaceSpan

_FILE = "distinctions.yaml"
_CLAUSE = re.compile(r"[;:]|,(?!\s*(?:\d|xã |phường|thị |ấp|bản|buôn|làng|khóm|thôn))|\(")
_YEAR_BEHIND = re.compile(
    r"[\s\"”“»'’()]*(?:tiêu biểu|của [^,.;:\d]{3,40}?|hạng \w+)?[\s\"”“»'’(,]*"
    r"(?:vào |hồi |trong |từ |cuối |đầu )?(?:tháng \d{1,2}\s?[-/.]\s?)?(?:năm )?((?:19|20)\d\d)(?!\s*[-–]\s*\d)"
)
_REMARKABLE = re.compile(r"[\s\"”“»'’)]*tiêu biểu(?!\w)")
_BACK = 220
_LIST = 600
_LISTED = re.compile(r"[\s,;()]*(?:và)?[\s,;(]*")


@dataclass(frozen=True, slots=True)
class _Patterns:
    given: re.Pattern[str]
    hoped: re.Pattern[str]
    hoped_here: re.Pattern[str]
    not_a_unit: re.Pattern[str]
    counted: re.Pattern[str]
    to_many: re.Pattern[str]
    to_one: re.Pattern[str]
    giver_after: re.Pattern[str]
    party: re.Pattern[str]
    holders: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = read_data(_FILE)
    whole = {"given", "party"}
    return _Patterns(
        **{
            name: re.compile(rf"(?<!\w){data[name]}(?!\w)" if name in whole else data[name])
            for name in _Patterns.__dataclass_fields__
        }
    )


@lru_cache(maxsize=1)
def _of_the_party() -> frozenset[str]:
    return frozenset(read_data(_FILE)["of_the_party"])


def find_distinctions(
    context: Context, places: Places, mentions: Mentions, offices: Stretches
) -> tuple[Distinction, ...]:
    """Distinctions in text order, one for each title, holder and year; evidence is the sentence that tells of it."""
    reader = _Reader(context, places, mentions, offices)
    hits = [
        (block, sentence, hit)
        for block, sentence, here in sentences_of(context, list(label_table(_FILE, "titles").find(context.line)))
        if block.kind != "row"
        for hit in here
        if reader.given(sentence, hit)
    ]
    periods = periods_at(context, [(hit.start, hit.end) for _, _, hit in hits])
    found: dict[tuple[str, str, int | None], Distinction] = {}
    for (block, sentence, hit), period in zip(hits, periods, strict=True):
        for distinction in reader.read(block, sentence, hit, period):
            found.setdefault((distinction.title, distinction.holder, distinction.year), distinction)
    return tuple(found.values())


class _Reader:
    def __init__(self, context: Context, places: Places, mentions: Mentions, offices: Stretches) -> None:
        self._context = context
        self._folded = context.folded
        self._places = places
        self._mentions = mentions
        self._offices = offices

    def given(self, sentence: Sentence, hit: Hit[str]) -> bool:
        """Whether a unit is said to have the title: given, not hoped for, and not counted over many."""
        known = _patterns()
        start = max(sentence.start, hit.start - _BACK)
        before = self._folded[start : hit.start]
        clauses = _CLAUSE.split(before)
        # right behind a comma the title stands beside somebody's name
        clause = clauses[-1] if clauses[-1].strip(" \"“”'") else " ".join(clauses[-2:])
        said = f"{before} {self._folded[hit.start : hit.end].split(' ')[0]}"
        if known.given.search(said) is None or known.hoped.search(before) or known.hoped_here.search(clause):
            return False
        if known.not_a_unit.search(clause) or known.counted.search(clause):
            return False
        if hit.payload in _of_the_party() and known.party.search(clause) is None:
            return False
        return known.to_many.match(self._folded, hit.end) is None

    def read(self, block: Block, sentence: Sentence, hit: Hit[str], period: Period | None) -> list[Distinction]:
        """The distinction of a title, one for each holder; none where it lies ahead of the article."""
        year, end = self._year(hit, period)
        reference = self._context.reference
        if year is not None and reference is not None and year > reference.year:
            return []
        title, end = self._title(hit, end)
        start, last = self._context.normal.stored(hit.start, end)
        first, stop = self._context.normal.stored(sentence.start, sentence.end)
        document = self._context.document
        evidence = document.text[first:stop]
        found: list[Distinction] = []
        for span in self._holder_spans(sentence, hit):
            area = self._area(block, sentence, hit, span)
            holder = self._holder(sentence, span, area)
            found.append(Distinction(document.doc_id, title, holder, area, year, start, last, evidence))
        return found

    def _title(self, hit: Hit[str], end: int) -> tuple[str, int]:
        remarkable = _REMARKABLE.match(self._folded, hit.end)
        if remarkable is None or hit.payload.endswith("tiêu biểu"):
            return hit.payload, end
        return f"{hit.payload} tiêu biểu", max(end, remarkable.end())

    def _year(self, hit: Hit[str], period: Period | None) -> tuple[int | None, int]:
        behind = _YEAR_BEHIND.match(self._folded, hit.end)
        if behind is not None:
            return int(behind.group(1)), behind.end()
        return (period.end.year if period is not None else None), hit.end

    def _holder_spans(self, sentence: Sentence, hit: Hit[str]) -> list[PlaceSpan | None]:
        """The places of who holds the title: behind "cho", else the last before that gives nothing, with its list."""
        to_one = _patterns().to_one.match(self._folded, hit.end)
        if to_one is not None:
            behind = self._mentions.within(to_one.end(), min(sentence.end, to_one.end() + 80))
            if behind:
                return [behind[0]]
        spans = self._mentions.within(max(sentence.start, hit.start - _LIST), hit.start)
        named: list[PlaceSpan] = []
        after = hit.start
        for span in reversed(spans):
            if span.locates:
                after = span.start if named else after
                continue
            if named and not (span.level == named[0].level and _LISTED.fullmatch(self._folded, span.end, after)):
                break
            if not named and (span.giver or self._offices.cover(span.start) or self._gives(span)):
                continue
            named.append(span)
            after = span.start
        return [*reversed(named)] or [None]

    def _gives(self, span: PlaceSpan) -> bool:
        """Whether the unit is who gives the title ("được UBND tỉnh tặng")."""
        return _patterns().giver_after.match(self._folded, span.end) is not None

    def _area(self, block: Block, sentence: Sentence, hit: Hit[str], span: PlaceSpan | None) -> RefArea:
        if span is None or (span.status == "part" and span.unit is None):
            return self._places.spot_at(block, sentence, hit.start)[0]
        return area_of(span)

    def _holder(self, sentence: Sentence, span: PlaceSpan | None, area: RefArea) -> str:
        """The unit's name, with the committee or body of it that holds the title."""
        unit = area.name.split(", ")[0]
        if span is None:
            return unit
        if span.status == "part":
            unit = " ".join(span.text.split())
        before = self._folded[max(sentence.start, span.start - 40) : span.start]
        body = re.search(rf"(?<!\w){_patterns().holders.pattern}\s*$", before)
        if body is None:
            return unit
        begin = span.start - len(before) + body.start()
        words = " ".join(self._context.text[begin : span.start].split())
        return f"{words[:1].upper()}{words[1:]} {unit}".strip()
