"""How likely a reading is right: a model of a few weights, fitted on annotated articles, that imports no stage.

`civic-etl evaluate --fit-confidence` fits it anew after the rules have changed.
"""

from civic_etl.confidence.features import Page, Reading, features
from civic_etl.confidence.model import LEAST, MOST, Weights, confidences, load_weights, read_weights

__all__ = ["LEAST", "MOST", "Page", "Reading", "Weights", "confidences", "features", "load_weights", "read_weights"]
