"""Files that a run keeps: small ones are replaced in one step, so that a reader sees the old text or the new and never
half of one; a sum in them, or a seal beside them, tells what was written from what became of it on a disk.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SUM = "crc32"


def replace_text(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write `text` as UTF-8 in place of what `path` holds, making its folder; `mode` sets who may read it.

    Raises OSError, with the old text still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    if mode is not None:
        fresh.chmod(mode)
    fresh.replace(path)


def summed(row: Mapping[str, Any], *, indent: int | None = None) -> str:
    """A JSON object as text, with the sum of what it says as its last member."""
    return json.dumps({**row, _SUM: _sum(row)}, ensure_ascii=False, default=str, indent=indent) + "\n"


def from_summed(text: str) -> dict[str, Any]:
    """What `summed` was given. Raises ValueError where it is not that any more; an older text has no sum."""
    row = json.loads(text)
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if row.pop(_SUM, None) not in (None, _sum(row)):
        raise ValueError("it is not what was written")
    return row


def seal_of(path: Path) -> Path:
    """The file beside `path` that has its digest."""
    return path.with_name(f"{path.name}.seal")


def write_seal(path: Path) -> None:
    """Keep the digest of what `path` holds now."""
    replace_text(seal_of(path), summed({"sha256": digest(path)}))


def sealed_digest(path: Path) -> str | None:
    """The digest that was kept of `path`; None where there is none, or it is damaged itself."""
    try:
        return str(from_summed(seal_of(path).read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError):
        return None


def digest(path: Path) -> str | None:
    """What `path` holds, as a digest; None where there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _sum(row: Mapping[str, Any]) -> str:
    plain = json.dumps(dict(row), ensure_ascii=True, default=str, sort_keys=True)
    return f"{zlib.crc32(plain.encode('ascii')):08x}"
