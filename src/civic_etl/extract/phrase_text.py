"""The words that say what a figure is, where the catalogue has no code for it."""

import re

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.lexicon import read_data

_DATA = read_data("edge_words.yaml")
_EDGE = re.compile(rf"^(?:{'|'.join(_DATA['before'])})\s+|\s+(?:{'|'.join(_DATA['after'])})$")
_MEASURED = frozenset(_DATA["measured"])
# the rule of a figure that goes on from the one before
_GOES_ON = "inherit"
_BREAK = re.compile(r"[,;.:()\n]")
# behind a counted noun: before the next count ("24 cuộc kiểm tra và 16 cuộc giám sát")
_NEXT_COUNT = re.compile(r"\s(?:và|cùng|với|cho)(?: (?:hơn|trên|gần|khoảng|thêm|các|có))?\s+\d")


class Phrases:
    """What the figures without a code are, in text order: what goes on from one is what that one is."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: tuple[int, str] = (-1, "")

    def take_up(self, draft: Draft) -> None:
        """Takes the next figure of the document."""
        if draft.code == "other" and draft.rules[0] != _GOES_ON:
            self._last = draft.sentence.start, noun_phrase(self._context, draft)

    def of(self, draft: Draft) -> str:
        """The phrase of the figure taken up last; "" where it has a code."""
        if draft.code != "other":
            return ""
        sentence, phrase = self._last
        known = sentence == draft.sentence.start and phrase
        return phrase if known else noun_phrase(self._context, draft)


def noun_phrase(context: Context, draft: Draft) -> str:
    """The counted noun with what follows it, else the words before the figure; folded, without edge words."""
    quantity = draft.quantity
    folded = context.folded
    if draft.cross is not None:
        return _strip(" ".join(folded[slice(*draft.cross.head)].split()))[:80]
    tail = _BREAK.split(folded[quantity.end : min(draft.sentence.end, quantity.end + 80)])[0]
    tail = _NEXT_COUNT.split(tail)[0]
    head = _BREAK.split(folded[max(draft.sentence.start, quantity.start - 80) : quantity.start])[-1]
    counted = quantity.unit not in _MEASURED
    words = f"{quantity.noun} {tail}" if counted else head if head.strip() else tail
    return _strip(" ".join(words.split()))[:80]


def _strip(words: str) -> str:
    previous = None
    while words != previous:
        previous = words
        words = _EDGE.sub("", words).strip()
    return re.sub(r"\d[\d.,]*", "", words).strip()
