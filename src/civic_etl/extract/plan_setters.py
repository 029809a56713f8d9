"""Who set a plan: a congress, a level of government, the place itself."""

from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.phrases import Hit, PhraseTable

_CONGRESS = "congress"


@lru_cache(maxsize=1)
def _setters() -> PhraseTable[str]:
    data = read_data("setters.yaml")
    return PhraseTable((phrase, level) for level, phrases in data.items() for phrase in phrases)


def setter_named(context: Context, first: int, after: int, stop: int) -> str:
    """Who set the plan that tokens from `first` on name, its own words ending at token `after`.

    The congress goes before all others named up to character `stop`; "" where the text does not say.
    """
    line = context.line
    found: list[Hit[str]] = list(_setters().find(line, after, line.at_or_after(stop)))
    if not found:
        return _CONGRESS if "đại hội" in " ".join(line.words[first:after]) else ""
    return _CONGRESS if any(hit.payload == _CONGRESS for hit in found) else found[0].payload


def setter_in(context: Context, start: int, end: int) -> str:
    """Who set the plan named in a span of the text, "" where it does not say."""
    line = context.line
    hits = list(_setters().find(line, line.at_or_after(start), line.at_or_after(end)))
    return hits[-1].payload if hits else ""
