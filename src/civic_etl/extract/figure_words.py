"""The words by which figures are read, from their data file."""

from civic_etl.extract.patterns import patterns

PART = "trong đó"
"""What opens the parts of a whole."""

WORDS = patterns("figure_words.yaml")
"""Patterns by what they tell; each is explained where it is listed."""
