"""Speed: loading, and articles of about 400 words."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from statistics import median

from measure import EVE, ROOT, parsed, seconds, table

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import REFORM
from gazetteer.prose import Case

_WORDS = 400
_LOAD = """
import time
from civic_etl.gazetteer.gazetteer import shipped_gazetteer
from civic_etl.gazetteer.finding.finder import Finder
begun = time.process_time()
gazetteer = shipped_gazetteer()
gazetteer.find("Phường Đức Xuân, thành phố Bắc Kạn", None)
print(time.process_time() - begun)
"""


def speed(gazetteer: Gazetteer, cases: Sequence[Case]) -> str:
    """Milliseconds of processor time."""
    runs = [subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True) for _ in range(3)]
    load = min(float(run.stdout) for run in runs)
    words = " ".join(case.text for case in cases if case.day < REFORM and case.group != "spelling").split()
    dense = [" ".join(words[at : at + _WORDS]) for at in range(0, len(words) - _WORDS, _WORDS // 4)]
    articles = _articles()
    per_word = seconds(lambda a: gazetteer.find(a[0], a[1], a[2], a[3]), articles) / _mean_words(articles)
    rows = [
        ("load, tables and word lists, with the first search", f"{load * 1000:.0f}"),
        ("articles of the tests' annotated half, per 400 words", f"{per_word * _WORDS * 1000:.2f}"),
        (
            "400 words with a place in every sentence",
            f"{median(seconds(lambda t: gazetteer.find(t, EVE), [t]) for t in dense) * 1000:.2f}",
        ),
        (
            "vietnamadminunits' parser, once on the same 400 words",
            f"{seconds(lambda t: parsed(t, EVE), dense[:1]) * 1000:.2f}",
        ),
    ]
    return table(("speed", "milliseconds"), rows)


def _articles() -> list[tuple[str, date | None, list[str], str | None]]:
    lines = (ROOT / "tests" / "gold" / "half_a" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    docs = [json.loads(line) for line in lines]
    return [
        (
            doc["text"],
            date.fromisoformat(doc["published"]) if doc["published"] else None,
            [doc["title"] or ""],
            doc["site_area"],
        )
        for doc in docs
    ]


def _mean_words(articles: Sequence[tuple[str, date | None, list[str], str | None]]) -> float:
    return sum(len(text.split()) for text, *_ in articles) / len(articles)
