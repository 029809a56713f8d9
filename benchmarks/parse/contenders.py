"""Who reads the pages: this project and the libraries it is measured against, each as its documentation uses it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from civic_etl.archive import Page
from civic_etl.errors import ParseError
from civic_etl.parse import parse_page


@dataclass(frozen=True, slots=True)
class Read:
    """What a contender read: day of publication as YYYY-MM-DD, empty strings for what it did not find."""

    text: str = ""
    title: str = ""
    day: str = ""


Reader = Callable[[Page, str | None], Read]


def contenders() -> Iterator[tuple[str, Reader]]:
    """Name with version, and the function; libraries that are not installed are left out."""
    yield "civic-etl", civic_etl
    yield f"trafilatura {version('trafilatura')}", trafilatura
    for package, reader in (("readability-lxml", readability), ("newspaper4k", newspaper)):
        try:
            yield f"{package} {version(package)}", reader
        except PackageNotFoundError:
            continue


def civic_etl(page: Page, family: str | None) -> Read:
    """The product's own call."""
    try:
        article = parse_page(page, family=family)
    except ParseError:
        return Read()
    return Read(article.text, article.title, article.published.date().isoformat() if article.published else "")


def trafilatura(page: Page, family: str | None) -> Read:
    """`bare_extraction` with its metadata, comments off."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        page.body.decode("utf-8", "replace"), url=page.url, include_comments=False, with_metadata=True
    )
    return Read(found.text or "", found.title or "", found.date or "") if found is not None else Read()


def lexbor(page: Page, family: str | None) -> Read:
    """The floor: the tree is built and its whole text taken, with nothing chosen."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(page.body.decode("utf-8", "replace")).body
    return Read(body.text() if body is not None else "")


def trafilatura_text(page: Page, family: str | None) -> Read:
    """`extract` without metadata: the least that trafilatura can be asked for, and its best speed."""
    from trafilatura import extract

    return Read(extract(page.body.decode("utf-8", "replace"), include_comments=False) or "")


def readability(page: Page, family: str | None) -> Read:
    """`Document.summary`, its tags taken out."""
    from lxml import html
    from readability import Document  # type: ignore[import-untyped, unused-ignore]

    document = Document(page.body.decode("utf-8", "replace"))
    return Read(html.fromstring(document.summary()).text_content(), document.short_title())


def newspaper(page: Page, family: str | None) -> Read:
    """`Article.parse` on given HTML; without its fetching of images, which would measure the network."""
    from newspaper import Article  # type: ignore[import-untyped, unused-ignore]

    article = Article(page.url, language="vi", fetch_images=False)
    article.download(input_html=page.body.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    return Read(article.text, article.title, day)
