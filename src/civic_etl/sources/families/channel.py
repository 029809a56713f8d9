"""The newspaper CMS with the month in its addresses: `/channel/<n>/<yyyymm>/slug-<id>/` or
`/<cat>/<yyyymm>/slug-<id>/`."""

from civic_etl.sources.families.base import Family, Shape

_ARTICLE = r"/(?:channel/\d+|[^/?]+)/(?:19|20)\d\d(?:0[1-9]|1[0-2])/[^/?]+-(?:\d{5,8}|[0-9a-f]{7})/?$"

FAMILY = Family(
    name="channel",
    title="channel/YYYYMM",
    urls=(
        Shape(r"/channel/\d+/", 0.95, "/channel/<n>/"),
        Shape(_ARTICLE, 0.95, "/<cat>/<yyyymm>/slug-<id>"),
    ),
    marks=(
        Shape(r"/common/v\d/(image|css|js)/", 0.5, "/common/v<n>/"),
        Shape(r"/dataimages/(?:19|20)\d{4}/", 0.5, "/dataimages/<yyyymm>/"),
        Shape(r'class="[^"]*\b(list-full-1|newsfirst|items-next)\b', 0.3, "list classes"),
        Shape(r"C[ậạ]p nh[ậạ]t lúc ?\d\d:\d\d", 0.2, "'Cập nhật lúc'"),
    ),
    articles=(_ARTICLE,),
    paging=None,
    indexes=(("listing", "/"),),
)
