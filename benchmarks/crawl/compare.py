"""The crawl and its peers with politeness on and off: share of the permitted rate, requests a second, CPU.

    python benchmarks/crawl/compare.py [--hosts 20] [--pages 10] [--rounds 3] [--contenders NAME ...]

Off is a delay of zero. Contenders take turns, medians count. CPU seconds are the contender's process, its start
included; the seconds are those at which the hosts saw requests, without the start.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent


def measure(name: str, hosts: int, pages: int, delay: float) -> tuple[int, float, float]:
    """Requests, seconds between the first and the last, CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "times.json"
        command = [sys.executable, str(HERE / "hosts.py"), str(hosts), str(pages), str(log)]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert server.stdin is not None and server.stdout is not None
        server.stdout.readline()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        arguments = [name, str(hosts), str(pages), str(delay), str(Path(folder) / "home")]
        try:
            subprocess.run([sys.executable, HERE / "contenders.py", *arguments], check=True, timeout=120)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        finally:
            server.stdin.close()
            server.wait(20)
        times = [moment for host in json.loads(log.read_text(encoding="utf-8")).values() for moment in host]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return len(times), max(times) - min(times), cpu


def table(names: list[str], hosts: int, pages: int, delay: float, rounds: int) -> None:
    """One row a contender."""
    taken: dict[str, list[tuple[int, float, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            try:
                taken[name].append(measure(name, hosts, pages, delay))
            except subprocess.SubprocessError as error:
                print(f"{name}, a delay of {delay:g} s: {error}", file=sys.stderr)
    print(f"\n# Politeness {'on' if delay else 'off'}: {hosts} hosts, a delay of {delay:g} s, {rounds} rounds\n")
    print("| contender | requests/s | against httpx | of the permitted | CPU s | CPU against httpx |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    rates = {name: median(count / wall for count, wall, _ in runs) for name, runs in taken.items() if runs}
    cpus = {name: median(cpu for _, _, cpu in runs) for name, runs in taken.items() if runs}
    for name, runs in taken.items():
        if len(runs) < rounds:
            rest = "; below are the others" if runs else ""
            print(f"| {name}: failed in {rounds - len(runs)} of {rounds} rounds{rest} | | | | | |")
        if not runs:
            continue
        permitted = median(count / (hosts + wall / delay * hosts) for count, wall, _ in runs) if delay else 0
        share = f"{permitted:.1%}" if delay else ""
        print(
            f"| {name} | {rates[name]:.0f} | {rates[name] / rates['httpx']:.2f} | {share} | "
            f"{cpus[name]:.2f} | {cpus[name] / cpus['httpx']:.2f} |"
        )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contenders", nargs="+", default=["civic-etl", "civic-etl-threads", "httpx", "scrapy"])
    given = parser.parse_args()
    names: list[str] = given.contenders
    if "scrapy" in names and not find_spec("scrapy"):
        names.remove("scrapy")
        print("Scrapy is not installed and was left out.")
    table(names, given.hosts, given.pages, 0.0, given.rounds)
    table(names, given.hosts, given.pages, 0.5, given.rounds)


if __name__ == "__main__":
    main()
