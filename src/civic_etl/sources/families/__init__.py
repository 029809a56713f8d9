"""The CMS families: one module each, named as the family is. A new site of a known family needs no code."""

from functools import cache
from importlib import import_module

from civic_etl.errors import SourceError
from civic_etl.sources.families.base import Evidence, Family, Shape

FAMILIES = (
    "wordpress",
    "epi",
    "onecms",
    "onecms_old",
    "channel",
    "a_id",
    "htm_id",
    "id7",
    "liferay",
    "sharepoint",
    "vnpt",
    "nukeviet",
    "drupal",
    "dnn",
    "generic",
)


@cache
def get_family(name: str) -> Family:
    """The family of that name. Raises SourceError for an unknown one."""
    if name not in FAMILIES:
        raise SourceError(f"unknown family {name!r}; one of {', '.join(FAMILIES)}", field="family")
    family = import_module(f"{__name__}.{name}").FAMILY
    assert isinstance(family, Family)  # noqa: S101 - a module of this package breaks the rule only by a programming error
    return family


__all__ = ["FAMILIES", "Evidence", "Family", "Shape", "get_family"]
