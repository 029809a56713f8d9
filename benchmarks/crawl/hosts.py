"""Forty sites on loopback, each an address of its own, that write down when every request came.

    python benchmarks/crawl/hosts.py HOSTS PAGES LOG

prints a line when it listens and serves until its standard input closes; then the times are in LOG, one JSON object of
lists of seconds by host.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

PORT = 8099
BODY = (
    "<!doctype html><html><head><title>Tin</title></head><body><h1 class='cms-title'>Tin</h1>"
    "<div class='article__body cms-body'>"
    + "<p>Thu ngân sách đạt 9 tỷ 130 triệu đồng.</p>" * 120
    + "</div></body></html>"
).encode()


def address(number: int) -> str:
    """The host of a number; all of 127.0.0.0/8 is this machine."""
    return f"127.0.1.{number + 1}"


def sitemap(host: str, pages: int) -> bytes:
    """The pages of a host, each with a date of its own."""
    rows = "".join(
        f"<url><loc>http://{host}:{PORT}/tin-post{n}.html</loc><lastmod>2026-01-{n % 28 + 1:02d}</lastmod></url>"
        for n in range(pages)
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


async def serve(hosts: int, pages: int, log: Path) -> None:
    """Serve until standard input closes."""
    times: dict[str, list[float]] = defaultdict(list)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                times[host].append(time.monotonic())
                path = head.split(b" ", 2)[1].decode()
                body = b"" if path == "/robots.txt" else sitemap(host, pages) if path == "/sitemap.xml" else BODY
                kind = "text/plain" if path == "/robots.txt" else "text/xml" if path == "/sitemap.xml" else "text/html"
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    servers = [await asyncio.start_server(answer, address(number), PORT) for number in range(hosts)]
    print("listening", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()
    log.write_text(json.dumps(times), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
