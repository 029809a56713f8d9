"""No known system: an address counts as an article when it ends in a number or a long slug."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="generic",
    title="Unknown system",
    marks=(Shape(r'(?i)<meta[^>]+property="og:type"[^>]+content="article"', 0.1, "og:type article"),),
    articles=(
        r"[-/]\d{3,}(\.html?|\.aspx)?/?$",
        r"[?&](id|nid|newsid|articleid|idtin)=\d+",
        r"^//[^/]+/(?:[^/?]*/)*[^/?-]*(?:-[^/?-]*){5,}/?$",
    ),
    not_articles=(
        r"/(tag|tags|search|tim-kiem|category|chuyen-muc|login|dang-nhap)(/|\?|$)",
        r"[?&](page|pagenumber)=\d+",
    ),
    id_params=None,
    paging="?page={n}",
    indexes=(("sitemap", "/sitemap.xml"), ("feed", "/rss"), ("listing", "/")),
    baseline=0.3,
)
