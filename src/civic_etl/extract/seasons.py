"""A season of the fields that is named without its year."""

import re
from functools import cached_property

from civic_etl.extract.calendar_period import Period, year
from civic_etl.extract.in_force import NOTHING, InForce
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
(
    _SEASON,
    _LABEL,
    _COMPARED,
    _OF_CROPS,
    _OF_HARVEST,
    _OF_LASTING,
    _SO_FAR,
    _AGAIN,
    _TURNS,
    _STRUCK,
    _HARMED,
    _LISTS_PLACES,
) = (
    _PATTERNS[key]
    for key in (
        "season",
        "season_label",
        "season_compared",
        "of_crops",
        "of_harvest",
        "of_lasting",
        "so_far",
        "season_again",
        "turns_to_season",
        "crops_struck",
        "crops_harmed",
        "lists_places",
    )
)
_CLAUSE_END = re.compile(r"[;.]\s")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_NO_NAME = frozenset({"vụ", "lúa", "ngô", "rau", "năm"})
_BEHIND = 30
_NAME_REACH = 20
_THIS_YEAR = frozenset({"this_year", "present_year"})


def is_other_season(folded: str, sentence: Sentence, start: int) -> bool:
    """Whether a figure stands in an item of a list that has gone on to another season."""
    mark = folded.rfind(";", sentence.start, start)
    return mark >= 0 and _SEASON.search(folded, mark, start) is not None


