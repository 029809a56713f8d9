"""What the categories of a figure say of each other, whatever the text says."""

from civic_etl.extract.categories import Breakdown
from civic_etl.indicators.lexicon import load_variants


def settled(code: str, told: Breakdown) -> Breakdown:
    """The categories of a figure with what they imply, without those that go without saying or make no sense alone."""
    variants = load_variants()
    implied = variants["implied"].get(code, {})
    found = dict(told)
    for value in told.values():
        found = implied.get(value, {}) | found
    needless = variants["needless"].get(code, {})
    found = {key: value for key, value in found.items() if needless.get(value) not in found}
    return {key: value for key, value in found.items() if variants["wanting"].get(code, {}).get(value, key) in found}
