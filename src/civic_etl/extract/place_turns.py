"""Whether a document tells of several units of one level one by one, each for some paragraphs."""

from itertools import pairwise

from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import is_list
from civic_etl.vietnamese.fold import fold_same_length

_OF_SEVERAL = patterns("places.yaml")["of_several"]


def tells_of_several(names: PlaceNames) -> bool:
    """Whether the title names several units of one level, or speaks of "nhiều xã", "4 địa phương"."""
    folded = fold_same_length(names.title)
    if any(is_list(folded, *pair) for pair in pairwise(names.in_title)):
        return True
    return _OF_SEVERAL.search(folded) is not None
