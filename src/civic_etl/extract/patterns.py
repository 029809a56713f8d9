"""The regular expressions of the data files."""

import re

from civic_etl.extract.lexicon import read_data


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a data file by their keys, compiled; where a key has a list, any one of it matches."""
    return {key: _compiled(entry) for key, entry in read_data(name).items()}


def compiled(name: str, key: str) -> re.Pattern[str]:
    """One pattern of a data file that holds other things too."""
    return _compiled(read_data(name)[key])


def _compiled(entry: str | list[str]) -> re.Pattern[str]:
    return re.compile(entry if isinstance(entry, str) else "|".join(entry))
