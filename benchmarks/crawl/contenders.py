"""One contender of the measurement, run as a process: fetch every page of forty hosts, a delay apart on each.

python benchmarks/crawl/contenders.py NAME HOSTS PAGES DELAY FOLDER
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).parent))
from hosts import PORT, address


def civic_etl(hosts: int, pages: int, delay: float, folder: Path) -> None:
    """Our crawl in one event loop: robots.txt, sitemap, ledger and archive included."""
    from civic_etl.crawl import crawl_all

    reports = crawl_all(_sources(hosts), _settings(folder, delay))
    assert sum(report.new for report in reports.values()) == hosts * pages, reports


def civic_etl_threads(hosts: int, pages: int, delay: float, folder: Path) -> None:
    """The same with a thread a source, as the flows run it."""
    from civic_etl.crawl import crawl_source

    settings = _settings(folder, delay)
    with ThreadPoolExecutor(hosts) as pool:
        reports = list(pool.map(lambda source: crawl_source(source, settings), _sources(hosts)))
    assert sum(report.new for report in reports) == hosts * pages, reports


def httpx_loop(hosts: int, pages: int, delay: float, folder: Path) -> None:
    """A bare loop a host over one httpx client that all share: nothing is parsed, checked or kept."""
    import httpx

    async def one(client: httpx.AsyncClient, host: str) -> None:
        paths = ["/robots.txt", "/sitemap.xml", *(f"/tin-post{n}.html" for n in range(pages))]
        for path in paths:
            (await client.get(f"http://{host}:{PORT}{path}")).raise_for_status()
            await asyncio.sleep(delay)

    async def run() -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            await asyncio.gather(*(one(client, address(number)) for number in range(hosts)))

    asyncio.run(run())


def scrapy(hosts: int, pages: int, delay: float, folder: Path) -> None:
    """Scrapy with its own delay, one request at a time to a host, robots.txt obeyed; nothing is kept."""
    from scrapy.crawler import CrawlerProcess
    from scrapy.spiders import SitemapSpider

    class Spider(SitemapSpider):
        name = "bench"
        sitemap_urls: ClassVar = [f"http://{address(number)}:{PORT}/sitemap.xml" for number in range(hosts)]
        fetched = 0

        def parse(self, response: Any) -> None:
            type(self).fetched += 1

    process = CrawlerProcess(
        {
            "DOWNLOAD_DELAY": delay,
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "CONCURRENT_REQUESTS": hosts * 2,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    process.crawl(Spider)
    process.start()
    assert Spider.fetched == hosts * pages, Spider.fetched


def _settings(folder: Path, delay: float) -> Any:
    from civic_etl.settings import Settings

    return Settings(home=folder, min_delay_seconds=delay, jitter_seconds=0)


def _sources(hosts: int) -> list[Any]:
    from civic_etl.sources import Source

    return [
        Source.model_validate(
            {
                "name": f"host-{number}",
                "title": "Bench",
                "hosts": [f"{address(number)}:{PORT}"],
                "home": f"http://{address(number)}:{PORT}/",
                "level": "ward",
                "local": True,
                "periods": [{"family": "epi", "index": {"kind": "sitemap", "url": "/sitemap.xml"}}],
            }
        )
        for number in range(hosts)
    ]


CONTENDERS = {"civic-etl": civic_etl, "civic-etl-threads": civic_etl_threads, "httpx": httpx_loop, "scrapy": scrapy}

if __name__ == "__main__":
    name, host_count, page_count, seconds, home = sys.argv[1:]
    CONTENDERS[name](int(host_count), int(page_count), float(seconds), Path(home))
