"""Clusters: the connected components of the succession graph, for users who want areas that are never split."""

from collections.abc import Iterable


def clusters(unit_ids: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The cluster of each unit: the smallest unit id of its connected component."""
    root = {unit: unit for unit in unit_ids}

    def find(unit: str) -> str:
        while root[unit] != unit:
            root[unit] = root[root[unit]]
            unit = root[unit]
        return unit

    for one, other in edges:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return {unit: find(unit) for unit in root}
