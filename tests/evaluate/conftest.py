"""Gold sets on disk."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .makers import ROWS, TEXT


@pytest.fixture
def write_set(tmp_path: Path) -> Callable[..., Path]:
    """Writes a gold set to a folder and returns it; its one article is `TEXT`."""

    def write(rows: list[dict[str, object]] = ROWS, role: str = "develop", name: str = "half") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        document = {"doc_id": "one", "title": "", "url": "", "published": "2020-01-05", "text": TEXT}
        files: dict[str, list[dict[str, object]]] = {
            "docs.jsonl": [document],
            "gold.jsonl": rows,
            "gold_offices.jsonl": [],
            "gold_events.jsonl": [],
        }
        for file, lines in files.items():
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "set.yaml").write_text(f"title: a set\nrole: {role}\n", encoding="utf-8")
        return folder

    return write
