"""The short forms in which the words of phrases are written ("nông thôn mới", "NTM")."""

from collections.abc import Iterator
from functools import lru_cache

from civic_etl.indicators.lexicon_data import read_lexicon_data


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {str(word): tuple(map(str, forms)) for word, forms in read_lexicon_data("abbreviations.yaml").items()}


def shortened(phrase: str) -> Iterator[str]:
    """The phrase with each of the words it holds written short, one after the other and all together."""
    whole = phrase
    padded = f" {phrase} "
    for word, forms in _short_forms().items():
        if f" {word} " not in padded:
            continue
        for form in forms:
            yield padded.replace(f" {word} ", f" {form} ").strip()
        whole = f" {whole} ".replace(f" {word} ", f" {forms[0]} ").strip()
    if whole != phrase:
        yield whole
