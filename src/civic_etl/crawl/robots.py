"""robots.txt, read once a run and host. 4xx: no rule. 5xx, 429, time-out or a captcha: nothing is fetched tonight."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from civic_etl.archive.page import Page
from civic_etl.crawl.faults import PausedError, RefusedError, TransientError
from civic_etl.crawl.refusals import refusal_mark

# RFC 9309 asks for at least 500 KiB to be read; the rest of a larger file is left.
ROBOTS_BYTES = 512 * 1024
# Seconds. A site that asks for more between two requests wants no crawler, or to hold one for ever.
LONGEST_DELAY = 3_600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host allows tonight. `wait` is the reason not to fetch at all; `delay` its Crawl-delay in seconds."""

    parser: Protego | None = None
    agent: str = "*"
    wait: str | None = None
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether the rules let us fetch `url`."""
        if self.wait:
            return False
        return self.parser is None or bool(self.parser.can_fetch(url, self.agent))


def robots_url(url: str) -> str:
    """The robots.txt that governs `url`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def agent_token(user_agent: str) -> str:
    """The name in a User-Agent header that robots.txt rules are written for."""
    return re.split(r"[/\s(]", user_agent.strip(), maxsplit=1)[0] or "*"


async def read_rules(fetch: Callable[[str], Awaitable[Page]], url: str, user_agent: str) -> Rules:
    """The rules for the host of `url`; `fetch` gives the page at an address, redirects followed.

    PausedError (budget, window) is the caller's; other failures become rules that say wait.
    """
    try:
        page = await fetch(robots_url(url))
    except PausedError:
        raise
    except (TransientError, RefusedError) as error:
        return Rules(wait=f"robots.txt cannot be read: {error.message}")
    return rules_from(page, agent_token(user_agent))


def rules_from(page: Page, agent: str) -> Rules:
    """The rules in an answer to a request for robots.txt."""
    if page.status == 429 or page.status >= 500 or 300 <= page.status < 400:
        return Rules(wait=f"robots.txt answers {page.status}")
    if page.status >= 400:
        return Rules()
    text = page.body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<head", "<script")):
        # A page instead of rules: a captcha means stay away, the home page that answers for every address means no
        # rule.
        mark = refusal_mark(text)
        return Rules(wait=f"robots.txt is a refusal page ({mark})") if mark else Rules()
    parser = Protego.parse(text)
    delay = parser.crawl_delay(agent)
    rate = parser.request_rate(agent)
    if rate is not None and rate.requests:
        delay = max(delay or 0.0, rate.seconds / rate.requests)
    if delay is not None and delay > LONGEST_DELAY:
        return Rules(wait=f"robots.txt asks for {delay:g} seconds between requests")
    return Rules(
        parser=parser, agent=agent, delay=float(delay) if delay is not None else None, sitemaps=tuple(parser.sitemaps)
    )
