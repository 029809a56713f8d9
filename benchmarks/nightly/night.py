"""One night in this process: the flow as `civic-etl run nightly` runs it, or the same steps called without Prefect.

    python benchmarks/nightly/night.py flow|steps SOURCE ...

The settings come from the environment. Prints JSON: new pages, and for `steps` the processor seconds of each stage, of
this process and of its workers.
"""

import json
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from civic_etl.pipeline import steps
from civic_etl.pipeline.concluding import conclude
from civic_etl.settings import get_settings
from civic_etl.warehouse.parts import Part

SOURCES_AT_ONCE = 32


def flow(names: list[str]) -> dict[str, Any]:
    """The nightly flow, Prefect's own server included."""
    from civic_etl.cli.flows import load_flow

    report = load_flow("nightly", get_settings())(sources=names)
    return {"new": sum(crawl.new for crawl in report.crawls)}


def without_prefect(names: list[str]) -> dict[str, Any]:
    """What the flow and its tasks do, in the same order and with as many threads and processes."""
    settings = get_settings()
    run = steps.begin("nightly", settings)
    clock = Clock()
    with run.alone(), ThreadPoolExecutor(SOURCES_AT_ONCE) as pool:
        crawls = list(pool.map(lambda name: steps.discover_and_fetch(name, settings), names))
        run.report.crawls = crawls
        clock.lap("discover and fetch")
        with run.writing():
            shards = steps.pending_shards(settings)
            clock.lap("look what is to be read")
            pages = sum(len(shard.records) for shard in shards)
            steps.load_and_watch(run, parts(pool, run, shards, pages), crawls, pages=pages)
            clock.lap("parse, extract, load")
            steps.roll_up(run)
            clock.lap("roll up")
            steps.check(run)
            clock.lap("check")
            steps.publish(run)
            clock.lap("release")
    conclude(run)
    return {"new": sum(crawl.new for crawl in crawls), "stages": clock.laps}


def parts(pool: ThreadPoolExecutor, run: steps.Run, shards: list[steps.Shard], pages: int) -> Iterator[Part]:
    """What the shards gave, a few read ahead of what is loaded, as the flow's tasks do it."""
    settings = run.settings
    with steps.parts_folder(run) as folder, steps.PageReader(settings, folder, pages) as reader:
        ahead: deque[Future[Path]] = deque()
        for shard in shards:
            ahead.append(pool.submit(reader.read, shard))
            if len(ahead) > 2 * settings.workers:
                yield steps.take_part(ahead.popleft().result())
        while ahead:
            yield steps.take_part(ahead.popleft().result())


class Clock:
    """Processor seconds between two laps, of this process and of the children that ended meanwhile."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = sum(os.times()[:4])

    def lap(self, name: str) -> None:
        """What went since the lap before, is `name`'s."""
        now = sum(os.times()[:4])
        self.laps[name] = now - self._last
        self._last = now


if __name__ == "__main__":
    way, *chosen = sys.argv[1:]
    print(json.dumps({"flow": flow, "steps": without_prefect}[way](chosen)))
