"""NukeViet 4: `/vi/news/<cat>/slug-<id>.html`; its news sitemap holds the newest 1,000 only."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="nukeviet",
    title="NukeViet",
    urls=(
        Shape(r"/(vi|en)/news/[^?]+", 0.9, "/vi/news/"),
        Shape(r"/(savefile|print)/[^?]+-\d+\.html", 0.9, "/savefile/ or /print/"),
        Shape(r"[?&]nv=[a-z-]+", 0.9, "?nv="),
        Shape(r"^//[^/]+/[A-Z][A-Za-z0-9-]*/[A-Z][^/?]*-\d+\.html$", 0.5, "/Cat/Slug-<id>.html, capitals"),
        Shape(r"^//[^/]+/(?:[^/?]+/)+[^/?]+-\d+\.html$", 0.15, "/cat/slug-<id>.html"),
    ),
    marks=(
        Shape(r'(?i)<meta[^>]+content="NukeViet', 0.9, "generator NukeViet"),
        Shape(
            r'id="news-bodyhtml"|\bnv_(base_siteurl|lang_data|module_name)\b', 0.8, "NukeViet script or news-bodyhtml"
        ),
        Shape(r"Những tin mới hơn|Những tin cũ hơn", 0.3, "'Những tin mới hơn'"),
        Shape(r"/assets/js/(global|nv\.)|/themes/[^/]+/(js|css)/", 0.2, "NukeViet assets"),
    ),
    articles=(r"/(?:vi/)?news/[^?]*[^/?]+-\d+(\.html|/)?$", r"^//[^/]+/(?:[^/?]+/)+[^/?]+-\d+\.html$"),
    not_articles=(r"/(savefile|print|sendmail|tag|groups|rss|page-\d+)/", r"/page-\d+"),
    id_params=("id", "op", "nv"),
    paging="page-{n}/",
    indexes=(("sitemap", "/sitemap.xml"), ("feed", "/news/rss/")),
    sitemap_skip=r"(page|download|videos|photos|shops|laws)\.xml",
)
