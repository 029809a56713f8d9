"""The explorer: a static site in every release, to look at the figures and to follow each to its sentence."""

from civic_etl.explorer.site import SITE_FORMAT, build_site

__all__ = ["SITE_FORMAT", "build_site"]
