"""Plain text, as a person saved it, to an article."""

import re

from civic_etl.errors import ParseError
from civic_etl.parse.article import Article
from civic_etl.parse.byline import author_name
from civic_etl.parse.decode import decode
from civic_etl.parse.legacy import repair
from civic_etl.parse.readable import unreadable
from civic_etl.parse.tidy import characters, tidy
from civic_etl.parse.version import PARSER_VERSION
from civic_etl.vietnamese.syllables import looks_vietnamese

_LONGEST_TITLE = 40
_LONGEST_NAME = 5
_SPACES = re.compile(r"[^\S\n\t]+")
_GAPS = re.compile(r"\n{3,}")


def parse_text(data: bytes, *, url: str, site_area: str | None = None) -> Article:
    """The article in a text file: the first line is its title where it is short and set apart by an empty line.

    The name on a last line of its own is its author. Lines, blank lines and tabs (columns) are kept. Raises ParseError
    for an empty or binary file.
    """
    decoded = decode(data)
    text, font = repair(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    text = characters(text)
    if "\0" in decoded.text:
        raise ParseError("not text: binary data", url=url)
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    text = _GAPS.sub("\n\n", "\n".join(lines)).strip()
    if not text:
        raise ParseError("the text is empty", url=url)
    if reason := unreadable(text):
        raise ParseError(reason, url=url)
    title, text = _split(text)
    return Article(
        url=url,
        canonical_url=url,
        title=title,
        text=text,
        author=_signature(text),
        language="vi" if looks_vietnamese(tidy(text[:2_000])) > 0.4 else None,
        parser_version=f"text/{PARSER_VERSION}",
        quality="text",
        encoding=font or decoded.encoding,
        site_area=site_area,
    )


def _signature(text: str) -> str | None:
    """The name that a text ends with on a line of its own, behind an empty one."""
    body, gap, last = text.rpartition("\n\n")
    if not gap or not body or "\n" in last or last.endswith((".", ":", ";")):
        return None
    name = author_name(last)
    words = name.split()
    return name if 1 < len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words) else None


def _split(text: str) -> tuple[str, str]:
    """Title and text; a text whose first line is prose has no title of its own and keeps all its lines."""
    first, gap, rest = text.partition("\n\n")
    is_title = "\n" not in first and len(first.split()) <= _LONGEST_TITLE and not first.endswith((".", ";", ","))
    return (first, rest.strip()) if gap and is_title and rest.strip() else ("", text)
