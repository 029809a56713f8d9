"""Who set a plan: a congress, a level of government, the place itself."""

from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.phrases import Hit, PhraseTable
from civic_etl.extract.tokens import TokenLine

_CONGRESS = "congress"
_JOINTS = frozenset({",", "và", "/", "-"})
_SET = frozenset({"giao", "đề", "phân", "thông"})
# tokens of what a level sets a plan by
_PAPERS = frozenset({"nghị", "quyết", "kế", "hoạch", "dự", "toán", "chỉ", "tiêu", "nq", "kh"})
_ENDS = frozenset(",;.)")
_NAME = 4


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
    found: list[Hit[str]] = list(_setters().find(line, after, last))
    if not found:
        return (_CONGRESS,) if "đại hội" in " ".join(line.words[first:after]) else ()
    if any(hit.payload == _CONGRESS for hit in found):
        return (_CONGRESS,)
    behind = line.words[found[-1].last + 1 : last]
    beside = _beside(line, last) if not behind or (len(behind) == 1 and behind[0] in _SET) else []
    return tuple(dict.fromkeys((found[0].payload, *beside)))


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


def setter_in(context: Context, start: int, end: int) -> str:
    """Who set the plan named in a span of the text, "" where it does not say."""
    line = context.line
    hits = list(_setters().find(line, line.at_or_after(start), line.at_or_after(end)))
    return hits[-1].payload if hits else ""
