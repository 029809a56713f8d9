"""Things listed one after another with only joints between them ("A, B và C")."""

from collections.abc import Iterable
from typing import TypeVar

from civic_etl.pattern import Pattern

Value = TypeVar("Value")
Item = tuple[int, int, Value]
"""Something named in a text: where it starts and ends, and what it stands for."""


def joined_back(
    folded: str, items: Iterable[Item[Value]], joint: Pattern, start: int | None = None
) -> list[Item[Value]]:
    """The items, given and told nearest first, up to the first that no joint links to the one behind it.

    `start` is where what the nearest must be joined to begins; without it the nearest opens the list.
    """
    run: list[Item[Value]] = []
    following = start
    for item in items:
        if following is not None and joint.fullmatch(folded, item[1], following) is None:
            break
        run.append(item)
        following = item[0]
    return run
