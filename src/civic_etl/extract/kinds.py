"""Actual, estimate or target: what kind of value a figure is."""

import re
from datetime import date

from civic_etl.extract.context import Context, within
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.periods import Period
from civic_etl.extract.records import ValueKind

_ACHIEVED_BEFORE = re.compile(r"(?:vượt|đạt|hoàn thành|đạt và vượt|so với|bằng|thực hiện|các|có|trên|%|\d)\s*(?:mức |\d+ |\d+/\d+ |hầu hết |nhiều |các |toàn bộ |một số )*$")
_GOAL = re.compile(r"phấn đấu|mục tiêu|quyết nghị|đề ra")
_REACHED = re.compile(r"(?:đạt|hoàn thành|vượt|thực hiện|\d)[^.;:]{0,25}(?:chỉ tiêu|kế hoạch|nhiệm vụ)")
_DONE = re.compile(r"\b(?:đã|kết quả|thực hiện được|hoàn thành|thực tế)\b")
_HEADING_TARGET = re.compile(r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|kế hoạch|phấn đấu")
_HEADING_RESULT = re.compile(r"kết quả|tình hình|đánh giá|thực hiện|tổng kết|đạt được|nhìn lại")
_WEAK = frozenset({"chỉ tiêu", "yêu cầu", "đề nghị", "sẽ", "kế hoạch năm", "nhiệm vụ năm", "phương hướng", "các chỉ tiêu", "đăng ký", "định hướng", "đề ra", "đặt ra", "dự kiến đến năm"})


class Kinds:
    """Reads the kind of each figure of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._held: tuple[int, Period | None] = (-1, None)

    def of(self, block: Block, sentence: Sentence, start: int, period: Period | None, cue_start: int | None) -> ValueKind:
        """The kind of a figure at `start`; `cue_start` is where the time cue that holds for it stands, if in the text."""
        if self._future(period):
            return "target"
        if self._target_in_sentence(sentence, start):
            return "target"
        if self._listed_target(block):
            return "target"
        if self._held == (block.start, period) and not self._done(sentence, start):
            return "target"
        if self._estimated(sentence, start):
            return "estimate"
        return "actual"

    def leave(self, block: Block, sentence: Sentence, figures: list[tuple[int, Period | None, ValueKind]]) -> None:
        """After a sentence of goals its period goes on meaning targets, to the end of the paragraph or a result."""
        if not figures:
            return
        start, period, kind = figures[-1]
        if kind != "target":
            self._held = (-1, None)
        elif _GOAL.search(self._context.folded[sentence.start : start]):
            self._held = (block.start, period)

    def _future(self, period: Period | None) -> bool:
        published: date | None = self._context.document.published
        if period is None or published is None or "-09-01/" in period.code:
            return False
        return period.start > published

    def _target_in_sentence(self, sentence: Sentence, start: int) -> bool:
        for hit in reversed(within(self._context.kinds, sentence.start, start)):
            if not hit.payload.startswith("target:scope"):
                continue
            phrase = self._context.folded[hit.start : hit.end]
            before = self._context.folded[max(sentence.start, hit.start - 30) : hit.start]
            if "chỉ tiêu" in phrase and _ACHIEVED_BEFORE.search(before):
                continue
            if phrase in _WEAK and not self._strong(phrase, hit.end, start):
                continue
            between = self._context.folded[hit.end : start]
            if phrase not in {"phấn đấu", "mục tiêu"} and re.search(r"\b(?:đã|kết quả)\b", between):
                continue
            return True
        return False

    def _strong(self, phrase: str, end: int, start: int) -> bool:
        """A weak cue counts when a colon or a goal verb follows it before the figure."""
        between = self._context.folded[end:start]
        if phrase in {"sẽ", "yêu cầu", "đề nghị"}:
            return bool(re.search(r"phấn đấu|đạt|hoàn thành|không để|giảm|tăng|đưa|nâng", between)) and len(between) < 160
        return ":" in between or bool(re.search(r"phấn đấu|đến năm|trở lên|cụ thể|là|gồm|cả năm", between)) or len(between) < 60

    def _listed_target(self, block: Block) -> bool:
        """Items below a heading or a lead-in of targets."""
        spans = [*([block.lead_in] if block.lead_in and block.kind in {"bullet", "row", "paragraph"} else []), *reversed(block.headings)]
        for start, end in spans:
            text = self._context.folded[start:end]
            if _HEADING_RESULT.search(text) and not re.search(r"phấn đấu|mục tiêu|đề ra", text):
                return False
            if _HEADING_TARGET.search(text) and not _REACHED.search(text):
                return True
        return False

    def _done(self, sentence: Sentence, start: int) -> bool:
        return _DONE.search(self._context.folded[sentence.start : start]) is not None

    def _estimated(self, sentence: Sentence, start: int) -> bool:
        for hit in reversed(within(self._context.kinds, sentence.start, start + 1)):
            if hit.payload.startswith("estimate"):
                return True
            if hit.payload.startswith("actual") and self._context.folded[hit.start : hit.end] == "đã":
                return False
        return False
