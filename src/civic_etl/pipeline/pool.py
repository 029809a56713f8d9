"""Read shards in worker processes, or in this one where there is too little to share out."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Self

from civic_etl.garbage import collect_seldom
from civic_etl.pipeline.deaf import deaf
from civic_etl.pipeline.handover import leave_part
from civic_etl.pipeline.outlived import end_with_parent
from civic_etl.pipeline.shards import Shard
from civic_etl.settings import Settings

# A worker takes some two seconds to import the parsers and load the tables of places; that must be worth it.
_WORTH_A_POOL = 300


def _begin() -> None:
    collect_seldom()
    end_with_parent()


class PageReader:
    """Parses and extracts shards into parts below `folder`; `read` may be called from many threads and in any order.

    `pages` is how many there will be in all. Leaving the context ends the workers.
    """

    def __init__(self, settings: Settings, folder: Path, pages: int) -> None:
        self._settings = settings
        self._folder = folder
        self._pool: ProcessPoolExecutor | None = None
        if settings.workers > 1 and pages >= _WORTH_A_POOL:
            # Spawned, not forked: this process has threads, whose locks a fork would copy in whatever state they are.
            self._pool = ProcessPoolExecutor(settings.workers, mp_context=get_context("spawn"), initializer=_begin)

    def read(self, shard: Shard) -> Path:
        """The part with everything that the pages of a shard assert."""
        if self._pool is not None:
            with deaf():
                part = self._pool.submit(leave_part, shard, self._settings, self._folder)
            return part.result()
        return leave_part(shard, self._settings, self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
