"""Files that are replaced in one step: a reader sees the old text or the new, never half of one."""

from pathlib import Path


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
