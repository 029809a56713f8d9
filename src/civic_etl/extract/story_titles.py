"""What a title says that a text is about, where that is no place: one person, one work, one ceremony."""

import re

from civic_etl.extract.story_words import DATA, SUBJECT, pattern, words

_OFFICIAL, _TITLED, _WORK = words("official"), words("titled"), words("work")
_SEVERAL, _MEDALS_GIVEN = pattern("several"), pattern("medals_given")
_REPORT = re.compile("|".join(DATA["report_title"]))


def is_of_person(title: str) -> bool:
    """Whether a title names a private person as what the text is about."""
    if _OFFICIAL.search(title):
        return False
    return SUBJECT.search(title) is not None or _TITLED.search(title) is not None


def is_of_work(title: str) -> bool:
    """Whether a title names one work or one firm as what the text is about."""
    return _WORK.search(title) is not None and _SEVERAL.search(title) is None


def gives_medals(title: str) -> bool:
    """Whether a title tells of one day on which a party gave its medals."""
    return _MEDALS_GIVEN.search(title) is not None


def reports(title: str) -> bool:
    """Whether a title speaks of results or plans of a place."""
    return _REPORT.search(title) is not None
