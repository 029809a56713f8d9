"""Families of wordings: one template with slots for words that wards use in place of one another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from civic_etl.errors import CatalogueError

_SLOT = re.compile(r"<(\w+)>")


def expand(template: str, words: Mapping[str, Sequence[str]], file: str) -> Iterator[str]:
    """Every phrase of a template ("<part> đạt chuẩn văn hóa"), its slots filled from `words`.

    An empty word leaves its slot out. CatalogueError names the `file` and the slot that has no words.
    """
    pieces = _SLOT.split(template)
    for name in pieces[1::2]:
        if name not in words:
            raise CatalogueError(f"<{name}> has no words", file=file, field=template)
    choices = [words[piece] if index % 2 else (piece,) for index, piece in enumerate(pieces)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())
