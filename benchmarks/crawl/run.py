"""Measure politeness and throughput on forty loopback hosts.

    python benchmarks/crawl/run.py [--hosts 40] [--pages 14] [--delay 1.0] [--scrapy-python PATH]

The times are those at which the hosts saw the requests. `permitted` is what the delay allows: one request a delay and
host. Scrapy is measured where the given interpreter has it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent


def measure(name: str, python: str, hosts: int, pages: int, delay: float) -> str:
    """One contender against fresh hosts; a row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "times.json"
        server = subprocess.Popen(
            [sys.executable, HERE / "hosts.py", str(hosts), str(pages), str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert server.stdin is not None and server.stdout is not None
        server.stdout.readline()
        arguments = [name, str(hosts), str(pages), str(delay), str(Path(folder) / "home")]
        try:
            subprocess.run([python, HERE / "contenders.py", *arguments], check=True, timeout=120)
        finally:
            server.stdin.close()
            server.wait(20)
        times = json.loads(log.read_text(encoding="utf-8"))
    return row(name, list(times.values()), delay)


def row(name: str, times: list[list[float]], delay: float) -> str:
    """Requests, wall time, share of the permitted throughput, and the smallest gap any host saw."""
    first, last = min(map(min, times)), max(map(max, times))
    requests = sum(map(len, times))
    # The first request of each host needs no delay before it.
    permitted = len(times) + (last - first) / delay * len(times)
    gaps = [later - earlier for host in times for earlier, later in pairwise(sorted(host))]
    closer = sum(gap < delay for gap in gaps)
    return (
        f"| {name} | {len(times)} | {requests} | {last - first:.2f} | {requests / permitted:.1%} | "
        f"{min(gaps) * 1000:.1f} | {closer} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--pages", type=int, default=14)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--scrapy-python")
    given = parser.parse_args()
    names = [("civic-etl", sys.executable), ("civic-etl-threads", sys.executable), ("httpx", sys.executable)]
    if given.scrapy_python:
        names.append(("scrapy", given.scrapy_python))
    print("| contender | hosts | requests | seconds | of the permitted | smallest gap, ms | closer than the delay |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, python in names:
        print(measure(name, python, given.hosts, given.pages, given.delay), flush=True)


if __name__ == "__main__":
    main()
