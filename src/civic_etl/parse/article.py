"""What a page says, once its furniture is taken away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Quality = Literal["family", "fallback", "text"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article, in NFC Unicode.

    `text` is lead and body: a paragraph, heading, list item or table row a line, blank lines between blocks, a table
    row as `cell | cell | cell`; captions, related links and bylines are not in it. Offsets of evidence count the
    characters of `text`. `published` and `updated` are aware (Asia/Ho_Chi_Minh) or None; `date_source` says how
    `published` was found (`json-ld`, `meta:article:published_time`, `time[datetime]`, `visible`, `url-day`,
    `url-epoch`, `argument`, ...). `parser_version` is the theme that read the page and the version of the parser.
    `quality` is `family` where the selectors of a known CMS read it, `fallback` for the generic reader, `text` for
    plain text.
    """

    url: str
    canonical_url: str
    title: str
    text: str
    lead: str = ""
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    date_source: str | None = None
    captions: tuple[str, ...] = ()
    breadcrumbs: tuple[str, ...] = ()
    language: str | None = None
    family: str = "unknown"
    parser_version: str = ""
    quality: Quality = "family"
    encoding: str = "utf-8"
    site_area: str | None = None
    source: str | None = None
