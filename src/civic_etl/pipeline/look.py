"""What a person wants to see of a page before trusting its site: is it read, and how well."""

from dataclasses import dataclass
from datetime import datetime

from civic_etl.archive import Page
from civic_etl.errors import ParseError
from civic_etl.parse import parse_page
from civic_etl.parse.article import Article
from civic_etl.sources import Source


@dataclass(frozen=True, slots=True)
class Sight:
    """One page as it was read; `problem` says why it was not, or what is missing. `body_chars` counts the text."""

    url: str
    problem: str = ""
    title: str = ""
    published: datetime | None = None
    date_source: str | None = None
    author: str | None = None
    body_chars: int = 0
    family: str = ""
    quality: str = ""

    @property
    def ok(self) -> bool:
        """Whether the page was read with nothing missing."""
        return not self.problem


def look(page: Page, source: Source | None = None) -> tuple[Sight, Article | None]:
    """Read one page; a page that cannot be read is a sight with its problem."""
    family = None
    if source is not None:
        period = source.period_on(page.fetched_at.date())
        family = period.family if period is not None else None
    try:
        article = parse_page(page, site_area=source.area if source else None, family=family)
    except ParseError as error:
        return Sight(page.url, error.message), None
    return sight_of(article, family), article


def sight_of(article: Article, family: str | None) -> Sight:
    """The sight of an article; a fallback reading of a known family is a problem, and so is a missing date."""
    problems = []
    if article.quality == "fallback" and family not in (None, "generic"):
        problems.append(f"the selectors of {family} found no body")
    if not article.title:
        problems.append("no title")
    if article.published is None:
        problems.append("no date")
    return Sight(
        url=article.url,
        problem="; ".join(problems),
        title=article.title,
        published=article.published,
        date_source=article.date_source,
        author=article.author,
        body_chars=len(article.text),
        family=article.family,
        quality=article.quality,
    )
