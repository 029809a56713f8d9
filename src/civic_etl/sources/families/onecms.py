"""OneCMS (INTECH), the present theme: `/slug-<id>.html`, one sitemap a day back to the launch."""

from civic_etl.sources.families.base import Family, Shape

SHARED_MARKS = (
    Shape(r"\b[a-z0-9]+\.1cdn\.vn", 0.5, "1cdn.vn images"),
    Shape(r"onecms-logo|onecms__|oneAds\.js", 0.5, "OneCMS assets"),
)
URLS = (
    Shape(r"^//[^/]+/[^/?]+-\d{8}\.html$", 0.35, "/slug-<8 digits>.html"),
    Shape(r"^//[^/]+/[^/?]+-\d{5,8}\.html$", 0.2, "/slug-<id>.html"),
)

FAMILY = Family(
    name="onecms",
    title="OneCMS",
    urls=URLS,
    marks=(*SHARED_MARKS, Shape(r'class="[^"]*\b(block-sc-|b-maincontent|b-grid__)', 0.6, "block-sc-* classes")),
    articles=(r"^//[^/]+/[^/?]+-\d{5,9}\.html$",),
    indexes=(("sitemap", "/sitemap.xml"), ("feed", "/rss/trang-chu")),
    sitemap_skip=r"(categor|zone|tag|topic|author|event)[^/]*\.xml",
    lastmod_is_published=True,
)
