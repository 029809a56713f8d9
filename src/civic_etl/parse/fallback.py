"""The generic reader for pages of no known system: trafilatura finds the body, our own rules keep it honest."""

from selectolax.lexbor import LexborHTMLParser
from trafilatura import extract

from civic_etl.parse.compose import Prose
from civic_etl.parse.family import Reading
from civic_etl.parse.tidy import characters, tidy


def read_generic(tree: LexborHTMLParser, html: str, url: str) -> Reading | None:
    """The article that trafilatura finds, or None."""
    found = extract(html, url=url, include_comments=False, include_tables=True, output_format="txt")
    lines = [tidy(line) for line in characters(found or "").splitlines()]
    text = "\n\n".join(filter(None, lines))
    return Reading("", Prose(text, "", (), "")) if text else None
