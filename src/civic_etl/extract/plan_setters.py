"""Who set a plan: a congress, a level of government, the place itself."""

from collections.abc import Iterable
from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import Hit, PhraseTable
from civic_etl.extract.tokens import TokenLine

_CONGRESS, _CITY, _DISTRICT = "congress", "city", "district"
# words that only hold the name of a setter ("chỉ tiêu cả nhiệm kỳ")
_NOBODY = "nobody"
# no name of a city
_NO_NAME = frozenset({"giao", "đề", "phân", "thông", "xây", "đã", "và", "năm", "là", "phấn", "trực"})
_JOINTS = frozenset({",", "và", "/", "-"})
_SET = frozenset({"giao", "đề", "phân", "thông"})
# tokens of what a level sets a plan by
_PAPERS = frozenset({"nghị", "quyết", "kế", "hoạch", "dự", "toán", "chỉ", "tiêu", "nq", "kh"})
_ENDS = frozenset(",;.)")
_NAME = 4
# a paper with a number, up to who issued it
_PAPER = compiled("figure_words.yaml", "paper_of")
_PAPER_REACH = 120


@lru_cache(maxsize=1)
def _setters() -> PhraseTable[str]:
    data = read_data("setters.yaml")
    return PhraseTable((phrase, level) for level, phrases in data.items() for phrase in phrases)


def setters_named(context: Context, first: int, after: int, stop: int) -> tuple[str, ...]:
    """Who set the plan that tokens from `first` on name, its own words ending at token `after`.

    The congress goes before all others named up to character `stop`; none where the text does not say, several
    where they set one plan together ("kế hoạch tỉnh, huyện giao").
    """
    line = context.line
    last = line.at_or_after(stop)
    found: list[Hit[str]] = [hit for hit in _setters().find(line, after, last) if hit.payload != _NOBODY]
    if not found:
        return (_CONGRESS,) if "đại hội" in " ".join(line.words[first:after]) else ()
    if any(hit.payload == _CONGRESS for hit in found):
        return (_CONGRESS,)
    behind = line.words[found[-1].last + 1 : last]
    beside = _beside(line, last) if not behind or (len(behind) == 1 and behind[0] in _SET) else []
    return tuple(dict.fromkeys((_DISTRICT if _is_city_by_name(line, found[0], last) else found[0].payload, *beside)))


def _is_city_by_name(line: TokenLine, hit: Hit[str], last: int) -> bool:
    """Whether a city that set a plan is called by its name ("dự toán thành phố Vũng Tàu giao"): it is in a province."""
    if hit.payload != _CITY or hit.last + 1 >= last or line.words[hit.last + 1] in _NO_NAME:
        return False
    return any(word in _SET for word in line.words[hit.last + 2 : min(hit.last + 2 + _NAME, last)])


def _beside(line: TokenLine, index: int) -> list[str]:
    """Those who set the plan with the one that ends right before a token: joined to it, and then the verb.

    ("tỉnh, huyện giao"; a paper of their own needs none: "thị xã giao và nghị quyết HĐND phường")
    """
    words, levels, is_named = line.words, list[str](), False
    while index + 1 < len(words) and words[index] in _JOINTS:
        index += 1
        named = index
        while index < len(words) and words[index] in _PAPERS:
            index += 1
        is_named = index > named
        found = _setters().longest_at(words, index, index + _NAME) if index < len(words) else None
        if found is None:
            return []
        index, level = found
        levels.append(level)
    if index >= len(words) or words[index] in _SET or (is_named and words[index] in _ENDS):
        return levels
    return []


def setter_of_paper(context: Context, start: int, ceiling: int) -> tuple[str, ...]:
    """Who issued the paper, named by its number, that a plan is told in; none where no such paper stands behind it.

    ("chỉ tiêu đề ra tại Nghị quyết số 03-NQ/TU ngày 10/12 của Tỉnh ủy")
    """
    paper = _PAPER.match(context.folded, start, min(start + _PAPER_REACH, ceiling))
    if paper is None:
        return ()
    line = context.line
    index = line.at_or_after(paper.end())
    found = _setters().longest_at(line.words, index, index + _NAME) if index < len(line.words) else None
    return (found[1],) if found is not None and found[1] else ()


def setter_in(context: Context, start: int, end: int) -> str:
    """Who set the plan named in a span of the text, "" where it does not say."""
    line = context.line
    return _last(_setters().find(line, line.at_or_after(start), line.at_or_after(end)))


def setter_told(words: str) -> str:
    """Who set the plan that a head of a table names, "" where it does not say ("Dự toán Trung ương giao")."""
    return _last(_setters().find(TokenLine(words)))


def _last(found: Iterable[Hit[str]]) -> str:
    hits = [hit for hit in found if hit.payload != _NOBODY]
    return hits[-1].payload if hits else ""
