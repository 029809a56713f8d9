"""What a night must know of everything it ever fetched, at growing sizes: processor seconds and memory of each list.

    python benchmarks/scale/lists.py [--sizes 30000 300000]

One source with so many archived pages, all of them settled: an archive index, a page ledger and a crawl ledger are
written as a crawl of years would have left them, without the pages themselves. Each question is then asked in a process
of its own; memory is what that process grew by, at its peak.
"""

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from civic_etl.archive import Archive, Exchange
from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, surt
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.recheck import RecheckPolicy
from civic_etl.crawl.report import CrawlReport
from civic_etl.pipeline.shards import all_shards, pending_shards
from civic_etl.pipeline.untold import untold
from civic_etl.settings import Settings
from civic_etl.warehouse.migrate import migrate

SOURCE = "bench"
GROUP, IN_A_FILE = 20_000, 50_000
FIRST = datetime(2011, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print the table, or answer one question in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[30_000, 300_000])
    parser.add_argument("--ask", choices=QUESTIONS, help="answer this one, of the home given")
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(measured(QUESTIONS[given.ask], Settings(home=given.home))))
        return
    print("| archived pages of a source | question | CPU s | memory (or disk), MB | bytes a page |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix="civic-scale-") as folder:
            settings = Settings(home=Path(folder))
            prepare(settings, size)
            for name, path in on_disk(settings).items():
                print(f"| {size} | on disk: {name} | | {path / 1e6:.0f} | {path / size:.0f} |", flush=True)
            for question in QUESTIONS:
                found = ask(question, settings)
                megabytes = f"{found['bytes'] / 1e6:.0f} | {found['bytes'] / size:.0f}"
                print(f"| {size} | {question} | {found['cpu']:.2f} | {megabytes} |", flush=True)


def ask(question: str, settings: Settings) -> dict[str, float]:
    """The answer of a process of its own."""
    command = [sys.executable, __file__, "--ask", question, "--home", str(settings.home)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def measured(work: Callable[[Settings], object], settings: Settings) -> dict[str, float]:
    """Processor seconds, and by how many bytes the process grew."""
    before = _peak()
    start = time.process_time()
    result = work(settings)
    cpu = time.process_time() - start
    del result
    return {"cpu": cpu, "bytes": _peak() - before}


def _peak() -> int:
    """Bytes, from Linux's own record of this process: what `getrusage` says includes the parent's before the start."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def prepare(settings: Settings, size: int) -> None:
    """The three lists for `size` pages."""
    _archive(settings, size)
    _page_ledger(settings, size)
    _crawl_ledger(settings, size)


def on_disk(settings: Settings) -> dict[str, int]:
    """Bytes of each list."""
    paths = {
        "archive index": settings.archive_dir / SOURCE / INDEX_NAME,
        "crawl ledger": settings.state_dir / LEDGER_NAME,
        "page ledger": settings.build_file,
    }
    return {name: path.stat().st_size for name, path in paths.items()}


def _archive(settings: Settings, size: int) -> None:
    folder = settings.archive_dir / SOURCE
    folder.mkdir(parents=True)
    lines = sorted(_entry(number).line() for number in range(size))
    (folder / INDEX_NAME).write_text("".join(lines), encoding="utf-8")
    for first in range(0, size, IN_A_FILE):
        # A hole of the right length: nobody reads the pages here.
        with (folder / _file(first)).open("wb") as file:
            file.truncate(min(IN_A_FILE, size - first) * GROUP)


def _entry(number: int) -> IndexEntry:
    stamp = f"{FIRST + timedelta(minutes=number):%Y%m%d%H%M%S}"
    record = f"urn:uuid:{number:032x}"
    offset = number % IN_A_FILE * GROUP
    name = f"{SOURCE}/{_file(number)}"
    digest = f"sha256:{number:064x}"
    return IndexEntry(_url(number), stamp, "text/html", 200, digest, name, offset, 9_000, GROUP, record, "article")


def _url(number: int) -> str:
    return f"https://bench.example/tin-tuc-su-kien/hoi-dong-nhan-dan-thong-qua-nghi-quyet-{number}.html"


def _file(number: int) -> str:
    month = number // IN_A_FILE
    return f"{2011 + month // 12}-{month % 12 + 1:02d}-0001.warc.gz"


def _page_ledger(settings: Settings, size: int) -> None:
    settings.build_file.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.build_file)) as con:
        migrate(con)
        con.execute(
            "insert into raw.page_outcome select ? || n || '.html', timestamp '2011-01-01' + to_minutes(n), ?, 200, "
            "'article', '', format('{}/{}-{:02d}-0001.warc.gz', ?, 2011 + n // ? // 12, n // ? % 12 + 1), n % ? * ? "
            "from range(?) as t (n)",
            [_url(0)[:-6], SOURCE, SOURCE, IN_A_FILE, IN_A_FILE, IN_A_FILE, GROUP, size],
        )


def _crawl_ledger(settings: Settings, size: int) -> None:
    path = settings.state_dir / LEDGER_NAME
    Ledger(path).close()
    moment = "2026-01-01T00:00:00.000000+00:00"
    names = (
        "source, key, url, title, first_seen, last_listed, listed_lastmod, noted_lastmod, published, last_tried, "
        "last_fetched, last_status, outcome, digest, warc_path, warc_offset, record_id, body_url, body_fetched"
    )
    rows = (
        (
            SOURCE, surt(_url(n)), _url(n), f"Hội đồng nhân dân thông qua nghị quyết {n}", moment, moment,
            *[f"{FIRST + timedelta(minutes=n):%Y-%m-%dT%H:%M:%S.000000+00:00}"] * 3, moment, moment, 200, "new",
            f"sha256:{n:064x}", f"{SOURCE}/{_file(n)}", n % IN_A_FILE * GROUP, f"urn:uuid:{n:032x}", _url(n), moment,
        )
        for n in range(size)
    )  # fmt: skip
    db = sqlite3.connect(path)
    with db:
        db.executemany(f"insert into url ({names}) values ({', '.join('?' * 19)})", rows)
    db.close()


def _open_and_close(settings: Settings) -> None:
    """What a night's crawl does to the archive's index: look for damage, add a line, sort."""
    body = b"<html><body><p>Thu</p></body></html>"
    headers = (("Content-Type", "text/html"),)
    exchange = Exchange(_url(0), (), 200, "OK", headers, body, body, datetime.now(UTC))
    with Archive(settings.archive_dir).writer(SOURCE) as writer:
        writer.response(exchange)


def _pending(settings: Settings) -> object:
    found = pending_shards(settings)
    assert sum(len(shard.records) for shard in found) == 1, "the one page that was just added"
    return found


def _to_fetch(settings: Settings) -> object:
    """What the crawl asks of its ledger after discovery."""
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        policy, now = RecheckPolicy(), datetime.now(UTC)
        return [row for row in ledger.rows(SOURCE) if policy.is_due(row, now)]


def _untold(settings: Settings) -> object:
    return list(untold(CrawlReport(SOURCE, datetime.now(UTC)), settings))


QUESTIONS: dict[str, Callable[[Settings], object]] = {
    "archive: open, write one page, close": _open_and_close,
    "crawl ledger: what is to be fetched": _to_fetch,
    "crawl ledger: what was never told": _untold,
    "page ledger: what is to be read": _pending,
    "reparse: every page": all_shards,
}

if __name__ == "__main__":
    main()
