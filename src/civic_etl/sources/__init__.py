"""Which sites exist: one YAML description a site, one module a CMS family."""

from civic_etl.sources.detect import confirms, detect, weigh
from civic_etl.sources.families import FAMILIES, Evidence, Family, get_family
from civic_etl.sources.load import load_source, load_sources, parse_source
from civic_etl.sources.model import Assertions, Index, Period, Politeness, Robots, Source, Tls
from civic_etl.sources.urls import canonical_url, clean_url, url_key

__all__ = [
    "FAMILIES",
    "Assertions",
    "Evidence",
    "Family",
    "Index",
    "Period",
    "Politeness",
    "Robots",
    "Source",
    "Tls",
    "canonical_url",
    "clean_url",
    "confirms",
    "detect",
    "get_family",
    "load_source",
    "load_sources",
    "parse_source",
    "url_key",
    "weigh",
]
