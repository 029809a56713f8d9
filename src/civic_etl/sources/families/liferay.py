"""Liferay portals: the article's id may stand in the query, so queries are kept."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="liferay",
    title="Liferay",
    urls=(
        Shape(r"[?&]p_p_id=|_101_(struts_action|urlTitle|articleId)", 0.95, "portlet parameters"),
        Shape(r"/-/(view_content|asset_publisher)/", 0.95, "/-/view_content or asset_publisher"),
        Shape(r"^//[^/]+/(?:[a-z]{2}(?:_[A-Z]{2})?/)?web/[^/?]+/", 0.8, "/web/<site>/"),
        Shape(r"/-/[^/?]+$", 0.4, "/-/slug"),
    ),
    marks=(
        Shape(r"\bLiferay\.(ThemeDisplay|Portlet|Loader|currentURL)", 0.9, "Liferay script"),
        Shape(r'class="[^"]*\b(journal-content-article|portlet-boundary|asset-content)\b', 0.6, "portlet classes"),
        Shape(r"p_p_id=", 0.3, "portlet links"),
    ),
    articles=(
        r"/-/(view_content|asset_publisher)/[^?]*[^/?]+",
        r"_101_urlTitle=|_101_articleId=|[?&]articleId=",
        r"/web/(?:[^/?]*/)*[^/?-]*(?:-[^/?-]*){2,}$",
        r"/web/(?:[^/?]*/)*chi-tiet\?.*\bid=\d+",
        r"/-/[^/?-]*(?:-[^/?-]*){2,}$",
    ),
    not_articles=(r"_101_struts_action=[^&]*search", r"/-/asset_publisher/[^/]+/?$"),
    id_params=None,
    indexes=(("sitemap", "/sitemap.xml"), ("listing", "/")),
)