class Seasons:
    """The years of the seasons of one document."""

    def __init__(self, text: TimeText, force: InForce) -> None:
        self._text = text
        self._force = force
        self._last: tuple[int, Period | None] = (-1, None)
        # the year of the season told of last, in whatever paragraph
        self._told: Period | None = None
        # where the paragraph in hand begins, if its last figure was of the season
        self._ended = -1
        # the kind of the block before, and whether the items of a list go on with the season of a paragraph
        self._above, self._listed = "", False
        self._monthly = any(cue.kind in {"month", "bare_month"} for cue in text.title_cues)

    @cached_property
    def _first_named(self) -> int:
        """Where the text first names a season; its length where it names none."""
        named = _SEASON.search(self._text.folded)
        return len(self._text.folded) if named is None else named.start()

    def enter(self, block: Block) -> None:
        """Go to a block: the items of a list go on with the season that the paragraph right above ended with.

        ("Diện tích gieo trồng vụ hè thu 9.000 ha.", "- Cây lúa: 5.000 ha", "- Cây ngô: 900 ha")
        """
        told = self._ended >= 0 and self._last[0] == self._ended
        self._listed = told and block.kind == "bullet" and (self._listed or self._above == "paragraph")
        if self._listed:
            self._last, self._ended = (block.start, self._last[1]), block.start
        else:
            self._ended = -1
        self._above = block.kind

    def leave(self) -> None:
        """Note that a figure is of another time than a season."""
        self._ended = -1

    def at(self, block: Block, sentence: Sentence, start: int, end: int) -> Period | None:
        """The year of a figure that is of a season, where its paragraph or its sentence names one."""
        if self._force.weekly:
            return None
        found = (
            self._of_last_named(sentence, start)
            or self._named(block, sentence, start, end)
            or self._goes_on(block, sentence, start)
        )
        if found is None:
            self.leave()
        else:
            self.keep(block, found)
            if self._leaves_day(sentence, start):
                self._force.running = NOTHING
        return found

    def keep(self, block: Block, period: Period | None) -> None:
        """Note the season that a paragraph tells of."""
        self._last, self._told, self._ended = (block.start, period), period, block.start

    def is_season(self, cue: PeriodCue) -> bool:
        """Whether a time is that of a season, be its year told behind its name ("vụ đông xuân năm nay")."""
        if cue.kind not in _THIS_YEAR:
            return cue.kind == "season"
        named = _SEASON.search(self._text.folded, max(0, cue.start - _NAME_REACH), cue.start)
        return named is not None and not self._text.folded[named.end() : cue.start].strip()

    def is_told_before(self, cue: PeriodCue) -> bool:
        """Whether what is so by now may be told of a season: it was named before, or a time is in force.

        ("Đến nay, huyện đã thu hoạch 3.800 ha lúa hè thu" at the beginning of an article is of its day)
        """
        told = self._force.report or self._force.running.period
        return told is not None or self._first_named < cue.start

    def is_left(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether an item behind the one that names a season is no more of the fields, where a time is in force.

        ("NHIỆM VỤ QUÝ IV": "Gieo vụ đông xuân 2021 - 2022 với 600 ha; tiêm phòng đạt 80%; ...")
        """
        mark, running = self._text.folded.rfind(";", cue.end, start), self._force.running
        if not self.is_season(cue) or mark < 0 or self._text.opens(cue, sentence):
            return False
        if not self._text.before(cue, _NAME_REACH).endswith("vụ "):
            # the summer in which schools are built
            return False
        if running.period is None or running.as_of or ":" in self._text.folded[cue.end : start]:
            return False
        return _OF_CROPS.search(self._text.folded, mark, start + _BEHIND) is None

    def _of_last_named(self, sentence: Sentence, start: int) -> Period | None:
        """The year of the season named last, where a sentence opens with it again ("Vụ này, huyện xuống giống ...")."""
        again = next(iter(self._text.between(sentence.start, start)), None)
        if again is None or again.kind != "season_now" or not self._text.opens(again, sentence):
            return None
        named = (cue.period for cue in self._text.last_before(again.start) if cue.kind == "season")
        return next((period for period in named if period is not None), None)

    def _goes_on(self, block: Block, sentence: Sentence, start: int) -> Period | None:
        """The season told of before in a paragraph, where a figure still is of its crops."""
        if _AGAIN.search(self._text.folded, sentence.start, start) is not None:
            # "một số cây chủ yếu của vụ": be it told of in the paragraph before; of a day it is how things stood then
            report = self._force.report
            return self._told if report is None or not report.is_day else None
        at, period = self._last
        if at != block.start:
            return self._of_harvest_told(block, sentence, start)
        first = max(sentence.start, self._text.folded.rfind(";", sentence.start, start))
        if is_other_season(self._text.folded, sentence, start):
            self._last = (-1, None)
            return None
        if _OF_LASTING.search(self._text.folded, first, start) is not None:
            # "Vụ xuân gieo cấy 2.100 ha lúa. Diện tích cam hiện có 2.230 ha"
            return None
        told = _OF_CROPS.search(self._text.folded, first, start) is not None or self._is_of_place(sentence, first)
        return period if told else None

    def _is_of_place(self, sentence: Sentence, item: int) -> bool:
        """Whether an item of a list opens with a place whose fields it tells.

        ("Diện tích gieo trồng của các huyện: Đồng Hới 962 ha; Minh Hóa 874 ha")
        """
        leads = _LISTS_PLACES.search(self._text.folded, sentence.start, item)
        if leads is None or _OF_CROPS.search(self._text.folded, sentence.start, leads.start()) is None:
            return False
        return self._text.opens_with_name(item)

    def _of_harvest_told(self, block: Block, sentence: Sentence, start: int) -> Period | None:
        """The year of a season that the sentences before name without a figure, where a month's report tells its yield.

        ("Trong tháng, các xã đã thu hoạch xong lúa vụ xuân. Năng suất bình quân đạt 57 tạ/ha")
        """
        report = self._force.report
        if report is None or not report.is_month or self._force.running.period not in {None, report}:
            return None
        if _OF_HARVEST.search(self._text.folded, sentence.start, start) is None:
            return None
        before = self._text.folded[block.start : sentence.start]
        named = _first(before)
        told = named is not None and not any(char.isdigit() for char in before[named.end() :])
        return self._year(report) if told else None

    def _named(self, block: Block, sentence: Sentence, start: int, end: int) -> Period | None:
        if _LABEL.match(self._text.folded, block.start) is not None:
            return self._year(self._force.running.period or self._force.report)
        name = self._name(block, sentence, start, end)
        if name is None:
            return None
        running, report = self._force.running, self._force.report
        told = self._told_with_year(end, sentence)
        if told is not None or (running.period is not None and not self._leaves_day(sentence, start)):
            return told
        if report is not None and (not self._is_short(report) or report.is_day):
            return None
        if report is not None and self._is_so_far(sentence, start):
            return None
        if (report is None or report.is_day) and self._is_harm(sentence, start, end):
            return None
        return self._named_with_year(name, start) or self._year(report)

    def _leaves_day(self, sentence: Sentence, start: int) -> bool:
        """Whether how things stood on a day has been told, and a sentence turns to a season."""
        as_of = self._force.running.as_of
        return as_of and _TURNS.search(self._text.folded, sentence.start, start) is not None

    def _named_with_year(self, name: str, position: int) -> Period | None:
        """The year that a season was last named with before a position ("vụ đông xuân 2010-2011")."""
        key = _key(name)
        cues = (cue for cue in self._text.last_before(position) if cue.kind == "season")
        seasons = (cue for cue in cues if self._text.roles.of(cue) != "base")
        return next((cue.period for cue in seasons if _key(self._text.words(cue)) == key), None)

    def _is_short(self, report: Period) -> bool:
        """Whether what is reported on is a month or a day, which holds no season."""
        return self._monthly or report.is_month or report.is_day

    def _is_so_far(self, sentence: Sentence, start: int) -> bool:
        """Whether a figure is told as what has been done by now ("Lúa mùa đã cấy 412 ha")."""
        low = max(sentence.start, self._text.folded.rfind(";", sentence.start, start))
        return _SO_FAR.search(self._text.folded, low, start) is not None

    def _is_harm(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a figure is of crops that something struck, which happened on a day and in no season.

        ("mưa đá làm 40 ha lúa mùa ngã rạp")
        """
        struck = _STRUCK.search(self._text.folded, sentence.start, start)
        return struck is not None or _HARMED.match(self._text.folded, end, sentence.end) is not None

    def _told_with_year(self, end: int, sentence: Sentence) -> Period | None:
        """The year that the season right behind a figure is named with ("1.600 ha cây vụ đông năm 2022")."""
        cues = self._text.between(end, min(end + _BEHIND, sentence.end))
        named = (c for c in cues if c.kind == "season" and self._text.roles.of(c) != "base")
        return next((c.period for c in named if not self._opens_figure(c, end)), None)

    def _opens_figure(self, cue: PeriodCue, end: int) -> bool:
        """Whether brackets that open behind a figure tell another one of the season ("(vụ xuân 2017: 1.890 tấn)")."""
        folded, inside = self._text.folded, self._text.roles.bracket(cue.start)
        return inside is not None and inside[0] > end and any(char.isdigit() for char in folded[cue.end : inside[1]])

    def _name(self, block: Block, sentence: Sentence, start: int, end: int) -> str | None:
        """The season that a figure, its list or what introduces it names."""
        folded = self._text.folded
        colon = folded.find(":", sentence.start, start)
        heads = self._heads_list(sentence, colon) if colon >= 0 else None
        introduced = heads or self._introduces(block, sentence, start)
        if introduced is not None:
            return introduced
        low = max(sentence.start, folded.rfind(";", sentence.start, start))
        # of a day what is told before a season is only how things stood then
        reach = 0 if self._force.running.as_of else _BEHIND
        near = folded[low : min(end + reach, sentence.end)]
        cut = _CLAUSE_END.search(near[end - low :]) if end > low else None
        near = near[: end - low + cut.start()] if cut else near
        named = _first(near)
        return named[0] if named is not None else None

    def _introduces(self, block: Block, sentence: Sentence, start: int) -> str | None:
        """The season that introduces the list of a block ("Kết quả sản xuất vụ xuân:").

        It may head what is told of its crops in the report of a month; of a day each tells what is done by then.
        """
        folded, report, span = self._text.folded, self._force.report, block.introduction
        if span is None:
            of_day = report is not None and report.is_day
            if of_day or not block.headings or _OF_CROPS.search(folded, sentence.start, start) is None:
                return None
            span = block.headings[-1]
        match = _SEASON.search(folded, *span)
        if match is None or any(char.isdigit() for char in folded[match.end() : span[1]]):
            return None
        return match.group()

    def _heads_list(self, sentence: Sentence, colon: int) -> str | None:
        """The season before a colon that is that of all the list behind it ("Diện tích vụ mùa: lúa ...; ngô ...")."""
        heading = self._text.folded[sentence.start : colon]
        named = _first(heading)
        if named is None or any(char.isdigit() for char in heading[named.end() :]):
            return None
        return named[0]

    def _year(self, source: Period | None) -> Period | None:
        reference = self._text.reference
        number = source.end.year if source is not None else reference.year if reference else None
        return year(number) if number else None


def _first(text: str) -> re.Match[str] | None:
    """The first season that some words name, unless it is what something is compared with."""
    match = _SEASON.first_in(text)
    return match if match is not None and _COMPARED.search(text[: match.start()]) is None else None


def _key(season: str) -> str:
    """The name of a season alone ("vụ đông - xuân năm 2011", "lúa đông xuân")."""
    return " ".join(word for word in _SYLLABLE.findall(season) if word not in _NO_NAME)
