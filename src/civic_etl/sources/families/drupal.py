"""Drupal: `/node/<id>` or a slug that ends in -0, -1 when it repeats; listing pages count from zero."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="drupal",
    title="Drupal",
    urls=(
        Shape(r"/node/\d+", 0.9, "/node/<id>"),
        Shape(r"^//[^/]+/[^/?.]+-[01]$", 0.35, "slug with -0"),
        Shape(r"^//[^/]+/(?:[^/?.]+/)*[^/?.-]*(?:-[^/?.-]*){3,}$", 0.1, "slug"),
    ),
    marks=(
        Shape(r'(?i)<meta[^>]+content="Drupal \d', 0.9, "generator Drupal"),
        Shape(r"data-drupal-|drupalSettings|Drupal\.settings", 0.8, "Drupal script"),
        Shape(r"/sites/(default|all|[^/\"]+)/(files|themes|modules)/", 0.4, "/sites/default/files/"),
        Shape(r'class="[^"]*\bfield--name-body\b', 0.4, "field--name-body"),
        Shape(r"Nhảy đến nội dung", 0.3, "'Nhảy đến nội dung'"),
    ),
    articles=(r"/node/\d+$", r"^//[^/]+/(?:[^/?.]+/)*[^/?.-]*(?:-[^/?.-]*){3,}$"),
    not_articles=(r"/(taxonomy|user|search|admin|tags?)/",),
    paging="?page={n0}",
    indexes=(("sitemap", "/sitemap.xml"), ("feed", "/rss.xml")),
)
