"""Cases for tests that are kept in YAML: topics with lists of cases, no topic told twice."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: of two topics of one name only the last would be tested."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = next((key for number, key in enumerate(keys) if key in keys[:number]), None)
    if twice is not None:
        raise ValueError(f"{node.start_mark.name}: told twice: {twice}")
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_cases(*paths: Path) -> dict[str, list[Any]]:
    """Topics and their cases of some files. Raises ValueError where a topic is told twice, in one file or two."""
    return _joined((path, _read(path)) for path in paths)


def _read(path: Path) -> dict[str, list[Any]]:
    with path.open(encoding="utf-8") as file:
        return dict(yaml.load(file, Loader=_Loader))  # noqa: S506 - a safe loader


def _joined(files: Iterable[tuple[Path, dict[str, list[Any]]]]) -> dict[str, list[Any]]:
    cases: dict[str, list[Any]] = {}
    for path, topics in files:
        for topic, told in topics.items():
            if topic in cases:
                raise ValueError(f"{path}: told in another file too: {topic}")
            cases[topic] = told
    return cases
