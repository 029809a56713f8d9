"""When a long job will be done, told now and then."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

_EVERY_SECONDS = 30.0
# The pace of the last so many pieces: a site that slows down must show.
_WINDOW = 200


class Eta:
    """Tells `say` how far a job is and when it ends, every half minute."""

    def __init__(self, job: str, say: Callable[[str], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._job = job
        self._say = say
        self._now = monotonic
        self._told: float | None = None
        self._marks: list[tuple[float, int]] = []

    def step(self, done: int, total: int | None) -> None:
        """`done` of `total` pieces are done."""
        now = self._now()
        self._marks = [*self._marks[-_WINDOW:], (now, done)]
        if self._told is None:
            # The first word comes after half a minute of work, whatever was done before.
            self._told = now
        if total is None or now - self._told < _EVERY_SECONDS:
            return
        self._told = now
        left = self.left(total)
        if left is None:
            self._say(f"{self._job}: {done} of {total}")
            return
        ends = datetime.now().astimezone() + left
        self._say(f"{self._job}: {done} of {total}, about {words(left)} left, until {ends:%a %H:%M}")

    def left(self, total: int) -> timedelta | None:
        """Time left at the pace of late; None before there is one."""
        (begun, first), (now, done) = self._marks[0], self._marks[-1]
        if done <= first or now <= begun:
            return None
        return timedelta(seconds=round((now - begun) / (done - first) * (total - done)))


def words(span: timedelta) -> str:
    """A span as people say it: `2 d 3 h`, `2 h 10 min`, `5 min`, `20 s`."""
    seconds = int(span.total_seconds())
    days, hours, minutes = seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"
