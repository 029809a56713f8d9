"""YAML files that people write by hand: every value as it is written, and the line that it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from civic_etl.errors import CivicEtlError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEPT_TAGS = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")

Model = TypeVar("Model", bound=BaseModel)


class _AsWritten(_LOADER):  # type: ignore[misc, valid-type]
    """Numbers, dates and words like `no` stay text, so that no digit and no word changes on the way."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, form) for tag, form in resolvers if tag in _KEPT_TAGS]
        for first, resolvers in _LOADER.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """The content of a file; a place in it is the keys and positions that lead there, such as `(3, "period")`.

    Problems are raised as `kind` with the file and the line.
    """

    file: Path
    content: Any
    kind: type[CivicEtlError]
    root: yaml.Node | None

    def line(self, *place: str | int) -> int:
        """The line (from 1) of a place, or of the nearest one around it where the file does not have it."""
        node, line = self.root, 1 if self.root is None else self.root.start_mark.line + 1
        for step in place:
            found = None if node is None else _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def problem(self, message: str, *place: str | int) -> CivicEtlError:
        """What is wrong at a place, to be raised."""
        names = [str(step) for step in place if isinstance(step, str)]
        return self.kind(message, file=str(self.file), row=self.line(*place), field=".".join(names) or None)

    def fit(self, model: type[Model], content: Any, *place: str | int) -> Model:
        """`content`, which stands at `place`, as a record; the problem raised is the first thing that does not fit."""
        try:
            return model.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            where = tuple(step for step in first["loc"] if step != "[key]")
            raise self.problem(_words(first, model), *place, *where) from error


def read_lined(file: Path, kind: type[CivicEtlError]) -> LinedYaml:
    """Read a file; raises `kind` with file and line where it is no YAML, or where a mapping has a key twice."""
    try:
        loader = _AsWritten(file.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        raise kind(f"this is no YAML: {error.problem}", file=str(file), row=row) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise kind(f"the file cannot be read: {error}", file=str(file)) from error
    for key in _keys_given_twice(root):
        raise kind(f"the key {key.value!r} is given twice", file=str(file), row=key.start_mark.line + 1)
    return LinedYaml(file, content, kind, root)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    """What lies one step further in, and its line: of the key in a mapping, of the item in a list."""
    if isinstance(node, yaml.MappingNode):
        return next(((value, key.start_mark.line + 1) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item, item.start_mark.line + 1
    return None


def _keys_given_twice(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Keys that their mapping had before; a node that is referred to again is looked at once."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen or not isinstance(node, yaml.CollectionNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
            continue
        waiting += [value for _, value in node.value]
        names = set()
        for key, _ in node.value:
            if key.value in names:
                yield key
            names.add(key.value)


def _words(error: Any, model: type[BaseModel]) -> str:
    key = error["loc"][-1] if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"unknown key {key!r}, known are {', '.join(model.model_fields)}"
    if error["type"] == "missing":
        return f"the key {key!r} is missing"
    if error["type"] == "model_type":
        return "this is no mapping of names to values"
    return str(error["msg"]).removeprefix("Value error, ")
