"""Indicators that are rates, and the rates behind counts."""

from civic_etl.extract.categories import Breakdown
from civic_etl.extract.code_units import RATES, code_for_unit
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import DECOY, load_variants


def is_rate(code: str) -> bool:
    """Whether an indicator is told in percent or the like."""
    indicator = load_catalogue().get(code)
    return indicator is not None and indicator.unit_measure in RATES


def has_rate(code: str) -> bool:
    """Whether an indicator is a rate or has one."""
    fit = code_for_unit(code, "percent", generic=False)
    return fit is not None and is_rate(fit[0])


def rate_code(code: str, breakdown: Breakdown) -> tuple[str, Breakdown]:
    """The rate behind a count, with the categories that the rate knows."""
    for key, values in load_variants()["share_rate"].get(code, {}).items():
        if breakdown.get(key) in values:
            return values[breakdown[key]], {}
    if any(breakdown.get(key) in values for key, values in load_variants()["no_rate"].get(code, {}).items()):
        return DECOY, {}
    fit = code_for_unit(code, "percent", generic=False)
    if fit is None or fit[0] == code:
        return code, breakdown
    known = load_catalogue().indicators[fit[0]].breakdowns
    return fit[0], {k: v for k, v in breakdown.items() if v in known.get(k, ())}
