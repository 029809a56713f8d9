"""The best one-to-one matching of two sides whose pairs have weights."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)
_TINY = 1e-9
Weights = Mapping[Left, Mapping[Right, float]]


def best_matching(weights: Weights[Left, Right]) -> dict[Left, Right]:
    """Pairs of the largest total weight; what has no positive weight stays alone.

    Grows the matching by the augmenting path of the largest gain (Bellman-Ford over the left side) until none gains.
    Deterministic: ties fall to what was named first.
    """
    owner: dict[Right, Left] = {}
    pairs: dict[Left, Right] = {}
    while True:
        gain, came_by, last = _best_path(weights, pairs, owner)
        if last is None or gain <= _TINY:
            return pairs
        right: Right | None = last
        while right is not None:
            left = came_by[right]
            freed = pairs.get(left)
            pairs[left], owner[right] = right, left
            right = freed


def _best_path(
    weights: Weights[Left, Right], pairs: dict[Left, Right], owner: dict[Right, Left]
) -> tuple[float, dict[Right, Left], Right | None]:
    """The gain of the best augmenting path, by which left each right is reached, and the free right it ends at."""
    reach: dict[Left, float] = {left: 0.0 for left in weights if left not in pairs}
    gains: dict[Right, float] = {}
    came_by: dict[Right, Left] = {}
    open_lefts = list(reach)
    while open_lefts:
        following: list[Left] = []
        for left in open_lefts:
            for right, weight in weights[left].items():
                gain = reach[left] + weight
                known = right in gains and gain <= gains[right] + _TINY
                if weight <= 0 or pairs.get(left) == right or known:
                    continue
                gains[right], came_by[right] = gain, left
                holder = owner.get(right)
                if holder is not None:
                    reach[holder] = gain - weights[holder][right]
                    following.append(holder)
        open_lefts = list(dict.fromkeys(following))
    free = [right for right in gains if right not in owner]
    if not free:
        return 0.0, came_by, None
    best = max(free, key=lambda right: gains[right])
    return gains[best], came_by, best
