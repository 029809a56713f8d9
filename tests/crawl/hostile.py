"""Answers that a hostile or broken server gives, as handlers for a test site."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

from .conftest import Handler


def drip(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever: no read ever times out."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    try:
        for _ in range(600):
            request.wfile.write(b".")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def slow_head(request: BaseHTTPRequestHandler) -> None:
    """Header lines without end."""
    try:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(600):
            request.wfile.write(b"X-%d: y\r\n" % number)
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def huge(*, declared: bool) -> Handler:
    """Ten gigabytes, told beforehand or not; counts what the client took in `huge.sent`."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        if declared:
            request.send_header("Content-Length", str(10_000_000_000))
        request.end_headers()
        block = b"<p>" + b"x" * 65_533
        try:
            for _ in range(10_000_000_000 // len(block)):
                request.wfile.write(block)
        except OSError:
            return

    return answer


def bomb(request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    """Two hundred megabytes of nothing in two hundred kilobytes."""
    return 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, _BOMB


def truncated(request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    """A gzip body that ends in the middle, with a Content-Length that fits."""
    body = gzip.compress(b"".join(b"<p>%d</p>" % number for number in range(5000)))
    return 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body[: len(body) // 2]


def short(request: BaseHTTPRequestHandler) -> None:
    """Promises a thousand bytes, sends ten and hangs up."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"0123456789")


def hang_up(request: BaseHTTPRequestHandler) -> None:
    """Says nothing."""


_BOMB = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
