"""Texts that some page or mail broke into lines of one width: their breaks inside sentences are blanks."""

import re

from civic_etl.extract.lexicon import read_data

_LEANING = frozenset(read_data("unwrap.yaml")["leans_on_next"])
# lines of a wrapped text are about so long
_SHORTEST, _LONGEST = 50, 110
_SHARE_OF_FULL = 0.5
_FEWEST_LINES = 4
_BREAK = re.compile(r"\n")
_ENDS = tuple('.;:!?…”"')
_ITEM = re.compile(r"\s*(?:[-+*•–●▪]|\(?\d{1,2}[.)/]|\(?[a-zđ][.)]|[IVX]{1,5}[.)])\s")


def unwrap(text: str) -> str:
    """The text with the breaks inside its sentences turned into blanks; of the same length.

    Only a text most of whose lines are as long as a page is wide is taken for a wrapped one; any other stays as it is.
    """
    if "\n" not in text or not _wrapped(text.split("\n")):
        return text
    return _BREAK.sub(lambda found: " " if _inside(text, found.start()) else "\n", text)


def _wrapped(lines: list[str]) -> bool:
    """Whether lines look cut to one width: none is longer than it, and half of those that end no sentence fill it."""
    told = [len(line.strip()) for line in lines if line.strip()]
    if len(told) < _FEWEST_LINES or max(told) > _LONGEST or any("|" in line or "\t" in line for line in lines):
        return False
    cut = [len(line) for line in map(str.strip, lines) if line and not line.endswith(_ENDS)]
    return sum(length >= _SHORTEST for length in cut) >= len(cut) * _SHARE_OF_FULL


def _inside(text: str, at: int) -> bool:
    """Whether a break stands inside a sentence: the line before it is no end, and the next one no beginning."""
    before = text[text.rfind("\n", 0, at) + 1 : at].strip()
    end = text.find("\n", at + 1)
    after = text[at + 1 : end if end >= 0 else len(text)]
    if not before or not after.strip() or before.endswith(_ENDS) or _ITEM.match(after):
        return False
    joined = after.strip()[0].islower() or before.rpartition(" ")[2] in _LEANING
    return joined or len(before) >= _SHORTEST
