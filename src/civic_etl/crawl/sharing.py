"""Take turns with another process that writes the same source's archive: a backfill gives way to the nightly."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from civic_etl.archive.store import Archive
from civic_etl.archive.writer import ArchiveWriter, BusyArchiveError
from civic_etl.crawl.clock import Clock
from civic_etl.crawl.stopping import is_stop_asked

# How long a run waits for the other one; a nightly's turn comes within a backfill's breath.
PATIENCE_SECONDS = 900.0
# A backfill, which is in no hurry, waits for as long as a nightly may take.
LONG_PATIENCE_SECONDS = 12 * 3_600.0
# So often a backfill lets go, and so long it leaves the door open. Real time: the other process has no other.
BREATH_SECONDS = 60.0
PAUSE_SECONDS = 1.5
_POLL_SECONDS = 0.25


async def open_writer(
    archive: Archive, source: str, now: Callable[[], datetime], patience: float = PATIENCE_SECONDS
) -> ArchiveWriter:
    """The source's writer, waiting for another process to let it go. Raises ArchiveError when patience ends."""
    give_up = time.monotonic() + patience
    while True:
        try:
            return archive.writer(source, now=now)
        except BusyArchiveError:
            if time.monotonic() >= give_up or is_stop_asked():
                raise
        await asyncio.sleep(_POLL_SECONDS)


class SharedWriter:
    """A writer that may be let go between two pages; open it with `await SharedWriter.open(...)`."""

    def __init__(self, writer: ArchiveWriter, archive: Archive, clock: Clock, *, breathes: bool) -> None:
        self.writer = writer
        self._archive = archive
        self._clock = clock
        self._breathes = breathes
        self._held_since = time.monotonic()

    @classmethod
    async def open(cls, archive: Archive, source: str, clock: Clock, *, breathes: bool) -> Self:
        """Hold the source's archive; a backfill `breathes`."""
        return cls(await open_writer(archive, source, clock.now), archive, clock, breathes=breathes)

    async def breathe(self) -> ArchiveWriter:
        """The writer to go on with, after others had their turn if it is time for that."""
        if self._breathes and time.monotonic() - self._held_since >= BREATH_SECONDS:
            self.writer.close()
            await asyncio.sleep(PAUSE_SECONDS)
            name = self.writer.source
            self.writer = await open_writer(self._archive, name, self._clock.now, LONG_PATIENCE_SECONDS)
            self._held_since = time.monotonic()
        return self.writer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.close()
