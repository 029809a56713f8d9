"""What a title says that a text is about, where that is no place: one person, one work, one ceremony."""

import re

from civic_etl.extract.story_words import DATA, SUBJECT, pattern, words

_OFFICIAL, _TITLED = words("official"), words("titled")
# one work, one accident or crime: where the title tells of no more than one
_ONE = tuple(words(key) for key in ("work", "harm"))
_OTHER = tuple(words(key) for key in ("notice", "trip", "feast"))
_SEVERAL, _MEDALS_GIVEN = pattern("several"), pattern("medals_given")
_REPORT = re.compile("|".join(DATA["report_title"]))


def is_of_person(title: str) -> bool:
    """Whether a title names a private person as what the text is about."""
    if _OFFICIAL.search(title):
        return False
    return SUBJECT.search(title) is not None or _TITLED.search(title) is not None


def is_of_other(title: str) -> bool:
    """Whether a title names one work, one accident, a notice, a journey or a feast as what the text is about."""
    if any(pattern.search(title) is not None for pattern in _OTHER):
        return True
    return _SEVERAL.search(title) is None and any(pattern.search(title) is not None for pattern in _ONE)


def gives_medals(title: str) -> bool:
    """Whether a title tells of one day on which a party gave its medals."""
    return _MEDALS_GIVEN.search(title) is not None


def reports(title: str) -> bool:
    """Whether a title speaks of results or plans of a place."""
    return _REPORT.search(title) is not None
