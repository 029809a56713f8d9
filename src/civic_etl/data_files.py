"""YAML data files, read with the fast loader."""

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """The content of a YAML text; yaml.YAMLError where it is malformed."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones


def read_yaml_file(path: Path) -> Any:
    """The content of a YAML file; OSError or yaml.YAMLError where it cannot be read."""
    return read_yaml(path.read_text(encoding="utf-8"))
