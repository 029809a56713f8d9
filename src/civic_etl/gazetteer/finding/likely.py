"""Whether words may be the name of a unit at all: spares looking for one in those of a title that are none."""

from civic_etl.gazetteer.finding.lexicon import lexicon
from civic_etl.gazetteer.finding.loose import loose_key, loose_names
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import TOKEN, token_keys
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, PROVINCE
from civic_etl.vietnamese.fold import fold


def may_name(gazetteer: Gazetteer, words: str) -> bool:
    """Whether a place of the table can be found that ends with some words: by its name, a type or a short form."""
    keys = token_keys(TOKEN.findall(fold(words)))
    known = lexicon()
    if any(key in known.openers or key in known.names for key in keys):
        return True
    if any(" ".join(keys[first:]) in gazetteer.names for first in range(len(keys))):
        return True
    loose, names = loose_key("".join(keys)), loose_names(gazetteer)
    return any((level, loose) in names for level in (PROVINCE, DISTRICT, COMMUNE))
