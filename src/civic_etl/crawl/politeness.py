"""One request at a time and a least delay for each registrable domain, across tasks and processes.

The delay runs from the moment a response head arrives to the next request, so that the server, however slow, never
sees two requests closer together than that.
"""

import asyncio
import ipaddress
import os
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from civic_etl.crawl.clock import Clock
from civic_etl.file_locks import open_to_lock, try_to_lock

_SUFFIXES = PublicSuffixList()
# No file of another process may hold us longer than this, whatever it says.
_LONGEST_SHARED_WAIT = 3_600.0
_LANE_BYTES = 24


def domain_key(url: str) -> str:
    """The registrable domain of `url` (`hanoi.gov.vn` for `phucloi.longbien.hanoi.gov.vn`); host and port for an
    address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _SUFFIXES.privatesuffix(host) or f"{host}:{parts.port or ''}".rstrip(":")
    return f"{host}:{parts.port or ''}".rstrip(":")


class Turn:
    """The right to send one request. Call `headed` when the response head is there, `hold` to ask for more quiet."""

    def __init__(self, lane: "_Lane", clock: Clock, delay: float) -> None:
        self._lane = lane
        self._clock = clock
        self._delay = delay
        self._headed: float | None = None
        self._extra = 0.0

    def headed(self) -> None:
        """The response head has arrived."""
        self._headed = self._clock.monotonic()

    def hold(self, seconds: float) -> None:
        """The next request waits at least this long from now."""
        self._extra = max(self._extra, seconds)

    def ready_at(self) -> float:
        """Monotonic time from which the next request may go."""
        now = self._clock.monotonic()
        seen = self._headed if self._headed is not None else now
        return max(seen + self._delay, now + self._extra if self._extra else 0.0)


class _Lane:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.ready_at = 0.0


class Politeness:
    """All lanes of a run. `folder` holds one small file a domain through which other processes keep the same rule."""

    def __init__(
        self, clock: Clock, *, jitter: float = 0.0, folder: Path | None = None, rng: random.Random | None = None
    ) -> None:
        self._clock = clock
        self._jitter = jitter
        self._folder = folder
        self._rng = rng or random.Random()  # noqa: S311 - jitter is no secret
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, url: str, delay: float) -> AsyncIterator[Turn]:
        """Wait for the turn of `url`'s domain; `delay` (seconds) plus jitter is kept before the next one."""
        key = domain_key(url)
        lane = self._lanes.setdefault(key, _Lane())
        async with lane.lock, self._shared(key) as shared:
            now = self._clock.monotonic()
            wait = max(lane.ready_at - now, shared.wait(self._clock.now().timestamp()))
            if wait > 0:
                await self._clock.sleep(wait)
            turn = Turn(lane, self._clock, delay + self._rng.uniform(0, self._jitter))
            try:
                yield turn
            finally:
                lane.ready_at = turn.ready_at()
                left = lane.ready_at - self._clock.monotonic()
                now_again = self._clock.now().timestamp()
                shared.keep(now_again + left, now_again)

    @asynccontextmanager
    async def _shared(self, key: str) -> AsyncIterator["_SharedLane"]:
        if self._folder is None:
            yield _SharedLane(None)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / re.sub(r"[^\w.-]", "_", key)
        handle = open_to_lock(path)
        try:
            while not try_to_lock(handle):
                # Another process is talking to the domain just now.
                await asyncio.sleep(0.05)
            yield _SharedLane(handle)
        finally:
            os.close(handle)


class _SharedLane:
    """The file of a lane, held for one request: the times, in seconds since 1970, from which the next may go and at
    which that was written."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def wait(self, now: float) -> float:
        if self._handle is None:
            return 0.0
        try:
            text = os.pread(self._handle, 2 * _LANE_BYTES, 0)
            ready_at, written_at = float(text[:_LANE_BYTES]), float(text[_LANE_BYTES:])
        except ValueError:
            # New, or damaged; the lane's own delay still holds.
            return 0.0
        # Where the clock went back since, no more is left than was asked for then.
        left = min(ready_at - now, ready_at - written_at, _LONGEST_SHARED_WAIT)
        return left if left > 0 else 0.0

    def keep(self, ready_at: float, now: float) -> None:
        if self._handle is not None:
            # Always the same length, so that nothing need be cut off: that costs milliseconds.
            text = f"{ready_at:{_LANE_BYTES}.6f}{now:{_LANE_BYTES}.6f}"
            os.pwrite(self._handle, text.encode("ascii"), 0)
