"""Readings that lean on their surroundings: the figures before, and what the article is about."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from civic_etl.extract.categories import Breakdown
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.figure_words import PART
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit, Hits, PhraseTable
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.tokens import tokenise
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import Companion, load_companions, load_topics, load_variants

_REACH = 6
# so far behind a figure, and before any mark, its noun may go on
_BEHIND, _MARK = 30, re.compile(r"[,;.:()\n]")
# so far behind it a topic may still go on
_TOPIC_REACH = 700
# the score of a companion, and of one whose words name what is counted
_SAID, _NAMED = 6.0, 7.0
# units of figures that what stands behind them names, whatever was told before
_TOLD_BEHIND = RATES | {"household"}
# "thu nợ", "thu hút", "thu hoạch" are words of their own
# sums of money that say nothing of what they are for
_MONEY_HEADS = frozenset(read_data("money_heads.yaml"))
_OTHER_WORD_AFTER = frozenset(read_data("after_collect.yaml"))
_OTHER_WORD_BEFORE = frozenset(read_data("before_collect.yaml"))
_MARKS = frozenset({",", "(", "với", "có", "là"})
_VERBS_OF_CHANGE = frozenset({"tăng", "giảm", "tăng thêm", "giảm được"})
# what opens the words of a figure that goes on with what was counted before it
_OPENS = frozenset({",", "(", "với"})
_BEFORE = "before"
_REASON, _AREA_ANEW = (patterns("link_words.yaml")[key] for key in ("reason", "area_anew"))


@lru_cache(maxsize=1)
def _topic_table() -> PhraseTable[tuple[int, ...]]:
    """The topics that a word is of: water sweeps away roads and animals alike."""
    topics: dict[str, list[int]] = {}
    for index, topic in enumerate(load_topics()):
        for word in topic.words:
            topics.setdefault(word, []).append(index)
    return PhraseTable((word, tuple(found)) for word, found in topics.items())


@lru_cache(maxsize=256)
def _companions(unit: str) -> tuple[tuple[Companion, tuple[tuple[str, ...], ...]], ...]:
    """The companions of a unit, each with the tokens of its words."""
    return tuple((each, tuple(map(tokenise, each.words))) for each in load_companions() if unit in each.units)


class Topics:
    """The topics of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalogue = load_catalogue()
        self._titled = {index for hit in _topic_table().find(context.title_line) for index in hit.payload}
        # by the code of an indicator: whether the document names the programme that it is of
        self._named: dict[str, bool] = {}
        found = _topic_table().find(context.line)
        self._hits = Hits(Hit(h.start, h.end, h.first, h.last, index) for h in found for index in h.payload)

    def companion(self, quantity: Quantity, link: Link | None, recent: Sequence[str], floor: int) -> Link | None:
        """A reading that the figures before suggest, where it is better than the link found by words alone."""
        if not recent:
            return None
        fitting = [
            each
            for each in _companions(quantity.unit)
            if not each[0].after.isdisjoint((recent[-1],) if each[0].is_next else recent)
        ]
        if not fitting:
            return None
        line = self._context.line
        first, last = line.at_or_after(floor), line.at_or_after(quantity.start)
        low = max(first, last - _REACH)
        if low > first and line.words[low - 1] in _OTHER_WORD_BEFORE:
            # "doanh thu": its first word says that the second is no word by itself
            low += 1
        words = line.words[low:last]
        # what stands before a semicolon is of the item before
        of_item = words[len(words) - words[::-1].index(";") :] if ";" in words else words
        for companion, wanted in sorted(fitting, key=lambda each: -_last_spoken(each[0].after, recent)):
            if self._says((quantity.start, quantity.end), companion.unless):
                continue
            read = Link(companion.code, None, _NAMED if companion.names else _SAID, "companion")
            told_behind = link is not None and link.rule == "right" and quantity.unit in _TOLD_BEHIND
            if recent[-1] in companion.after and not told_behind and any(self._fills(words, each) for each in wanted):
                # "35 phần quà trị giá 8 triệu đồng": it goes on with the figure before, whatever is told behind it
                return read
            # its own phrase says more than the same reading by a word of it ("thuế giá trị gia tăng" than "thu")
            named = link is not None and (link.hit is not None or link.code != companion.code)
            if link is not None and named and not self._weak(link, floor) and not _tells_kind(companion, link):
                continue
            if not companion.words and link is None:
                return Link(companion.code, None, 4.0, "companion")
            said = [each for each in wanted if _contains(of_item, each)]
            if recent[-1] not in companion.after and all(" ".join(each) in _VERBS_OF_CHANGE for each in said):
                # "4 vụ tai nạn ...; phạm pháp hình sự 6 vụ, giảm 3 vụ": what moved is what was told last
                continue
            if recent[-1] == "other" and all(" ".join(each) in _MONEY_HEADS for each in said):
                # "tặng 80 phần quà, xây 5 căn nhà với số tiền 400 triệu đồng": the sum is of what was counted last
                continue
            if said:
                return read
        return None

    @staticmethod
    def _fills(words: list[str], wanted: tuple[str, ...]) -> bool:
        """Whether hardly a word but those of a companion stands between two figures, or behind the noun of the first.

        ("151 giấy chứng nhận hộ kinh doanh với số vốn đăng ký 28 tỷ đồng")
        """
        opened = max((index + 1 for index, word in enumerate(words) if word in _OPENS), default=0)
        return bool(wanted) and any(
            tuple(word for word in words[first:] if word not in _MARKS) == wanted for first in {0, opened}
        )

    def _weak(self, link: Link, floor: int) -> bool:
        """A link from before the last figure, or by words that fit several indicators; not by what follows a figure."""
        if link.hit is None:
            return False
        if self._context.folded[link.hit.start : link.hit.end] in _MONEY_HEADS:
            return True
        return link.hit.start < floor or link.score < 6.0 or len(link.hit.payload) > 1 or link.hit.size <= 1

    def reading(
        self, code: str, breakdown: Breakdown, block: Block, sentence: Sentence, own: tuple[int, int]
    ) -> tuple[str, Breakdown]:
        """The special reading of a code where the title, the sentence or its paragraph so far speaks of a topic.

        What the sentence tells as a reason or a part behind the figure whose `own` words those are is no topic of it.
        """
        spoken = self._hits.within(sentence.start, sentence.end)
        present = {
            h.payload
            for h in spoken
            if not self._is_reason(own[1], h.start) and _is_spoken(h, own[1]) and not self._is_left(h, own)
        }
        present |= {index for index in self._titled if not load_topics()[index].spoken}
        for index in present | self._going_on(block, sentence, own[1]):
            topic = load_topics()[index]
            special = topic.codes.get(code)
            if special is not None and "disease" in breakdown and "disease" not in special[1]:
                # a disease that is named is not the one that an article is about
                continue
            if special is not None and "crop" in breakdown and "crop" not in self._known(special[0], breakdown):
                # nor is a crop that is named
                continue
            if special is not None and not self._says(own, topic.unless):
                return special[0], self._known(special[0], breakdown) | special[1]
        return code, breakdown

    def _is_left(self, hit: Hit[int], own: tuple[int, int]) -> bool:
        """Whether a list has gone on from an item of a topic to one that is said to be of none.

        ("Ngân hàng CSXH cho vay 60 tỷ đồng; Ngân hàng Nông nghiệp cho 968 hộ vay, dư nợ 102 tỷ đồng")
        """
        folded = self._context.folded
        item = folded.rfind(";", hit.end, own[0])
        return item >= 0 and any(word in folded[item : own[1]] for word in load_topics()[hit.payload].unless)

    def _says(self, own: tuple[int, int], words: Iterable[str]) -> bool:
        """Whether the words of a figure, or those right behind it, hold one of some words."""
        folded = self._context.folded
        behind, *_ = _MARK.split(folded[own[1] : own[1] + _BEHIND], maxsplit=1)
        return any(word in folded[slice(*own)] or word in behind for word in words)

    def _going_on(self, block: Block, sentence: Sentence, end: int) -> set[int]:
        """The topics that the sentences before in a paragraph speak of, and that go on up to `end`."""
        low = max(block.start, sentence.start - _TOPIC_REACH)
        hits = (h for h in self._hits.within(low, sentence.start) if load_topics()[h.payload].goes_on)
        folded = self._context.folded
        return {
            h.payload for h in hits if not any(word in folded[h.end : end] for word in load_topics()[h.payload].unless)
        }

    def names(self, code: str) -> bool:
        """Whether the document names the programme that an indicator is of, if it is of one."""
        known = self._named.get(code)
        if known is None:
            words = load_variants()["needs"].get(code)
            title, folded = self._context.title.folded, self._context.folded
            known = words is None or any(word in title or word in folded for word in words)
            self._named[code] = known
        return known

    def _is_reason(self, end: int, start: int) -> bool:
        """Whether words that begin at `start` are told as the reason, or of a part, of what ends at `end`.

        Or of another item of a list, or of an area that is named anew.
        """
        told = self._context.folded[end:start]
        return PART in told or ";" in told or any(each.search(told) is not None for each in (_REASON, _AREA_ANEW))

    def _known(self, code: str, breakdown: Breakdown) -> Breakdown:
        """What an indicator knows of the categories of another one."""
        indicator = self._catalogue.get(code)
        allowed = indicator.breakdowns if indicator is not None else {}
        return {key: value for key, value in breakdown.items() if value in allowed.get(key, ())}


def _last_spoken(codes: Iterable[str], recent: Sequence[str]) -> int:
    """How late one of some codes was spoken of; -1 where none was."""
    return max((index for index, code in enumerate(recent) if code in codes), default=-1)


def _tells_kind(companion: Companion, link: Link) -> bool:
    """Whether words only say again what the whole before counts, and a companion knows that its kinds have no code."""
    return companion.code == "other" and link.rule in {"pattern", "left"} and link.code in companion.after


def _contains(words: list[str], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(
        tuple(words[i : i + size]) == wanted
        and not (i + size < len(words) and words[i + size] in _OTHER_WORD_AFTER)
        and not (i > 0 and words[i - 1] in _OTHER_WORD_BEFORE)
        for i in range(len(words) - size + 1)
    )


def _is_spoken(hit: Hit[int], end: int) -> bool:
    """Whether a topic stands where it must, with regard to the end of a figure's own words."""
    return load_topics()[hit.payload].spoken != _BEFORE or hit.start < end
