"""The words that say what a figure is, where the catalogue has no code for it."""

import re
from typing import NamedTuple

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import RATIOS
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.listed_nouns import NOUN_LISTED
from civic_etl.extract.unexpressed import OWN_WORDS

_DATA = read_data("edge_words.yaml")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# "giải phóng mặt bằng" does not end in "bằng", nor does a phrase of so many words begin with the half of one
_WHOLE = frozenset(_DATA["whole"])
# "cho vay" is a word of its own
_FIRST = re.compile(rf"(?!cho vay\b)(?:{_any(_DATA['before'])})(?:\s+|$)")
_LAST = re.compile(rf"(?:^|\s)(?:{_any(_DATA['after'])})$")
# of which kind they are is told, too ("hộ nghèo thuộc diện chính sách", "hộ đạt danh hiệu gia đình văn hóa")
_OF_KIND = r"thuộc (?:diện|đối tượng|chính sách|nhóm)\b|đạt danh hiệu\b"
_TOLD_BEHIND = re.compile(rf"(?:^|(?<!\bkhông)\s)(?!{_OF_KIND})(?:{_any(_DATA['behind'])})(?=\s|$)")
_AGAINST = re.compile(rf"(?:{_any(_DATA['against'])})(?=\W|$)")
_UNITS = re.compile(rf"\s*(?:(?:,|và)\s+(?:{_any(_DATA['units'])})(?=\W))+")
_UNIT = re.compile(rf"(?:{_any(_DATA['units'])})(?=\W)")
_SUBJECT = re.compile(rf"^.*\s(?:{_any(_DATA['subject_ends'])})\s")
_MEASURED = frozenset(_DATA["measured"])
_CLASSIFIERS = frozenset(_DATA["classifiers"])
_SILENT = frozenset(_DATA["silent"])
_GENERIC = frozenset(_DATA["generic"])
_OF_WHOM = frozenset(_DATA["of_whom"])
_WORTH = re.compile(rf"^.*\svới\s+(?=(?:{_any(_DATA['generic'])})$)")
_RATES = frozenset({"percent", "permille"})
# the rule of a figure that goes on from the one before
_GOES_ON = "inherit"
_BREAK = re.compile(r"[,;.:()\n]")
# "5G" is a name, and no number
_MARKS = re.compile(r"[^\w\s]+(?=\s|$)|(?<!\w)[^\w\s]+|\b(?!\dg\b)\d[\d.,]*")
# two nouns that are told as one ("học sinh, sinh viên"), and what only introduces a percentage and its noun
_PAIR, _WITH = re.compile(rf"\b(?:{_any(_DATA['pairs'])})\b"), re.compile(r"\svới\s*$")
# behind a counted noun: before the next count ("24 cuộc kiểm tra và 16 cuộc giám sát", "30 hộ và trao 90 suất quà")
_GIVES = r"(?: (?:trao tặng|trao|tặng|thăm|hỗ trợ|giúp đỡ|giúp|xây dựng|xây|sửa chữa|sửa|cấp|phát))?"
_NEXT_COUNT = re.compile(rf"\s(?:và|cùng|với|cho){_GIVES}(?: (?:hơn|trên|gần|khoảng|thêm|các|có))?\s+\d")
_REACH = 90
_WORDS = 9
_LONGEST = 80
# the noun of a list has so many words, joints among them
_NOUN_WORDS = 5


class _Words(NamedTuple):
    """What stands around a figure: the words of its clause before it, its noun, and what is told of that behind."""

    head: str
    noun: str
    tail: str


