"""The prose cases and how a found place is written in them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from civic_etl.gazetteer import PlaceSpan


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its day and site, and the places it must give."""

    group: str
    text: str
    day: date
    site: str | None
    near: str | None
    places: tuple[str, ...]


def read_cases() -> list[Case]:
    """All cases of `cases.yaml`."""
    groups = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
    return [
        Case(group, row["text"], row["day"], row.get("site"), row.get("near"), tuple(row["places"]))
        for group, rows in groups.items()
        for row in rows
    ]


def written(span: PlaceSpan) -> str:
    """A place as the cases write it."""
    flags = [name for name in ("anaphor", "former", "office", "giver") if getattr(span, name)]
    status = [] if span.status == "resolved" else [span.status]
    marks = " ".join([*status, *([span.sub_area] if span.sub_area else []), *sorted(flags)])
    return " ".join(filter(None, [f"{span.text} =>", span.full_name, f"[{marks}]" if marks else ""]))
