"""Schools whose classes and pupils a sentence tells: parts of the commune, by their names."""

from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames

_NAMED, _HOLDS = (patterns("places.yaml")[key] for key in ("school", "school_holds"))
_OF_SCHOOL = frozenset({"students", "classes"})
# so far before a figure its school is named
_REACH = 160
# how a text speaks of the school that its title names
_THE_SCHOOL = "nhà trường"


def school_of_page(title: str, folded: str) -> str:
    """The school that an article is about: the one that its title begins with, of which the text goes on to speak.

    "" for any other article. ("Trường Tiểu học Kim Đồng tổng kết năm học")
    """
    named = _NAMED.match(title)
    return " ".join(named[0].split()) if named is not None and _THE_SCHOOL in folded else ""


def school_of(names: PlaceNames, code: str, sentence: Sentence, position: int) -> str:
    """The name of the school that a figure is of, as it is written; "" for none.

    ("Trường Tiểu học Kim Đồng có 24 lớp với 812 học sinh")
    """
    start = max(sentence.start, position - _REACH)
    if code not in _OF_SCHOOL or names.folded.find("trường", start, position) < 0:
        return ""
    named = list(_NAMED.finditer(names.text, start, position))
    if not named or _HOLDS.fullmatch(names.folded, named[-1].end(), position) is None:
        return ""
    return " ".join(named[-1][0].split())
