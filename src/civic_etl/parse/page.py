"""One archived page to one article."""

from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from civic_etl.archive.page import Page
from civic_etl.archive.sniff import sniff_bytes
from civic_etl.errors import ParseError
from civic_etl.parse.article import Article, Quality
from civic_etl.parse.byline import author_name
from civic_etl.parse.choose import GENERIC, choose
from civic_etl.parse.dating import date_article
from civic_etl.parse.decode import Decoded, decode
from civic_etl.parse.fallback import read_generic
from civic_etl.parse.family import read_family
from civic_etl.parse.metadata import Metadata, read_metadata
from civic_etl.parse.nesting import too_costly
from civic_etl.parse.readable import unreadable
from civic_etl.parse.refusals import emptiness, error_title, wall
from civic_etl.parse.tidy import tidy
from civic_etl.parse.titles import title_of
from civic_etl.parse.version import PARSER_VERSION
from civic_etl.sources import canonical_url, get_family
from civic_etl.vietnamese.syllables import looks_vietnamese

_LARGEST = 30_000_000
_LEAST_TEXT = 20
_SHORT_PAGE = 1_500


def parse_page(
    page: Page, *, site_area: str | None = None, source: str | None = None, family: str | None = None
) -> Article:
    """The article in a page. `family` is the one its source declares, None where nothing is known of the site.

    Raises ParseError with the reason where there is none: an answer other than 200, no HTML, a captcha, log-in or
    error page, a page without any mark of the declared family or of another, a page without text.
    """
    try:
        return _parse(page, site_area, source, family)
    except ParseError as error:
        error.url, error.source = page.url, source
        raise


def _parse(page: Page, site_area: str | None, source: str | None, declared: str | None) -> Article:
    decoded = _html(page)
    refusal = wall(decoded.text)
    tree = LexborHTMLParser(decoded.text)
    meta = read_metadata(tree)
    if refusal and len(decoded.text) < _SHORT_PAGE:
        raise ParseError(refusal)
    choice = choose(tree, decoded.text, page, meta, declared)
    reading = read_family(tree, choice.variant) if choice.variant is not None else None
    quality: Quality = "family"
    if reading is None or not reading.prose.text:
        # articles have forms with captchas too; where no family vouches for the article, the mark decides
        if refusal:
            raise ParseError(refusal)
        quality = "fallback"
        title = title_of(reading.title if reading is not None else "", meta, tree)
        reading = read_generic(tree, decoded.text, page.url, title, page.fetched_at)
        if reading is None:
            raise ParseError(emptiness(tree, decoded.text))
    else:
        title = title_of(reading.title, meta, tree)
    if reason := error_title(title):
        raise ParseError(reason)
    if len(reading.prose.text) < _LEAST_TEXT:
        raise ParseError(emptiness(tree, decoded.text))
    if reason := unreadable(reading.prose.text):
        raise ParseError(reason)
    variant = choice.variant
    trusted = variant is None or variant.trust_machine_dates
    dates = date_article(
        meta if trusted else None, reading.published, reading.updated, url=page.url, fetched_at=page.fetched_at
    )
    return Article(
        url=page.url,
        canonical_url=_canonical(page.url, meta.canonical, choice.family),
        title=title,
        text=reading.prose.text,
        lead=reading.prose.lead,
        author=reading.author or author_name(meta.author) or None,
        published=dates.published,
        updated=dates.updated,
        date_source=dates.source,
        captions=reading.prose.captions,
        breadcrumbs=reading.breadcrumbs or meta.crumbs,
        language=_language(meta, reading.prose.text),
        family=choice.family if choice.family != GENERIC else "unknown",
        parser_version=f"{variant.name if variant and quality == 'family' else quality}/{PARSER_VERSION}",
        quality=quality,
        encoding=reading.font or decoded.encoding,
        site_area=site_area,
        source=source,
    )


def _html(page: Page) -> Decoded:
    """The page as text. Raises ParseError where it is none."""
    if page.status != 200:
        raise ParseError(f"the answer has status {page.status}")
    if len(page.body) > _LARGEST:
        raise ParseError(f"the page has {len(page.body)} bytes; at most {_LARGEST} are read")
    kind = sniff_bytes(page.body)
    if kind == "empty":
        raise ParseError("the page is empty")
    if kind not in ("html", "text"):
        raise ParseError(f"not HTML: {kind} data")
    decoded = decode(page.body, page.header("Content-Type"))
    if reason := too_costly(decoded.text):
        raise ParseError(reason)
    return decoded


def _canonical(url: str, stated: str | None, family: str) -> str:
    """The article's own address where the page states a sound one, else the page's, in one spelling."""
    if urlsplit(url).scheme not in ("http", "https"):
        return _spelled(stated, family) or url
    own = _spelled(url, family) or url
    if not stated:
        return own
    other = _stated_beside(url, stated, family)
    rules = get_family(family)
    same_host = other is not None and urlsplit(other).netloc == urlsplit(own).netloc
    if other is None or not same_host or urlsplit(other).path in ("", "/"):
        return own
    # Portals put the address of a section, or one without the query that names the article, on every page of it.
    loses_query = bool(urlsplit(own).query) and not urlsplit(other).query
    if (rules.is_article(url) and not rules.is_article(other)) or (loses_query and rules.id_params != ()):
        return own
    return other


def _stated_beside(url: str, stated: str, family: str) -> str | None:
    """The address that a page states, read beside its own; None where it is none ("http://[a")."""
    try:
        return _spelled(urljoin(url, stated), family)
    except ValueError:
        return None


def _spelled(url: str | None, family: str) -> str | None:
    try:
        return canonical_url(url, family) if url else None
    except ValueError:
        return None


def _language(meta: Metadata, text: str) -> str | None:
    """Vietnamese where it reads so: templates in English are filled with Vietnamese prose."""
    if looks_vietnamese(tidy(text[:2_000])) > 0.4:
        return "vi"
    return meta.language
