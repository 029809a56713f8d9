"""Exchanges as the crawler hands them over."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from civic_etl.archive import Exchange

START = datetime(2026, 3, 2, 15, 0, 0, tzinfo=UTC)
Make = Callable[..., Exchange]


@pytest.fixture
def make() -> Make:
    """Makes the answer to a GET of page `number`, a minute after the one before."""

    def one(number: int = 1, words: str = "Thu ngân sách đạt 9 tỷ 130 triệu đồng", **more: Any) -> Exchange:
        body = f"<!doctype html><html><body><p>{words} ({number})</p></body></html>".encode()
        packed = more.pop("packed", False)
        raw = gzip.compress(body, mtime=0) if packed else body
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(raw)))]
        if packed:
            headers.append(("Content-Encoding", "gzip"))
        values: dict[str, Any] = {
            "url": f"https://xaha.example.vn/tin-{number}.html",
            "request_headers": (("Host", "xaha.example.vn"), ("User-Agent", "civic-etl/0.1")),
            "status": 200,
            "reason": "OK",
            "headers": tuple(headers),
            "raw": raw,
            "body": body,
            "fetched_at": START + timedelta(minutes=number),
            "ip": "203.0.113.7",
        }
        return Exchange(**(values | more))

    return one
