"""Two sample sites of our own, served over real HTTP on loopback, with the truth about every figure on them.

The sites stand in for real ones in `civic-etl demo` and in tests: a city portal in WordPress markup and a provincial
newspaper in ePi CMS markup. Persons and figures are invented; the administrative units are real and valid on the
dates of the articles. The figures lie in `data/figures.csv`; articles are told from them, and telling one writes down
what it claims, so that `expected_observations` cannot drift from the prose.
"""

from civic_etl.samples.handler import Hit
from civic_etl.samples.server import SampleServer, serve
from civic_etl.samples.truth import expected_observations

__all__ = ["Hit", "SampleServer", "expected_observations", "serve"]
