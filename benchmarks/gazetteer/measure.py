"""What the parts of the benchmark share: the two tools under test, timing, and tables."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from vietnamadminunits import parse_address  # noqa: E402

from civic_etl.gazetteer.units import REFORM, Unit  # noqa: E402

T = TypeVar("T")
EVE = REFORM - timedelta(days=1)
_REPEATS = 3


def code_of(unit: Unit | None) -> tuple[int, str] | None:
    """Level and code of a unit."""
    return None if unit is None else (unit.level, unit.code)


def parsed(text: str, day: date) -> tuple[int, str] | None:
    """Level and code of the unit that the wheel's parser reads in a text; None where it reads none."""
    try:
        found = parse_address(text, mode="LEGACY" if day < REFORM else "FROM_2025")
    except (ValueError, KeyError, AttributeError, TypeError, IndexError):
        return None
    if found is None:
        return None
    for level, name in ((3, "ward_code"), (2, "district_code"), (1, "province_code")):
        if code := getattr(found, name, None):
            return level, code
    return None


def seconds(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Processor seconds per item, best of several rounds: other work on the machine does not count."""
    return min(_round(work, items) for _ in range(_REPEATS)) / len(items)


def _round(work: Callable[[T], object], items: Sequence[T]) -> float:
    begun = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - begun


def share(items: Sequence[T], holds: Callable[[T], bool]) -> str:
    """The share of items for which something holds, in per cent."""
    return f"{sum(map(holds, items)) / len(items):.1%}" if items else "-"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
