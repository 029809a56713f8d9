"""WordPress: REST API with dates, sitemaps by core or a plug-in, archives by month, paged feeds."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="wordpress",
    title="WordPress",
    urls=(
        Shape(r"[?&](p|page_id)=\d+", 0.9, "?p=<id>"),
        Shape(r"\?(tag|cat)=", 0.6, "?tag= or ?cat="),
        Shape(r"/wp-(content|json|includes)/", 0.95, "/wp-*/"),
        Shape(r"^//[^/]+/(?:[^/?.]+/)*20\d\d/[01]\d/(?:[0-3]\d/)?[^/?.]+/?$", 0.6, "/yyyy/mm/slug/"),
        Shape(r"^//[^/]+/(?:[^/?.]+/)*[^/?.-]*(?:-[^/?.-]*){6,}/$", 0.4, "long slug with a closing slash"),
        Shape(r"^//[^/]+/(?:[^/?.]+/)*[^/?.-]*(?:-[^/?.-]*){2,}/?$", 0.1, "slug"),
    ),
    marks=(
        Shape(r'(?i)<meta[^>]+content="WordPress [\d.]+', 0.9, "generator WordPress"),
        Shape(r"/wp-content/(themes|plugins|uploads)/", 0.6, "/wp-content/"),
        Shape(r"/wp-includes/|wp-emoji-release|wp-block-", 0.4, "WordPress assets"),
        Shape(r"api\.w\.org|/wp-json/", 0.4, "link to the REST API"),
    ),
    articles=(
        r"[?&]p=\d+",
        r"^//[^/]+/(?:[^/?.]+/)*[^/?.-]*(?:-[^/?.-]*){2,}/?(?:\.html)?$",
        r"/20\d\d/[01]\d/(?:[0-3]\d/)?[^/?.]+/?$",
    ),
    not_articles=(
        r"/(category|tag|author|page|comments|attachment|chuyen-muc|the|tac-gia)/",
        r"^//[^/]+/20\d\d/[01]\d/?$",
        r"[?&](cat|tag|s|page_id|attachment_id|replytocom|paged)=",
    ),
    id_params=("p", "page_id"),
    paging="page/{n}/",
    feed_paging="?paged={n}",
    indexes=(
        ("wp-json", "/wp-json/wp/v2/posts"),
        ("sitemap", "/wp-sitemap.xml"),
        ("sitemap", "/sitemap_index.xml"),
        ("date-archive", "/{year}/{month}/"),
        ("feed", "/feed/"),
    ),
    sitemap_skip=r"(taxonomies|users|posts-page|category|post_tag|author|(^|/)page)[^/]*\.xml",
)
