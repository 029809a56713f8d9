"""OneCMS before its present theme: the same addresses, other classes."""

from civic_etl.sources.families.base import Family, Shape
from civic_etl.sources.families.onecms import FAMILY as NEW
from civic_etl.sources.families.onecms import SHARED_MARKS

FAMILY = Family(
    name="onecms_old",
    title="OneCMS, old theme",
    urls=(Shape(r"^//[^/]+/[^/?]+-\d{5,8}\.html$", 0.15, "/slug-<id>.html"),),
    marks=(*SHARED_MARKS, Shape(r'class="[^"]*\bc-detail-head__(title|time|author)', 0.9, "c-detail-head__* classes")),
    articles=NEW.articles,
    indexes=NEW.indexes,
    sitemap_skip=NEW.sitemap_skip,
    lastmod_is_published=True,
)
