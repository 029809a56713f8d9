"""How likely a reading is right: a model of a few weights, fitted on annotated articles, that imports no stage.

`civic-etl evaluate --fit-confidence` fits it anew after the rules have changed.
"""

from civic_etl.confidence.features import Reading, features
from civic_etl.confidence.model import LEAST, MOST, Weights, confidence, load_weights, read_weights

__all__ = ["LEAST", "MOST", "Reading", "Weights", "confidence", "features", "load_weights", "read_weights"]
