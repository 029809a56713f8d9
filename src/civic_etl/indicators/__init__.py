"""The catalogue of indicators and the lexicon that finds them in prose."""

from civic_etl.indicators.catalogue import Catalogue, Indicator, load_catalogue, read_catalogue

__all__ = ["Catalogue", "Indicator", "load_catalogue", "read_catalogue"]
