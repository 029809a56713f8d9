"""Newspapers with a seven-digit id at the root: told from OneCMS by the page, or by knowing the host."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="id7",
    title="-NNNNNNN.html",
    urls=(
        Shape(r"^//[^/]+/[^/?]+-\d{7}\.html$", 0.38, "/slug-<7 digits>.html"),
        Shape(r"^//[^/]+/(?:[^/?]+/)?[^/?]+-\d{5,7}\.html$", 0.15, "/cat/slug-<id>.html"),
    ),
    marks=(Shape(r'<article[^>]+class="[^"]*\bcard\b', 0.3, "article.card"),),
    articles=(r"^//[^/]+/(?:[^/?]+/)?[^/?]+-\d{5,7}\.html$",),
    indexes=(("feed", "/rss/news/home.rss"), ("listing", "/")),
)
