"""Newspapers with addresses that end in `-<id>.htm`, earlier `/slug/<id>.htm`."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="htm_id",
    title="-<id>.htm",
    urls=(Shape(r"[-/]\d{3,}\.htm(\?|$)", 0.9, "-<id>.htm"),),
    marks=(
        Shape(r'class="[^"]*\bpt-post-detail__', 0.7, "pt-post-detail__*"),
        Shape(r'id="main-detail"|class="[^"]*\bp(Body|Head|Author|Caption)\b', 0.6, "main-detail, pBody"),
        Shape(r'class="[^"]*\b(sapo_detail|date_news)\b', 0.4, "sapo_detail, date_news"),
        Shape(r'class="article__sapo"', 0.3, "article__sapo"),
    ),
    articles=(r"[-/]\d{3,}\.htm(\?|$)",),
    paging="?page={n}",
    indexes=(("listing", "/"),),
)
