"""civic-etl: Vietnam's ward and commune results, from prose to a warehouse that can be traced.

Data goes one way: sources -> crawl -> archive -> parse -> extract -> warehouse (load, roll up, release).
`vietnamese`, `gazetteer` and `indicators` are the shared vocabulary those stages read with.
"""

__version__ = "0.1.0"
