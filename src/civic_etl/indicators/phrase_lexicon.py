"""The phrases that name indicators."""

from collections.abc import Iterable, Iterator
from typing import Any

from civic_etl.indicators.abbreviations import shortened
from civic_etl.indicators.catalogue import Catalogue
from civic_etl.indicators.families import expand
from civic_etl.indicators.lexicon_data import DECOY, read_lexicon_data, require_code
from civic_etl.vietnamese.short_words import spelled_out

_COUNT_HEADS = ("tổng số", "số", "tỷ lệ")
_OPENING, _MEASURED = "có", ("diện tích ", "tổng diện tích ", "giá trị ")


def read_phrases(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Each phrase with its codes; CatalogueError where a code is none of the catalogue."""
    found: dict[str, list[str]] = {}
    for code, words in read_lexicon_data("phrases.yaml").items():
        require_code(catalogue, code, "phrases.yaml")
        _add(found, code, map(str, words))
    for code, indicator in catalogue.indicators.items():
        _add(found, code, indicator.synonyms_vi)
    families = read_lexicon_data("families.yaml")
    for code, templates in families["phrases"].items():
        require_code(catalogue, code, "families.yaml")
        _add(found, code, _expanded(families, templates))
    for word in (*map(str, read_lexicon_data("decoys.yaml")), *_expanded(families, families["decoys"])):
        found[spelled_out(word)] = [DECOY]
    _add(found, DECOY, _expanded(families, families["rates_only"]))
    for word in map(spelled_out, _expanded(families, families["hidden"])):
        found.setdefault(word, [])
    _add_counted(found)
    for word, codes in list(found.items()):
        for short in shortened(word):
            found.setdefault(short, codes)
    return {word: tuple(codes) for word, codes in found.items()}


def _add(found: dict[str, list[str]], code: str, words: Iterable[str]) -> None:
    for word in map(spelled_out, words):
        codes = found.setdefault(word, [])
        if code not in codes:
            codes.append(code)


def _add_counted(found: dict[str, list[str]]) -> None:
    """Phrases also behind the heads of their noun: "số hộ" would hide "hộ khá giàu" in "số hộ khá giàu"."""
    heads: dict[str, list[str]] = {}
    for word in found:
        for head in _COUNT_HEADS:
            noun = word.removeprefix(head + " ")
            if noun != word and noun in found:
                heads.setdefault(noun, []).append(head)
    for word in list(found):
        if word.startswith(_MEASURED):
            found.setdefault(f"{_OPENING} {word}", list(found[word]))
    for word in list(found):
        parts = word.split()
        nouns = (" ".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))
        noun = next((noun for noun in nouns if noun in heads), "")
        for head in heads.get(noun, ()):
            found.setdefault(f"{head} {word}", list(found[word]))


def _expanded(families: dict[str, Any], templates: list[str]) -> Iterator[str]:
    for template in templates:
        yield from expand(str(template), families["words"], "families.yaml")
