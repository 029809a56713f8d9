"""Read source descriptions; every fault names file, line and key."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from civic_etl.errors import SourceError
from civic_etl.sources.model import MisplacedError, Source

SITES = Path(__file__).parent / "sites"


def load_sources(dirs: Iterable[Path] = (), *, packaged: bool = True) -> dict[str, Source]:
    """Sources by name: those of the package, then those of `dirs`, where a later description of a name replaces an
    earlier.

    Raises SourceError for a missing folder, a malformed file, or two files of one folder with the same name.
    """
    sources: dict[str, Source] = {}
    for folder in [*([SITES] if packaged else []), *dirs]:
        if not folder.is_dir():
            raise SourceError("folder of source descriptions does not exist", file=str(folder), field="sources_dir")
        seen: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml")):
            source = load_source(path)
            if source.name in seen:
                raise SourceError(f"source {source.name!r} is described twice", file=str(path), row=1, field="name")
            seen[source.name] = path
            sources[source.name] = source
    return sources


def load_source(path: Path) -> Source:
    """One description. Raises SourceError with `file`, `row` (line) and `field` (dotted key)."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", file=str(path)) from error
    return parse_source(text, file=str(path))


def parse_source(text: str, *, file: str = "<text>") -> Source:
    """A description given as YAML text; errors as for `load_source`."""
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise SourceError(f"not YAML: {problem}", file=file, row=mark.line + 1 if mark else None) from error
    if not isinstance(node, yaml.MappingNode):
        raise SourceError("a source description is a mapping of keys", file=file, row=1)
    for key, line in _repeated(node):
        raise SourceError("key is given twice", file=file, row=line, field=key)
    try:
        return Source.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        cause = first.get("ctx", {}).get("error")
        inner = cause.loc if isinstance(cause, MisplacedError) else ()
        field, line = _locate(node, [*first["loc"], *inner])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        message = first["msg"].removeprefix("Value error, ") + more
        raise SourceError(message, file=file, row=line, field=field) from error


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves dates to the model, which says where one is impossible; YAML's own reading of them only fails."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _locate(node: yaml.Node, loc: list[str | int]) -> tuple[str, int]:
    """The dotted key of a pydantic location that exists in the document, and its line."""
    line = node.start_mark.line + 1
    walked: list[str] = []
    for part in loc:
        child, mark = _child(node, part)
        walked.append(str(part))
        if mark is not None:
            line = mark + 1
        if child is None:
            # A single index mapping stands for a list of one; pydantic then counts an item the file does not show.
            if part == 0 and isinstance(node, yaml.MappingNode):
                walked.pop()
                continue
            if not isinstance(part, str):
                break
            continue
        node = child
    return ".".join(walked) or "(whole file)", line


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node | None, int | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark.line
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item, item.start_mark.line
    return None, None


def _repeated(node: Any, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Keys that stand twice in one mapping: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield prefix + key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated(value, f"{prefix}{key.value}.")
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _repeated(item, f"{prefix}{position}.")
