"""The report of an evaluation, as lines of text and as plain data."""

from collections.abc import Iterator
from typing import Any

from civic_etl.evaluate.calibration import calibration, calibration_error
from civic_etl.evaluate.claims import Claim
from civic_etl.evaluate.evaluation import Evaluation
from civic_etl.evaluate.levels import FULL
from civic_etl.evaluate.pairing import Pair
from civic_etl.evaluate.score import Score
from civic_etl.vietnamese.fold import nfc

_AROUND = 60


def report_lines(evaluation: Evaluation, by: str | None = None, errors: int = 0) -> Iterator[str]:
    """The report of one set. Errors are shown with their sentences, but never those of a set that only checks."""
    levels = evaluation.levels()
    full = levels["FULL"]
    yield f"{evaluation.name}: {len(evaluation.texts)} articles, {full.gold} annotated, {full.found} found"
    yield _HEADING
    yield from _score_lines(levels)
    for title, scores in (("offices", evaluation.offices), ("events", evaluation.events)):
        yield f"{title}: {next(iter(scores.values())).gold} annotated, {next(iter(scores.values())).found} found"
        yield from _score_lines(scores)
    yield from _calibration_lines(evaluation)
    if by is not None:
        yield from _group_lines(evaluation, by)
    if errors and evaluation.role == "check":
        yield "errors are not shown: this set checks, and whoever reads its errors would write rules for them"
    elif errors:
        yield from _error_lines(evaluation, errors)


_HEADING = f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}"


def _score_lines(scores: dict[str, Score]) -> Iterator[str]:
    for level, score in scores.items():
        yield f"  {level:10}{score.precision:10.4f}{score.recall:10.4f}{score.f1:10.4f}"


def _calibration_lines(evaluation: Evaluation) -> Iterator[str]:
    bands = calibration(evaluation.pairs)
    yield f"confidence: {calibration_error(bands):.3f} off on average"
    yield f"  {'band':12}{'found':>8}{'says':>8}{'right':>8}"
    for band in bands:
        yield f"  {band.low:.2f}-{min(band.high, 1):.2f}{'':3}{band.found:8}{band.confidence:8.2f}{band.right:8.2f}"


def _group_lines(evaluation: Evaluation, by: str) -> Iterator[str]:
    yield f"  {by:34}{'gold':>6}{'found':>6}{'number R':>10}{'FULL P':>8}{'FULL R':>8}{'FULL F1':>8}"
    for name, scores in evaluation.by(by).items():
        number, full = scores["number"], scores["FULL"]
        yield (
            f"  {name[:33]:34}{full.gold:6}{full.found:6}{number.recall:10.3f}"
            f"{full.precision:8.3f}{full.recall:8.3f}{full.f1:8.3f}"
        )


def _error_lines(evaluation: Evaluation, most: int) -> Iterator[str]:
    missed = [p for p in evaluation.pairs if p.found is None]
    wrong = sorted((p for p in evaluation.pairs if p.gold and p.found and p.depth < FULL), key=lambda p: p.depth)
    spurious = [p for p in evaluation.pairs if p.gold is None]
    for title, pairs in (("missed", missed), ("wrong", wrong), ("spurious", spurious)):
        yield f"{title}: {len(pairs)}"
        for pair in pairs[:most]:
            yield from _error(evaluation, pair)


def _error(evaluation: Evaluation, pair: Pair) -> Iterator[str]:
    claim = pair.gold or pair.found
    if claim is None:
        return
    yield f"  {claim.doc_id}  {_context(evaluation.texts.get(claim.doc_id, ''), claim)}"
    if pair.gold is not None and pair.found is not None:
        fields = evaluation.judge.wrong_fields(pair.gold, pair.found)
        yield "      " + "; ".join(f"{f}: {_shown(f, pair.gold)} -> {_shown(f, pair.found)}" for f in fields)
    else:
        yield "      " + " ".join(_shown(f, claim) for f in _SHOWN)


_SHOWN = ("indicator", "breakdown", "measure", "value", "unit", "comparator", "period", "kind", "place", "sub_area")


def _shown(field: str, claim: Claim) -> str:
    if field == "value":
        return f"{claim.value:f}" + (f"..{claim.upper:f}" if claim.upper is not None else "")
    if field == "breakdown":
        return ",".join(f"{key}={value}" for key, value in claim.breakdown) or "-"
    return str(getattr(claim, field)) or "-"


def _context(text: str, claim: Claim) -> str:
    if claim.span is None:
        return f"[{claim.quote}]"
    start, end = claim.span
    around = f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"
    return nfc(" ".join(around.split()))


def as_dict(evaluation: Evaluation, by: str | None = None) -> dict[str, Any]:
    """The report as plain data for JSON."""
    bands = calibration(evaluation.pairs)
    data: dict[str, Any] = {
        "set": evaluation.name,
        "role": evaluation.role,
        "documents": len(evaluation.texts),
        "levels": {level: score.as_dict() for level, score in evaluation.levels().items()},
        "offices": {level: score.as_dict() for level, score in evaluation.offices.items()},
        "events": {level: score.as_dict() for level, score in evaluation.events.items()},
        "calibration_error": round(calibration_error(bands), 4),
        "calibration": [
            {
                "from": b.low,
                "to": min(b.high, 1.0),
                "found": b.found,
                "says": round(b.confidence, 4),
                "right": round(b.right, 4),
            }
            for b in bands
        ],
    }
    if by is not None:
        groups = evaluation.by(by)
        data[f"by_{by}"] = {name: {lv: s.as_dict() for lv, s in scores.items()} for name, scores in groups.items()}
    return data
