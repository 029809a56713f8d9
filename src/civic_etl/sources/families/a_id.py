"""The newspaper CMS with addresses that end in `-a<id>.html`."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="a_id",
    title="-a<id>.html",
    urls=(
        Shape(r"-a\d+\.html(\?|$)", 0.9, "-a<id>.html"),
        Shape(r"-d\d{3,}\.html(\?|$)", 0.6, "-d<id>.html"),
    ),
    marks=(
        Shape(r'class="[^"]*\bcontent-fck', 0.7, "content-fck"),
        Shape(r'class="[^"]*\b(detail-desc|paginate-items)\b', 0.3, "detail-desc, paginate-items"),
    ),
    articles=(r"-[ad]\d+\.html(\?|$)",),
    paging="?page={n}",
    indexes=(("listing", "/"),),
)
