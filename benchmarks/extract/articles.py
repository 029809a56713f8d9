"""The articles that extraction is measured on: the annotated ones as they stand, and pages as dense as real ones.

Annotated articles are chosen for their figures: some 35 observations in 400 words. Of 37 real pages of official sites,
396 facts were counted: 11 a page. So a page here is a run of paragraphs of one annotated article with some 11
observations, and as much prose without figures (`prose.txt`) as makes 400 words for every 11 of them.
"""

import json
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

from civic_etl.extract.records import Document

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
WORDS = 400
FACTS = 11
_PROSE = Path(__file__).with_name("prose.txt")


def annotated() -> list[tuple[Document, list[int]]]:
    """The annotated articles of this checkout, each with where its observations start."""
    found: list[tuple[Document, list[int]]] = []
    for path in sorted(GOLD.glob("*/docs.jsonl")):
        starts: dict[str, list[int]] = {}
        for row in _rows(path.with_name("gold.jsonl")):
            starts.setdefault(str(row["doc_id"]), []).append(int(row["char_start"]))
        for row in _rows(path):
            published = date.fromisoformat(row["published"]) if row.get("published") else None
            document = Document(row["doc_id"], row["text"], row.get("title") or "", "", published, row.get("site_area"))
            found.append((document, starts.get(document.doc_id, [])))
    return found


def pages(articles: list[tuple[Document, list[int]]]) -> list[Document]:
    """The same paragraphs, so mixed with prose that 400 words hold 11 observations."""
    prose = cycle(_PROSE.read_text(encoding="utf-8").splitlines())
    found: list[Document] = []
    for document, starts in articles:
        for number, (told, facts) in enumerate(_shared_out(document.text, starts)):
            words = sum(len(paragraph.split()) for paragraph in told)
            while words * FACTS < WORDS * facts:
                told.append(next(prose))
                words += len(told[-1].split())
            found.append(
                Document(
                    f"{document.doc_id}-{number}",
                    "\n\n".join(told),
                    document.title,
                    "",
                    document.published,
                    document.site_area,
                )
            )
    return found


def _shared_out(text: str, starts: list[int]) -> Iterator[tuple[list[str], int]]:
    """The paragraphs of a text, in runs of some 11 observations each, and how many these are."""
    run: list[str] = []
    facts = at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            inside = sum(at <= start < at + len(line) for start in starts)
            if run and facts + inside > FACTS:
                yield run, facts
                run, facts = [], 0
            run.append(line.strip())
            facts += inside
        at += len(line)
    if run:
        yield run, facts


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
