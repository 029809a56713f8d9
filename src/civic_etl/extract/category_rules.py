"""What the categories of a figure say of each other, whatever the text says."""

from civic_etl.extract.categories import Breakdown
from civic_etl.indicators.lexicon import load_variants


def settled(code: str, told: Breakdown, beside: Breakdown) -> Breakdown:
    """The categories of a figure with what they imply, without those that go without saying or make no sense alone.

    `beside` are those told right before the figure.
    """
    variants = load_variants()
    implied = variants["implied"].get(code, {})
    found = dict(told)
    for value in told.values():
        found = implied.get(value, {}) | found
    needless = variants["needless"].get(code, {})
    found = {k: v for k, v in found.items() if needless.get(v, k) == k or needless[v] not in found or k in beside}
    return {key: value for key, value in found.items() if variants["wanting"].get(code, {}).get(value, key) in found}


def of_alternatives(code: str, kept: Breakdown, told: Breakdown) -> Breakdown:
    """What goes on to a figure from the one before, without the other keys that it could be told apart by."""
    keys = load_variants()["alternatives"].get(code, ())
    if not any(key in told for key in keys):
        return kept
    return {key: value for key, value in kept.items() if key not in keys}
