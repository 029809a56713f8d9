"""Lists of nouns that one figure counts: the comma between them ends no clause."""

import re

from civic_etl.extract.lexicon import read_data

_NOUNS = "|".join(read_data("listed_nouns.yaml"))
_ITS_FIGURE = r" ?:? ?(?:có |là |đạt |còn |chiếm )?(?:trên |gần |hơn |khoảng )?\d"

NOUN_LISTED: re.Pattern[str] = re.compile(rf"(?:{_NOUNS})\b(?!{_ITS_FIGURE})")
"""A noun that goes on a list behind a comma ("100% thôn, bản có nhà văn hóa"), not the name of the next figure."""


def find_comma(folded: str, start: int, end: int) -> int:
    """The first comma in [start, end) that no noun of a list follows; -1 without one.

    Where no noun stands before a comma there is no list that goes on ("công nghiệp chiếm 56%, khu vực dịch vụ 31%").
    """
    at = folded.find(",", start, end)
    if at >= 0 and not folded[start:at].strip():
        return at
    while at >= 0 and NOUN_LISTED.match(folded, at + 2):
        at = folded.find(",", at + 1, end)
    return at
