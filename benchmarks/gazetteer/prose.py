"""The tests' prose cases, and articles whose places are annotated: what is found in them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from measure import ROOT, code_of, parsed, seconds, share, table

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import REFORM, Unit
from gazetteer.prose import Case, written

_GOLD = ROOT / "tests" / "gold" / "half_a"


def prose(gazetteer: Gazetteer, cases: Sequence[Case]) -> str:
    """Both tools on the sentences that name just one unit, and on those that name none."""
    single = [case for case in cases if _only_unit(gazetteer, case) is not None]
    none = [case for case in cases if not case.places]
    ours = share(single, lambda case: _unit_found(gazetteer, case) == _only_unit(gazetteer, case))
    theirs = share(single, lambda case: parsed(case.text, case.day) == code_of(_only_unit(gazetteer, case)))
    our_traps = share(none, lambda case: not gazetteer.find(case.text, case.day, case.near, case.site))
    their_traps = share(none, lambda case: parsed(case.text, case.day) is None)
    our_time = seconds(lambda case: gazetteer.find(case.text, case.day, case.near, case.site), cases)
    their_time = seconds(lambda case: parsed(case.text, case.day), cases)
    rows = [
        ("the one unit named is found", len(single), ours, theirs),
        ("no place is found where none is named", len(none), our_traps, their_traps),
        ("time per sentence, relative", len(cases), 1, f"{their_time / our_time:.1f}"),
    ]
    return table(("prose", "cases", "civic-etl", "vietnamadminunits"), rows)


def mentions(gazetteer: Gazetteer, cases: Sequence[Case]) -> str:
    """Every mention of every case: precision and recall, and how many are rightly left ambiguous."""
    rows = []
    for era, chosen in (
        ("before 2025-07-01", [case for case in cases if case.day < REFORM]),
        ("since", [case for case in cases if case.day >= REFORM]),
    ):
        due = found = right = ambiguous = 0
        for case in chosen:
            spans = [_plain(written(s)) for s in gazetteer.find(case.text, case.day, case.near, case.site)]
            wanted = [_plain(place) for place in case.places]
            right += sum(place in wanted for place in spans)
            due, found = due + len(wanted), found + len(spans)
            ambiguous += sum("ambiguous" in place for place in wanted)
        rows.append((era, len(chosen), due, f"{right / found:.1%}", f"{right / due:.1%}", f"{ambiguous / due:.1%}"))
    head = ("cases of the tests", "sentences", "places", "precision", "recall", "rightly ambiguous")
    return table(head, rows)


def _plain(place: str) -> str:
    head, _, marks = place.partition(" [")
    return f"{head} {sorted(marks.rstrip(']').split())}"


def gold(gazetteer: Gazetteer) -> str:
    """Articles with annotated figures: is the unit that figures are about found, and resolved?"""
    outcomes = list(_gold_outcomes(gazetteer))
    total, figures = len(outcomes), sum(count for _, count in outcomes)
    rows = []
    for kind in ("resolved", "unlisted, rightly named", "missing or another"):
        units = sum(outcome == kind for outcome, _ in outcomes)
        weight = sum(count for outcome, count in outcomes if outcome == kind)
        rows.append((kind, f"{units / total:.1%}", f"{weight / figures:.1%}"))
    return table((f"units of {total} articles and places", "share", f"share of {figures} figures"), rows)


def _gold_outcomes(gazetteer: Gazetteer) -> Iterator[tuple[str, int]]:
    areas: dict[str, dict[str, int]] = {}
    for line in (_GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        per_area = areas.setdefault(row["doc_id"], {})
        per_area[row["ref_area"]] = per_area.get(row["ref_area"], 0) + 1
    for line in (_GOLD / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        day = date.fromisoformat(doc["published"]) if doc["published"] else None
        spans = gazetteer.find(doc["text"], day, [doc["title"] or ""], doc["site_area"])
        spans += gazetteer.find(doc["title"] or "", day, None, doc["site_area"])
        spans += gazetteer.find(doc["site_area"], day) if doc["site_area"] else []
        for area, count in areas.get(doc["doc_id"], {}).items():
            hits = {span.status for span in spans if name_key(span.full_name) == name_key(area)}
            kind = "resolved" if "resolved" in hits else "unlisted, rightly named" if hits else "missing or another"
            yield kind, count


def _only_unit(gazetteer: Gazetteer, case: Case) -> Unit | None:
    """The unit of a case that names just one, by its full name."""
    if len(case.places) != 1 or "[" in case.places[0]:
        return None
    name = case.places[0].split(" => ")[1]
    units = [unit for unit in gazetteer.matching(name) if unit.on(case.day)]
    return units[0] if len(units) == 1 else None


def _unit_found(gazetteer: Gazetteer, case: Case) -> Unit | None:
    spans = gazetteer.find(case.text, case.day, case.near, case.site)
    return spans[0].unit if [written(span) for span in spans] == list(case.places) else None
