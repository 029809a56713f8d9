"""Names that a sentence says to be units: `Vũ Lễ là xã thuần nông`, `Phú Đình, một xã vùng cao`."""

from bisect import bisect_left

from civic_etl.gazetteer.finding.lexicon import Lexicon
from civic_etl.gazetteer.finding.tokens import Tokens


def is_called_unit(tokens: Tokens, lexicon: Lexicon, last: int) -> bool:
    """Whether what follows a name that ends before token `last` says that it is a unit of some type."""
    telling = lexicon.is_called.match(tokens.folded, tokens.ends[last - 1])
    if telling is None:
        return False
    at = bisect_left(tokens.starts, telling.end())
    return at < tokens.size and tokens.keys[at] in lexicon.types
