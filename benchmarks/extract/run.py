"""Extraction's speed, as a ratio to two floors in the same run: finding every number, and splitting Vietnamese words.

Run `python benchmarks/extract/run.py`; it prints markdown. The articles are the annotated ones of tests/gold. The
floors do a small part of the work: `scan_numbers` alone, and a word segmenter where it is installed (`pip install
underthesea`).
"""

import json
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document
from civic_etl.vietnamese import scan_numbers

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
REPEATS = 5


def articles() -> list[Document]:
    """The annotated articles of this checkout."""
    found: list[Document] = []
    for path in sorted(GOLD.glob("*/docs.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            published = date.fromisoformat(row["published"]) if row.get("published") else None
            found.append(
                Document(row["doc_id"], row["text"], row.get("title") or "", "", published, row.get("site_area"))
            )
    return found


def processor_seconds(work: Callable[[Document], object], documents: list[Document]) -> float:
    """Processor seconds for all documents, the median of some rounds; the first round warms up and does not count."""
    rounds: list[float] = []
    for _ in range(REPEATS + 1):
        start = time.process_time()
        for document in documents:
            work(document)
        rounds.append(time.process_time() - start)
    return median(rounds[1:])


def contenders() -> dict[str, Callable[[Document], object]]:
    """Extraction and its floors."""
    found: dict[str, Callable[[Document], object]] = {
        "civic-etl extract": extract,
        "floor: scan_numbers": lambda document: scan_numbers(document.text),
    }
    try:
        segment = import_module("underthesea").word_tokenize
    except ImportError:
        return found
    return found | {"floor: underthesea.word_tokenize": lambda document: segment(document.text)}


def main() -> None:
    """Print the table."""
    documents = articles()
    words = sum(len(document.text.split()) for document in documents)
    figures = sum(len(extract(document).observations) for document in documents)
    print(
        f"{len(documents)} articles, {words / len(documents):.0f} words, {figures / len(documents):.0f} figures each\n"
    )
    taken = {name: processor_seconds(work, documents) for name, work in contenders().items()}
    print("| | articles a processor second | time against extraction |\n| --- | ---: | ---: |")
    for name, seconds in taken.items():
        print(f"| {name} | {len(documents) / seconds:.0f} | {seconds / taken['civic-etl extract']:.2f} |")


if __name__ == "__main__":
    main()