class Phrases:
    """What the figures without a code are, in text order: what goes on from one is what that one is."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: Draft | None = None
        # "" where it has a code and nobody has asked
        self._of_last = ""
        self._blanked: str | None = None

    def take_up(self, draft: Draft) -> None:
        """Takes the next figure of the document."""
        if draft.code != "other":
            self._last, self._of_last = draft, ""
            return
        before = self._before(draft)
        own = OWN_WORDS in draft.rules or self._counts_other(draft)
        goes_on = draft.rules[0] == _GOES_ON and before and not own
        self._last, self._of_last = draft, before if goes_on else self._phrase(draft, before)

    def _counts_other(self, draft: Draft) -> bool:
        """Whether a count has a noun of its own, which is another than that of the count before it."""
        last, noun = self._last, draft.quantity.noun
        if last is None or draft.measure != "level" or not noun or draft.quantity.unit in _MEASURED:
            return False
        return last.quantity.noun not in {"", noun} and " " in noun

    def of(self, draft: Draft) -> str:
        """The phrase of the figure taken up last; "" where it has a code."""
        return self._of_last if draft.code == "other" else ""

    def _before(self, draft: Draft) -> str:
        """The phrase of the figure before in the sentence."""
        last = self._last
        if last is None or last.sentence.start != draft.sentence.start:
            return ""
        if not self._of_last:
            self._of_last = self._phrase(last, "")
        return self._of_last

    def _phrase(self, draft: Draft, before: str) -> str:
        if draft.cross is not None:
            return _shortened(_stripped(self._context.folded[slice(*draft.cross.head)]))
        words = self._words(draft)
        if draft.measure in RATIOS and not words.head:
            return before or words.tail
        if not (words.noun or words.head or words.tail):
            return before or self._opening(draft)
        return _shortened(_joined(words, before)) or self._opening(draft)

    def _opening(self, draft: Draft) -> str:
        """What the sentence of a figure opens with, where its own clause only tells when and how much.

        ("Năm 2022, sản xuất công nghiệp khởi sắc, cả năm đạt 41 tỷ đồng")
        """
        clauses = _BREAK.split(self._timeless[draft.sentence.start : draft.quantity.start])
        opening = next(filter(None, map(_stripped, clauses)), "")
        last = self._last
        if opening or last is None or last is draft or last.block is not draft.block:
            return _shortened(opening)
        # "Trồng trọt 14 tỷ đồng. Chiếm 7,5%"
        return self._of_last or self._phrase(last, "")

    def _words(self, draft: Draft) -> _Words:
        quantity = draft.quantity
        floor = max(draft.sentence.start, quantity.start - _REACH)
        if self._last is not None and self._last is not draft:
            floor = max(floor, min(self._last.quantity.end, quantity.start))
        head = self._head(floor, quantity.start)
        counted = quantity.unit not in _MEASURED
        tail = "" if draft.measure in RATIOS else self._tail(quantity.end, draft.sentence.end)
        if quantity.unit in _RATES:
            if tail and not _AGAINST.match(tail) and _WITH.search(self._timeless[floor : quantity.start]):
                # "đẩy mạnh cải cách với 75% hồ sơ trực tuyến"
                head = ""
            tail = "" if head or _AGAINST.match(tail) else tail
        noun = " ".join(_MARKS.sub(" ", quantity.noun).split()) if counted else ""
        if counted and not noun:
            # A noun that no lexicon knows is the first of what stands behind.
            noun, tail = tail, ""
        return _Words(head, noun, tail)

    def _head(self, start: int, end: int) -> str:
        """The words of the clause before a figure, without days and names; before a colon, those before that."""
        folded = _as_one(self._timeless[start:end])
        *before, last = _BREAK.split(folded)
        head = _stripped(_SUBJECT.sub("", last))
        if not head and folded.endswith(f":{last}"):
            head = _stripped(before[-1])
        told = head.split()
        first = max(0, len(told) - _WORDS)
        if first and f"{told[first - 1]} {told[first]}" in _WHOLE:
            first -= 1
        return " ".join(told[first:])

    def _tail(self, start: int, end: int) -> str:
        """What is told of the noun behind a figure."""
        folded = _as_one(self._context.folded[start : min(end, start + _REACH)])
        unit = _UNIT.match(folded.lstrip())
        named = f"{unit[0]} " if unit is not None else ""
        folded = folded.lstrip()[len(named.strip()) :] if named else folded
        row = _UNITS.match(folded)
        folded = folded[row.end() :] if row is not None else folded
        tail = _NEXT_COUNT.split(folded[: _first_break(folded)])[0]
        found = _TOLD_BEHIND.search(tail)
        return f"{named}{_stripped(tail[: found.start()] if found is not None else tail)}".strip()

    @property
    def _timeless(self) -> str:
        """The folded text with blanks for the times and the places that it names."""
        if self._blanked is None:
            context = self._context
            spans = sorted([*((cue.start, cue.end) for cue in context.periods), *context.names])
            parts, at = [], 0
            for start, end in spans:
                if end > at:
                    parts += [context.folded[at:start], " " * (end - max(start, at))]
                    at = end
            self._blanked = "".join([*parts, context.folded[at:]])
        return self._blanked


def _as_one(folded: str) -> str:
    """The words without the marks inside nouns that are told as one."""
    return _PAIR.sub(lambda pair: pair[0].replace(",", " "), folded)


def _first_break(folded: str) -> int:
    """Where the words behind a figure break off; not behind the first of two nouns ("100% thôn, bản có chi bộ")."""
    for mark in _BREAK.finditer(folded):
        named = len(folded[: mark.start()].split()) <= _NOUN_WORDS
        if not (named and mark[0] == "," and NOUN_LISTED.match(folded, mark.end() + 1)):
            return mark.start()
    return len(folded)


def _joined(words: _Words, before: str) -> str:
    """The phrase of the words around a figure; what they leave out is that of the figure before."""
    head, noun, tail = words
    # "xây 40 căn nhà cho hộ nghèo với tổng trị giá 2 tỷ đồng"
    head = _WORTH.sub("", head)
    if not noun:
        if not head:
            return tail
        if head in _GENERIC and not tail:
            return f"{head} {_of_what(before)}".strip()
        return f"{head} {tail}".strip()
    own = f"{noun} {tail}".strip()
    if not (own in _CLASSIFIERS or noun in _SILENT or " " not in own):
        return own
    if not head:
        return f"{own} {_of_what(before)}".strip() if own in _CLASSIFIERS else own
    if noun in _SILENT:
        return f"{head} {tail}".strip()
    return head if head.startswith(f"{own} ") else f"{own} {head}"


def _of_what(phrase: str) -> str:
    """A phrase without the head that says what of it is measured."""
    words = phrase.split()
    for many in range(min(4, len(words)), 0, -1):
        start = " ".join(words[:many])
        if start in _GENERIC or start in _CLASSIFIERS - _OF_WHOM:
            return " ".join(words[many:])
    return phrase


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]


def _stripped(words: str) -> str:
    """Without marks, digits and the words at the edges that say nothing."""
    words = " ".join(_MARKS.sub(" ", words).split())
    while True:
        first, last = _FIRST.match(words), _last(words)
        if first is None and last is None:
            return words
        words = words[first.end() if first is not None else 0 :]
        last = _last(words)
        words = words[: last.start()] if last is not None else words


def _last(words: str) -> re.Match[str] | None:
    """The word at the end that says nothing, if it is none of two syllables ("mặt bằng")."""
    return _LAST.search(words) if " ".join(words.rsplit(maxsplit=2)[-2:]) not in _WHOLE else None
