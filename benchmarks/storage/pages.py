"""The archive on this disk, and the same pages put into a store and read from there as another machine would."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from clock import Clock

from civic_etl.archive import Archive, Exchange
from civic_etl.archive.objects import ObjectStore
from civic_etl.archive.publishing import publish

SOURCE = "bench"
WRITE, ONE, ALL = "write, and publish", "read one page, at random", "read all, in order"
_HEADERS = (("Content-Type", "text/html; charset=utf-8"),)
_PROSE = (
    "thu ngân sách trên địa bàn phường đạt tỷ đồng so với kế hoạch năm hộ nghèo giảm còn tỉnh ủy ban nhân dân xã hội "
    "kinh tế văn hóa giáo dục y tế môi trường nông thôn mới nhiệm vụ trọng tâm chỉ tiêu nghị quyết hội đồng"
)


def page(number: int) -> bytes:
    """Some 30 kB of HTML that packs about as a page does; the same for the same number."""
    draw, syllables = random.Random(number), _PROSE.split()
    words = (draw.choice(syllables) if draw.random() < 0.9 else str(draw.randrange(10**6)) for _ in range(5_000))
    return f"<html><body><p>{' '.join(words)}</p></body></html>".encode()


def measure(folder: Path, stores: Mapping[str, str | None], pages: int, reads: int) -> dict[str, Clock]:
    """Write and read the same pages in each kind of store (its address; None is this disk); a clock each."""
    bodies = [page(number) for number in range(pages)]
    clocks = {}
    for name, url in stores.items():
        clock = clocks[name] = Clock()
        own = folder / name
        archive = Archive(own / "archive", ObjectStore(url) if url else None)
        places = clock(WRITE, partial(_write, archive, bodies))
        # Another machine holds nothing of a store; of a disk there is but the one archive.
        there = Archive(own / "elsewhere", archive.store) if url else archive
        drawn = random.Random(0).sample(places, min(reads, pages))
        found = clock(ONE, lambda there=there, drawn=drawn: [there.read(*place) for place in drawn])
        assert all(len(one.body) > 1_000 for one in found)
        assert clock(ALL, lambda there=there: sum(1 for _ in there.pages())) == pages
    return clocks


def _write(archive: Archive, bodies: list[bytes]) -> list[Any]:
    """The places of the pages, each of them on the disk before the next is written."""
    now = datetime.now(UTC)
    with archive.writer(SOURCE) as writer:
        refs = [
            writer.response(Exchange(f"https://b.example/{n}", (), 200, "OK", _HEADERS, body, body, now))
            for n, body in enumerate(bodies)
        ]
    publish(archive, SOURCE)
    return [(ref.path, ref.offset) for ref in refs]
