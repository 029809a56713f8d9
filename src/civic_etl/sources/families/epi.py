"""ePi CMS of the newspapers: `-post<id>.html`, one sitemap a month back to the start, feeds by category."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="epi",
    title="ePi CMS",
    urls=(Shape(r"-post\d+\.(html|tpo|vnp|antd)(\?|$)", 0.95, "-post<id>.html"),),
    marks=(
        Shape(r"var\s+cmsConfig\b", 0.6, "cmsConfig"),
        Shape(r"epicdn\.me", 0.6, "epicdn.me"),
        Shape(r'class="[^"]*\bcms-(title|body|desc|author|source)\b', 0.6, "cms-* classes"),
        Shape(r'class="[^"]*\barticle__(body|header|sapo|title)\b', 0.3, "article__* classes"),
    ),
    articles=(r"-post\d+\.(html|tpo|vnp|antd)(\?|$)", r"/post-\d+\.html$"),
    indexes=(("sitemap", "/sitemap.xml"), ("feed", "/rss/home.rss")),
    sitemap_skip=r"(categor|zone|tag|topic|author|video)[^/]*\.xml",
    lastmod_is_published=False,
)
