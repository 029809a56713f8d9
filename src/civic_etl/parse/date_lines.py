"""The printed date of a page of no known system: a short line with a label, or beside the title."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.dating import Witness
from civic_etl.parse.resources import DATA
from civic_etl.parse.stamps import VIETNAM
from civic_etl.parse.tidy import tidy
from civic_etl.parse.visible import Seen, find_dates
from civic_etl.vietnamese.fold import fold

# A date line holds little else; prose that names a day is longer.
_LONGEST_LINE = 90
_MOST_WORDS = 9
_ABOVE_TITLE, _BELOW_TITLE = 5, 6
_MOST_LINES = 5_000
_DIGITS = re.compile(r"\d{1,2}\D{1,9}\d{1,2}\D{1,7}(?:19|20)\d\d")


@cache
def generic_data() -> dict[str, Any]:
    """The lists of `generic.yaml`."""
    rows: dict[str, Any] = read_yaml_file(DATA / "generic.yaml")
    return rows


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{generic_data()['labels']})(?:\s(?:ngày|lúc|vào lúc|vào))?[\s:]*$")


def date_lines(tree: LexborHTMLParser, title: str, fetched_at: datetime) -> list[Witness]:
    """Dates of lines with a label first, then of the lines beside the title. Takes scripts out of the tree.

    An unlabelled bare day that is the day of the fetch is the site's calendar, not the article's date.
    """
    tree.strip_tags(["script", "style", "noscript", "option"])
    lines = _lines(tree)
    under = _under_title(lines, title)
    today = fetched_at.astimezone(VIETNAM).date()
    labelled, near = [], []
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE or not _DIGITS.search(line):
            continue
        for seen in find_dates(line):
            if _labels().search(seen.label) or (number and _labels().match(fold(lines[number - 1]))):
                labelled.append(Witness(seen.moment, "visible"))
            elif (
                number in under
                and len(line.split()) <= _MOST_WORDS
                and _is_credible(seen, today, above=number < under.start + _ABOVE_TITLE)
            ):
                near.append(Witness(seen.moment, "visible"))
            break
    return [*labelled[:1], *near[:1]]


def _is_credible(seen: Seen, today: date, *, above: bool) -> bool:
    """A calendar of the site stands above the title, or is a bare day."""
    days = abs((seen.moment.date() - today).days)
    return days > 1 if above else (seen.timed or days > 0)


def _lines(tree: LexborHTMLParser) -> list[str]:
    body = tree.body
    text = body.text(separator="\n") if body is not None else ""
    return [line for line in map(tidy, text.split("\n")[:_MOST_LINES]) if line]


def _under_title(lines: list[str], title: str) -> range:
    """The numbers of the lines around the title, up to the first line of prose."""
    wanted = fold(title)
    at = next((number for number, line in enumerate(lines) if wanted and fold(line) == wanted), None)
    if at is None:
        return range(0)
    below = lines[at + 1 : at + 1 + _BELOW_TITLE]
    prose = next((number for number, line in enumerate(below) if len(line.split()) > _MOST_WORDS + 3), len(below))
    return range(at - _ABOVE_TITLE, at + 1 + prose)
