"""The VNPT portal of several provinces: `/cat/slug-<7 digits>`, earlier a chain of numbers before the slug."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="vnpt",
    title="VNPT portal",
    urls=(
        Shape(r"^//[^/]+/\d{3,5}/\d{4,6}/\d{4,6}/\d{5,7}/", 0.9, "/<n>/<n>/<n>/<n>/cat/slug"),
        Shape(r"^//[^/]+\.gov\.vn/[^/?]+/[^/?.]+-\d{6,7}$", 0.2, "gov.vn /cat/slug-<id>"),
        Shape(r"^//[^/]+\.gov\.vn/[^/?]+/[^/?.]+-1\d{6}$", 0.6, "gov.vn /cat/slug-1<6 digits>"),
    ),
    marks=(
        Shape(r'class="[^"]*\bArticleSummary\b', 0.5, "ArticleSummary"),
        Shape(r'class="[^"]*\bArticleContent\b', 0.4, "ArticleContent"),
        Shape(r'class="[^"]*\bPostDate\b', 0.3, "PostDate"),
    ),
    articles=(r"^//[^/]+/\d{3,5}/\d{4,6}/\d{4,6}/\d{5,7}/[^?]+", r"^//[^/]+/[^/?]+/[^/?.]+-\d{6,8}$"),
    paging="?page={n}",
    indexes=(("listing", "/"),),
)
