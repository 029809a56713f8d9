"""Bare cases that are those of the disease that an article has told of ("toàn tỉnh có 4.736 ca, tăng 21%")."""

from civic_etl.extract.categories import Breakdown
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns

_WORDS = patterns("beside.yaml")
_CASES, _DISEASE, _UNIT = "disease_cases", "disease", "case"
_SCORE = 5.0
_RULE = "companion"


def cases_spoken_of(figure: Figure, frame: Frame) -> Link | None:
    """The link of cases that no word says what they are of, where the last ones told of were those of a disease."""
    q = figure.q
    counted = q.unit == _UNIT and _WORDS["bare_cases"].fullmatch(q.noun) is not None
    if counted:
        told = _WORDS["cases_end"].match(figure.folded, q.end) is not None
    else:
        told = figure.is_rate and _WORDS["cases_moved"].search(figure.gap) is not None
    last = _last(frame) if told else None
    return Link(_CASES, None, _SCORE, _RULE) if last is not None and last.code == _CASES else None


def of_disease(code: str, link: Link, frame: Frame) -> Breakdown:
    """The disease of such cases."""
    last = _last(frame) if code == _CASES and link.rule == _RULE else None
    if last is None or _DISEASE not in last.breakdown:
        return {}
    return {_DISEASE: last.breakdown[_DISEASE]}


def _last(frame: Frame) -> Draft | None:
    return next((draft for draft in reversed(frame.trail.told) if draft.quantity.unit == _UNIT), None)
