"""Pages that answered 200 and hold no article: walls, log-ins, errors, redirects by script."""

import re
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from civic_etl.crawl.refusals import refusal_mark
from civic_etl.data_files import read_yaml_file
from civic_etl.parse.resources import DATA
from civic_etl.parse.tidy import tidy
from civic_etl.vietnamese.fold import fold

_LITTLE = 600
# Titles stand early; a wall is a small page.
_REFRESH = re.compile(r"(?i)<meta[^>]{0,80}http-equiv=[\"']?refresh[\"']?[^>]{0,80}url=")


@cache
def _titles() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows: dict[str, Any] = read_yaml_file(DATA / "refusals.yaml")
    return tuple((re.compile("|".join(patterns)), reason) for reason, patterns in rows["titles"].items())


def wall(html: str) -> str | None:
    """Why a page is no article whatever its markup, or None: a captcha, a firewall or a log-in answered."""
    mark = refusal_mark(html)
    return f"a captcha, firewall, log-in or maintenance page answered ({mark!r})" if mark else None


def emptiness(tree: LexborHTMLParser, html: str) -> str:
    """Why a page without a readable body has none; words for the one who looks into it."""
    title = tree.css_first("title")
    said = fold(tidy(title.text())) if title is not None else ""
    heading = tree.css_first("h1")
    for text in filter(None, (said, fold(tidy(heading.text())) if heading is not None else "")):
        for pattern, reason in _titles():
            if pattern.search(text):
                return reason
    if tree.css_first("input[type=password]") is not None:
        return "a log-in page answered"
    if _REFRESH.search(html[:20_000]):
        return "the page only sends on to another address"
    body = tree.body
    words = tidy(body.text(separator=" ")) if body is not None else ""
    if len(words) < _LITTLE and tree.css_first("script") is not None:
        return "the page holds scripts and no text"
    return "no article body was found"


def error_title(title: str) -> str | None:
    """Why a page of that title is no article, or None."""
    folded = fold(title)
    return next((reason for pattern, reason in _titles() if pattern.search(folded)), None)
