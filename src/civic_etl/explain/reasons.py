"""Why a number that is no figure is none, from what stands around it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from civic_etl.data_files import read_yaml

_REACH = 48
UNRECOGNISED = ("unrecognised", "no figure was recognised: the words around it are unknown")
_SAID = {"date": ("date", "date or period"), "phone": ("phone", "telephone number")}


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    says: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    written: re.Pattern[str] | None
    line_start: bool


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    source = files("civic_etl.explain") / "data" / "reasons.yaml"
    return tuple(_rule(row) for row in read_yaml(source.read_text(encoding="utf-8")))


def _rule(row: dict[str, Any]) -> _Rule:
    return _Rule(
        reason=row["reason"],
        says=row["says"],
        before=re.compile(rf"(?<![^\W_]){row['before']}\s*$") if "before" in row else None,
        after=re.compile(row["after"]) if "after" in row else None,
        written=re.compile(rf"{row['written']}$") if "written" in row else None,
        line_start=bool(row.get("line_start")),
    )


def reason_of(folded: str, start: int, end: int, kind: str) -> tuple[str, str]:
    """(reason, what it says) of a number at `folded[start:end]`; `kind` is that of what was seen there."""
    if kind in _SAID:
        return _SAID[kind]
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    for rule in _rules():
        if rule.line_start and before.rpartition("\n")[2].strip(" -+*•("):
            continue
        fits = (
            (rule.before is None or rule.before.search(before))
            and (rule.after is None or rule.after.match(after))
            and (rule.written is None or rule.written.match(folded[start:end]))
        )
        if fits:
            return rule.reason, rule.says
    return UNRECOGNISED
