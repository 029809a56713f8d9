"""Body, title, date and speed on the saved pages of the supported families, against the usual libraries.

`python benchmarks/parse/run.py [--aeb DIR] [--rounds N]` measures all in one run, prints markdown and writes it to
RESULTS.md beside this file. DIR is a checkout of scrapinghub/article-extraction-benchmark (181 pages); without it that
part is left out. Contenders that are not installed are left out. Times are of the processor, one core; every round
reads all pages with every contender in turn, and the median of the rounds counts.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean, median
from time import process_time

from contenders import Read, Reader, contenders, lexbor, trafilatura_text
from scores import shingle_counts, shingle_f1, token_f1

from civic_etl.archive import Page, body_digest

_HERE = Path(__file__).parent
sys.path.insert(0, str(_HERE.parents[1]))
from tests.parse.golden import Golden, goldens  # noqa: E402

_HEAD = """# One run of the parser's benchmark

`python benchmarks/parse/run.py{options}` wrote this file on {today}: {pages} saved pages of {families} families,
{rounds} rounds. The pages are written by this project in the markup of the real systems, and the selectors were
written by the same hands: the share there shows what the families' rules are worth where the markup is as described,
not that no site differs from it. "without its family" forces the generic reader on the same pages. Times are of the
processor, one core.
"""


def main() -> None:
    """Run all parts, print them and write them down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--aeb", type=Path, help="checkout of article-extraction-benchmark")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--print-only", action="store_true", help="leave RESULTS.md as it is")
    chosen = options.parse_args()
    pages = goldens()
    head = _HEAD.format(
        options=" --aeb DIR" if chosen.aeb else "",
        today=date.today(),  # noqa: DTZ011
        pages=len(pages),
        families=len({golden.family for golden in pages}),
        rounds=chosen.rounds,
    )
    parts = [head, quality(pages), speed(pages, chosen.rounds)]
    if chosen.aeb:
        parts.append(public_benchmark(chosen.aeb))
    report = "\n".join(parts)
    print("\n".join(parts[1:]) if chosen.print_only else report)
    if not chosen.print_only:
        (_HERE / "RESULTS.md").write_text(report, encoding="utf-8")


def quality(pages: Sequence[Golden]) -> str:
    """A table of body F1 (mean and least), exact titles and exact days."""
    rows = [
        "## Quality on saved pages",
        "",
        "| reader | body F1 | least | titles | days | wrong days |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    readers: list[tuple[str, Reader]] = [*contenders()]
    readers.insert(1, ("civic-etl, without its family", _generic))
    for name, reader in readers:
        read = [reader(golden.page, golden.family) for golden in pages]
        body = [token_f1(g.expected["text"], r.text) for g, r in zip(pages, read, strict=True)]
        titles = mean(r.title == g.expected["title"] for g, r in zip(pages, read, strict=True))
        days = [(r.day, (g.expected["published"] or "")[:10]) for g, r in zip(pages, read, strict=True)]
        right = mean(found == wanted for found, wanted in days)
        wrong = sum(bool(found) and found != wanted for found, wanted in days)
        rows.append(f"| {name} | {mean(body):.3f} | {min(body):.3f} | {titles:.1%} | {right:.1%} | {wrong} |")
    return "\n".join([*rows, ""])


def speed(pages: Sequence[Golden], rounds: int) -> str:
    """Pages a second and core, everyone on the same pages in the same rounds."""
    readers: list[tuple[str, Reader]] = [
        *contenders(),
        ("trafilatura, text only", trafilatura_text),
        ("floor: lexbor", lexbor),
    ]
    readers.insert(1, ("civic-etl, family not declared", lambda page, _: dict(contenders())["civic-etl"](page, None)))
    taken: dict[str, list[float]] = {name: [] for name, _ in readers}
    for _ in range(rounds):
        for name, reader in readers:
            start = process_time()
            for golden in pages:
                reader(golden.page, golden.family)
            taken[name].append(process_time() - start)
    rates = {name: len(pages) / median(times) for name, times in taken.items()}
    base = max(rate for name, rate in rates.items() if name.startswith("trafilatura"))
    rows = ["## Speed", "", "| reader | pages/s | against trafilatura's best |", "| --- | ---: | ---: |"]
    rows += [f"| {name} | {rate:.0f} | {rate / base:.1f} |" for name, rate in rates.items()]
    return "\n".join([*rows, ""])


def public_benchmark(folder: Path) -> str:
    """Shingle F1 as the benchmark's own `evaluate.py` counts it."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    rows = [
        f"## article-extraction-benchmark, {len(truth)} pages",
        "",
        "| reader | F1 | precision | recall |",
        "| --- | ---: | ---: | ---: |",
    ]
    pages = {key: _public_page(folder, key, row.get("url") or "https://page.example/") for key, row in truth.items()}
    for name, reader in contenders():
        counts = [
            shingle_counts(row.get("articleBody", ""), reader(pages[key], None).text) for key, row in truth.items()
        ]
        score, precision, recall = shingle_f1(counts)
        rows.append(f"| {name} | {score:.4f} | {precision:.4f} | {recall:.4f} |")
    return "\n".join([*rows, ""])


def _public_page(folder: Path, key: str, url: str) -> Page:
    body = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
    return Page(url, 200, (), body, datetime(2020, 1, 1, tzinfo=UTC), body_digest(body))


def _generic(page: Page, family: str | None) -> Read:
    from selectolax.lexbor import LexborHTMLParser

    from civic_etl.parse.dating import date_article
    from civic_etl.parse.fallback import read_generic
    from civic_etl.parse.metadata import read_metadata
    from civic_etl.parse.titles import title_of

    html = page.body.decode("utf-8", "replace")
    tree = LexborHTMLParser(html)
    meta = read_metadata(tree)
    title = title_of("", meta, tree)
    found = read_generic(tree, html, page.url, title, page.fetched_at)
    if found is None:
        return Read(title=title)
    dates = date_article(meta, found.published, [], url=page.url, fetched_at=page.fetched_at)
    return Read(found.prose.text, title, dates.published.date().isoformat() if dates.published else "")


if __name__ == "__main__":
    main()
