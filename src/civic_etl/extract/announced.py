"""Aims that a sentence announces with a colon and the sentences behind it tell ("Mục tiêu đến năm 2030: A. B. C.")."""

from dataclasses import dataclass

from civic_etl.extract.calendar_period import Period
from civic_etl.extract.cue_kinds import ENDS_OF_YEARS
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.time_text import TimeText

_WORDS = patterns("announced.yaml")


@dataclass(frozen=True, slots=True)
class _Aims:
    """Where announced aims begin, and the time they are for (None where none was named)."""

    start: int
    block: int
    period: Period | None


class Announced:
    """Follows the announcements of one document sentence by sentence."""

    def __init__(self, text: TimeText) -> None:
        self._text = text
        self._aims: _Aims | None = None
        self._titled = self._of_title()
        self._is_over = False
        # whether the text tells how things went, whatever its title announces
        self._reviews = False

    def _of_title(self) -> Period | None:
        """The time that a title names for the aims it announces ("Các chỉ tiêu chủ yếu năm 2024")."""
        title = self._text.title
        if _WORDS["title"].match(title) is None or _WORDS["results"].search(title) is not None:
            return None
        times = [cue.period for cue in self._text.title_cues if cue.period is not None]
        return times[-1] if times and self._is_to_come(times[-1]) else None

    def enter(self, block: int, sentence: Sentence) -> None:
        """Takes up a sentence: it may announce aims, or leave those of its paragraph."""
        folded = self._text.folded
        announces = self._aims is not None or self._titled is not None
        self._reviews = self._titled is not None and self._goes_to_review(sentence)
        self._is_over = announces and (self._reviews or self._leaves(sentence))
        if self._aims is not None and (self._aims.block != block or self._leaves(sentence)):
            self._aims = None
        colon = folded.find(":", sentence.start, sentence.end)
        if colon < 0:
            self._vote(block, sentence)
            self._set_by(block, sentence)
            return
        opening = folded[sentence.start : colon]
        if _WORDS["aims"].search(opening) is None or _WORDS["results"].search(opening) is not None:
            return
        times = [
            cue.period
            for cue in self._text.between(sentence.start, colon)
            if cue.period is not None and self._is_to_come(cue.period)
        ]
        self._aims = _Aims(sentence.end, block, times[-1] if times else None)

    def _vote(self, block: int, sentence: Sentence) -> None:
        """A sentence without a colon: what it votes on, or strives for in a time, is told behind "theo đó".

        ("Năm 2018, huyện phấn đấu giữ vững danh hiệu. Trong đó, 50% chi bộ ...")
        """
        folded = self._text.folded
        # what follows is looked at first: it is far the rarer
        if _WORDS["told_next"].match(folded, sentence.end) is None:
            return
        times = [cue.period for cue in self._text.between(sentence.start, sentence.end) if cue.kind == "year"]
        if _WORDS["voted"].search(folded, sentence.start, sentence.end) is None:
            strives = _WORDS["strives"].search(folded, sentence.start, sentence.end) is not None
            told = _WORDS["results"].search(folded, sentence.start, sentence.end) is not None
            if not strives or told or not times or times[-1] is None or not self._is_to_come(times[-1]):
                return
        self._aims = _Aims(sentence.end, block, times[-1] if times else None)

    def _set_by(self, block: int, sentence: Sentence) -> None:
        """A sentence that opens with a year far ahead: those behind it go on with what is aimed at by then.

        ("Theo đó, đến năm 2020, giá trị sản xuất tăng 10%/năm. Thu nhập bình quân đầu người 28 triệu đồng. ...")
        """
        opening = _WORDS["by_then"].match(self._text.folded, sentence.start, sentence.end)
        if opening is None or self._leaves(sentence):
            return
        cue = next(iter(self._text.between(sentence.start, sentence.end)), None)
        if cue is None or cue.kind not in ENDS_OF_YEARS or cue.start > opening.end() or cue.period is None:
            return
        if self._text.is_far_ahead(cue.period):
            self._aims = _Aims(sentence.end, block, cue.period)

    def at(self, position: int, scope: Period | None) -> tuple[bool, Period | None]:
        """Whether a figure at a position is an announced aim, and the time named for it.

        What the title announces holds where the text has opened no other `scope`.
        """
        if self._aims is not None and position >= self._aims.start:
            return True, self._aims.period
        titled = self._titled is not None and not self._is_over and scope in {None, self._titled}
        return titled, self._titled

    def _goes_to_review(self, sentence: Sentence) -> bool:
        """Whether a sentence tells how things went, or follows one that does; one of the time of the title does not."""
        span = sentence.start, sentence.end
        if any(cue.period == self._titled for cue in self._text.between(*span)):
            return False
        return self._reviews or _WORDS["reviews"].search(self._text.folded, *span) is not None

    def _leaves(self, sentence: Sentence) -> bool:
        return _WORDS["over"].match(self._text.folded, sentence.start, sentence.end) is not None

    def _is_to_come(self, period: Period) -> bool:
        reference = self._text.reference
        return reference is None or period.end > reference
