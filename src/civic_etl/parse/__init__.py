"""Pages to articles: the selectors of known systems first, a generic reader for the rest."""

from civic_etl.parse.article import Article, Quality
from civic_etl.parse.page import parse_page
from civic_etl.parse.plain import parse_text
from civic_etl.parse.version import PARSER_VERSION

__all__ = ["PARSER_VERSION", "Article", "Quality", "parse_page", "parse_text"]
