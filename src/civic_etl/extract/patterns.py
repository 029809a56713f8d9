"""The regular expressions of a data file."""

import re

from civic_etl.extract.lexicon import read_data


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a data file by their keys, compiled; where a key has a list, any one of it matches."""
    return {
        key: re.compile(entry if isinstance(entry, str) else "|".join(entry)) for key, entry in read_data(name).items()
    }
