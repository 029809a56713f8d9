"""The patterns by which figures are told that are no facts of a place."""

import re

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.pattern import Pattern

DATA = read_data("stories.yaml")
"""What `stories.yaml` holds."""
SUBJECT = re.compile(
    rf"(?:^|[,;:“”\"(]\s*|\d{{4}} |\b(?:{'|'.join(DATA['before_subject'])}) )(?:{'|'.join(DATA['persons'])})(?!\w)"
)
"""A person as the subject of a clause."""


def words(*keys: str) -> Pattern:
    """Any of the words of some keys, whole; one look behind for all lets the search pass over the insides of words."""
    return Pattern(rf"(?<!\w)(?:{'|'.join(word for key in keys for word in DATA[key])})")


def pattern(key: str) -> Pattern:
    """The one pattern of a key."""
    return compiled("stories.yaml", key)
