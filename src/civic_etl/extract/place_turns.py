"""Whether a document tells of several units of one level one by one, each for some paragraphs."""

import re
from itertools import pairwise

from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import is_list
from civic_etl.vietnamese.fold import fold_same_length

_OF_SEVERAL, _ADVERBIAL = (patterns("places.yaml")[key] for key in ("of_several", "adverbial"))
_MARK = re.compile(r"[^\w\n]*")
# a paragraph names the place that it is about so near its beginning, or behind what says when
_REACH = 70


def tells_of_several(names: PlaceNames) -> bool:
    """Whether the title names several units of one level, or speaks of "nhiều xã", and paragraphs open with some."""
    folded = fold_same_length(names.title)
    if any(is_list(folded, *pair) for pair in pairwise(names.in_title)):
        return True
    return _OF_SEVERAL.search(folded) is not None and bool(_levels_in_turn(names))


def tells_in_turn(names: PlaceNames, level: int) -> bool:
    """Whether paragraphs open with several units of a level, the article's own, none of which the title names."""
    return not any(s.level >= level for s in names.in_title) and level in _levels_in_turn(names)


def _levels_in_turn(names: PlaceNames) -> set[int]:
    """The levels of which several paragraphs begin each with another unit."""
    told = set[tuple[int, str]]()
    for span in names.spans:
        if span.anaphor:
            continue
        line = names.line_start(span.start)
        if span.start - _subject_start(names.folded, line) <= _REACH and not names.between(line, span.start):
            told.add((span.level, span.full_name))
    levels = [level for level, _ in told]
    return {level for level in levels if levels.count(level) > 1}


def _subject_start(folded: str, line: int) -> int:
    """Where the subject of a line may begin: behind its mark and what says when."""
    opened = _MARK.match(folded, line)
    start = opened.end() if opened is not None else line
    adverbial = _ADVERBIAL.match(folded, start)
    return adverbial.end() if adverbial is not None else start
