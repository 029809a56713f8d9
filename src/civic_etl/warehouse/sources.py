"""Source descriptions as rows for analysts."""

from civic_etl.settings import Settings
from civic_etl.sources.load import load_sources
from civic_etl.sources.model import Source
from civic_etl.warehouse.items import SourceInfo


def known_sources(settings: Settings) -> list[SourceInfo]:
    """Every source that the package and `settings.sources_dir` describe.

    Raises SourceError where a description is malformed.
    """
    folders = [settings.sources_dir] if settings.sources_dir else []
    return [_info(source) for _, source in sorted(load_sources(folders).items())]


def _info(source: Source) -> SourceInfo:
    return SourceInfo(
        source=source.name,
        name=source.title,
        url=source.home_url,
        area=source.area or "",
        level=source.level,
        family=source.periods[-1].family,
        cadence_days=source.cadence_days,
        successor=source.successor,
    )
