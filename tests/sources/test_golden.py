"""Saved pages read as a person said they should; a page nobody has looked at yet fails."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from civic_etl.archive import Page, body_digest
from civic_etl.pipeline.adding import golden_fields
from civic_etl.pipeline.look import look
from civic_etl.sources import load_sources

GOLDEN = Path(__file__).parent / "golden"


def compare(folder: Path) -> None:
    """Read the saved page again; every field must be the one that was reviewed."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    body = (folder / "page.html").read_bytes()
    page = Page(expected["url"], 200, (), body, datetime.fromisoformat(expected["fetched_at"]), body_digest(body))
    source = load_sources().get(folder.name)
    found = golden_fields(page, look(page, source)[1])
    assert found["article"] == expected["article"]
    assert expected["reviewed"], f"{folder}: compare expected.json with the page, then set `reviewed` to true"


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in GOLDEN.glob("*/page.html")), ids=lambda path: path.name
)
def test_page_reads_as_reviewed(folder: Path) -> None:
    compare(folder)


def test_a_page_that_nobody_looked_at_fails(tmp_path: Path) -> None:
    body = "<html><head><title>Tin - Xã Hạ</title></head><body><h1>Tin</h1><p>Thu ngân sách đạt 9 tỷ đồng.</p></body>"
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    page = Page(
        "https://xaha.example.vn/tin", 200, (), body.encode(), datetime.fromisoformat("2026-03-02T00:00:00Z"), ""
    )
    expected = golden_fields(page, look(page)[1])
    for reviewed, words in ((False, "set `reviewed` to true"), (True, None)):
        (tmp_path / "expected.json").write_text(json.dumps(expected | {"reviewed": reviewed}), encoding="utf-8")
        if words is None:
            compare(tmp_path)
        else:
            with pytest.raises(AssertionError, match=words):
                compare(tmp_path)
