"""Extraction's speed against its floors and a peer that only tags names, and how it grows with the text.

    python benchmarks/extract/run.py [--rounds 3] [--articles N]

It prints markdown. The pages are as dense in figures as real ones; the annotated articles of tests/gold are three times
as dense. Both are counted as articles of 400 words. Contenders take turns, medians of processor seconds count.
`underthesea`, where installed, is given the same text sentence by sentence.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from itertools import cycle, islice
from statistics import median

from articles import WORDS, annotated, pages

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document
from civic_etl.vietnamese import scan_numbers, split_sentences

PEER_SECONDS = 10.0
# After a text that took longer than this no larger one is tried, and its row says so.
LONG_SECONDS = 20.0
MEGABYTES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Work = Callable[[Document], object]


def seconds(work: Work, documents: list[Document]) -> float:
    """Processor seconds for all documents once."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def contenders(documents: list[Document]) -> dict[str, Work]:
    """Extraction, its floors, and the peer where it works."""
    found: dict[str, Work] = {
        "civic-etl extract": extract,
        "floor: regex for numbers": lambda document: _NUMBER.findall(document.text),
        "floor: scan_numbers": lambda document: scan_numbers(document.text),
    }
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        ner = import_module("underthesea").ner
        ner("Phường Hải Châu thu 9 tỷ đồng.")
    except Exception as error:  # whatever a peer fails with, it is left out and said so
        print(f"underthesea's NER was left out: {type(error).__name__} (models are not downloaded for it).\n")
        return found
    sentences = {id(d): [d.text[a:b] for a, b in split_sentences(d.text)] for d in documents}
    return found | {"underthesea.ner": lambda document: [ner(sentence) for sentence in sentences[id(document)]]}


def speed(title: str, documents: list[Document], rounds: int) -> None:
    """The table of contenders; one that is slow gets fewer rounds, which its row tells."""
    words = sum(len(document.text.split()) for document in documents)
    sentences = sum(len(split_sentences(document.text)) for document in documents)
    works = contenders(documents)
    for work in works.values():
        seconds(work, documents[:5])
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            if sum(taken[name]) < PEER_SECONDS:
                taken[name].append(seconds(work, documents))
    ours = median(taken["civic-etl extract"])
    facts = sum(len(extract(document).observations) for document in documents)
    dense = f"{facts * WORDS / words:.0f} observations in {WORDS} words"
    print(f"# {title}: {len(documents)}, {words} words, {sentences} sentences, {dense}\n")
    print("| | rounds | articles of 400 words/s/core | sentences/s/core | time against extract |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, rows in taken.items():
        took = median(rows)
        print(
            f"| {name} | {len(rows)} | {words / WORDS / took:.0f} | {sentences / took:.0f} | {took / ours:.3g} |",
            flush=True,
        )


def growth(title: str, unit: str, texts: list[tuple[float, str]], rounds: int) -> None:
    """Seconds for texts of growing size; what would take too long by the last one is left out, and said."""
    print(f"\n# {title}\n\n| {unit} | CPU s | CPU s a unit, against the first |\n| ---: | ---: | ---: |")
    first, last = 0.0, 0.0
    for size, text in texts:
        if last > LONG_SECONDS:
            print(f"| {size:g} | not run: the last one took {last:.0f} s | |")
            continue
        document = Document("long", text, "", "", date(2021, 1, 25), None)
        last = median(seconds(extract, [document]) for _ in range(rounds))
        first = first or last / size
        print(f"| {size:g} | {last:.2f} | {last / size / first:.2f} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, help="only so many, and no long texts")
    given = parser.parse_args()
    articles = annotated()[: given.articles]
    documents = [document for document, _ in articles]
    speed("Pages as dense in figures as real ones", pages(articles)[: given.articles], given.rounds)
    print()
    speed("Annotated articles", documents, given.rounds)
    if given.articles:
        return
    sys.stdout.flush()
    lines = [line for document in documents for line in document.text.splitlines() if line.strip()]
    base = 200
    texts = [(float(k), "\n".join(islice(cycle(lines), base * k))) for k in (1, 2, 4)]
    growth(f"One long text: {len(texts[0][1].split())} words, twice and four times that", "times", texts, given.rounds)
    digits = "1,234,567,89,0,"
    pathological = [(size, (digits * int(size * 1e6 / len(digits) + 1))[: int(size * 1e6)]) for size in MEGABYTES]
    growth("A text of digits and commas", "MB", pathological, 1)


if __name__ == "__main__":
    main()
