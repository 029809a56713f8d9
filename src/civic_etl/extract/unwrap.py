"""Texts that some page or mail broke into lines of one width: their breaks inside sentences are blanks."""

import re
from itertools import pairwise

from civic_etl.extract.lexicon import read_data

_DATA = read_data("unwrap.yaml")
_LEANING, _ON_NUMBER = frozenset(_DATA["leans_on_next"]), frozenset(_DATA["leans_on_number"])
# lines of a wrapped text are about so long
_SHORTEST, _LONGEST = 50, 110
_SHARE_OF_FULL = 0.5
# ... and has few rows of tables among them
_SHARE_OF_TEXT = 0.7
# ... of a narrow column, and a line that goes on in a text that is not wrapped
_NARROW, _SHORTEST_ALONE = 15, 30
_FEWEST_BREAKS = 6
_FEWEST_LINES = 4
_BREAK = re.compile(r"\n")
_ENDS = tuple('.;:!?…”"')
_ITEM = re.compile(r"\s*(?:[-+*•–●▪]|\(?\d{1,2}[.)/]|\(?[a-zđ][.)]|[IVX]{1,5}[.)])\s")
# ... before one small word and its figure
_CUT_WORD = re.compile(r"\s*[-–] ?[^\W\d_A-ZĐ]\w{0,6} \d")


def unwrap(text: str) -> str:
    """The text with the breaks inside its sentences turned into blanks; of the same length.

    A text most of whose lines are as long as a page is wide is taken for a wrapped one; so is one of narrow columns,
    most of whose lines begin with a small letter. In any other only a line that goes on with a small letter is joined.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    wide = _wrapped(lines)
    shortest = _SHORTEST if wide else _NARROW if _narrow(lines) else None
    return _BREAK.sub(lambda found: " " if _inside(text, found.start(), shortest) else "\n", text)


def _wrapped(lines: list[str]) -> bool:
    """Whether lines look cut to one width: none is longer than it, and half of those that end no sentence fill it.

    Rows of a table and headings in capitals are as long as they are.
    """
    told = [line for line in map(str.strip, lines) if line]
    text = [line for line in told if not _is_row(line)]
    if len(text) < _FEWEST_LINES or len(text) < len(told) * _SHARE_OF_TEXT or max(map(len, text)) > _LONGEST:
        return False
    cut = [len(line) for line in text if not line.endswith(_ENDS) and not line.isupper()]
    return sum(length >= _SHORTEST for length in cut) >= len(cut) * _SHARE_OF_FULL


def _is_row(line: str) -> bool:
    return "|" in line or "\t" in line


def _narrow(lines: list[str]) -> bool:
    """Whether lines are cut to a narrow column: half of the breaks between them stand before a small letter."""
    pairs = [(a.strip(), b.strip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < _FEWEST_BREAKS or max(map(len, lines)) > _LONGEST:
        return False
    return sum(b[0].islower() and not a.endswith(_ENDS) for a, b in pairs) >= len(pairs) * _SHARE_OF_FULL


def _inside(text: str, at: int, shortest: int | None) -> bool:
    """Whether a break stands inside a sentence: the line before it is no end, and the next one no beginning.

    `shortest` is the length of a full line; None where the text is not wrapped.
    """
    before = text[text.rfind("\n", 0, at) + 1 : at].strip()
    end = text.find("\n", at + 1)
    after = text[at + 1 : end if end >= 0 else len(text)]
    if not before or not after.strip() or before.endswith(_ENDS) or _is_row(before) or _is_row(after):
        return False
    if _ITEM.match(after):
        # a dash inside of a word that the page cut ("tôm" above "- lúa 40 ha")
        return shortest == _SHORTEST and len(before) >= shortest and _CUT_WORD.match(after) is not None
    first = after.strip()[0]
    if shortest is None:
        goes_on = first.islower() or (first.isdigit() and _wants_number(before))
        return goes_on and len(before) >= _SHORTEST_ALONE and len(after.strip()) >= _SHORTEST_ALONE
    joined = first.islower() or before.rpartition(" ")[2] in _LEANING
    return joined or (len(before) >= shortest and (shortest == _SHORTEST or first.isdigit()))


def _wants_number(line: str) -> bool:
    """Whether a number must follow a line ("... đạt trên 6,3 tỷ đồng (bằng")."""
    return line.rpartition(" ")[2].lower() in _ON_NUMBER
