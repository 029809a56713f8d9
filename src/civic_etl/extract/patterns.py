"""The regular expressions of the data files."""

from functools import cache

from civic_etl.extract.lexicon import read_data
from civic_etl.pattern import Pattern


@cache
def patterns(name: str) -> dict[str, Pattern]:
    """The patterns of a data file by their keys; where a key has a list, any one of it matches. They are shared."""
    return {key: _compiled(entry) for key, entry in read_data(name).items()}


def compiled(name: str, key: str) -> Pattern:
    """One pattern of a data file that holds other things too."""
    return _compiled(read_data(name)[key])


def _compiled(entry: str | list[str]) -> Pattern:
    return Pattern(entry if isinstance(entry, str) else "|".join(entry))
