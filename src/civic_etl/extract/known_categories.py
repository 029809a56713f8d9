"""What an indicator makes of the categories that a phrase names."""

from functools import lru_cache

from civic_etl.extract.context import Category
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import NO_CATEGORY, load_variants

# the same few phrases are asked about for every figure
_KEPT = 16_384


@lru_cache(maxsize=_KEPT)
def known_categories(code: str, named: Category) -> tuple[tuple[str, str], ...]:
    """The keys and values of an indicator that a phrase names; its own reading of the phrase comes first."""
    indicator = load_catalogue().get(code)
    if indicator is None:
        return ()
    allowed = indicator.breakdowns
    own = [(key, value) for scope, key, value in named if scope == code]
    keys = {key for key, _ in own}
    shared = [(key, value) for scope, key, value in named if not scope and key not in keys]
    other = not load_variants()["switch"].get(code)
    pairs = [(key, known_as(allowed, key, value, other)) for key, value in own + shared]
    return tuple(
        (key, value)
        for key, value in pairs
        if key in allowed and (value in allowed[key] or value == NO_CATEGORY or "any" in allowed[key])
    )


def known_as(allowed: dict[str, tuple[str, ...]], key: str, value: str, other: bool) -> str:
    """The category itself, or the wider one that an indicator knows in its place.

    The widest of all only where `other`: where no sister indicator knows the category itself.
    """
    known = allowed.get(key, ())
    if value in known or value == NO_CATEGORY:
        return value
    wider = load_variants()["wider"].get(key, {})
    widest = wider.get("*") if other else None
    return next((each for each in (wider.get(value), widest) if each in known), value)
