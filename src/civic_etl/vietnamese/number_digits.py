"""Runs of digits with separators, read by the Vietnamese convention and by the ways real pages depart from it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# a longer run is a code or noise, and reading it would cost more than it can give
MAX_CHARACTERS = 40
# years and round numbers come again and again
_RUNS_KEPT = 8192
_GROUP = 3


@dataclass(frozen=True, slots=True)
class DigitReading:
    """What a run of digits means. `ambiguous` runs carry their other reading in `alternatives`."""

    value: Decimal
    pattern: str
    alternatives: tuple[Decimal, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether the run has another plausible reading."""
        return bool(self.alternatives)


@lru_cache(maxsize=_RUNS_KEPT)
def read_digits(run: str) -> DigitReading | None:
    """Read digits with inner `.` and `,`; None for what is no number of its own (`22.1.2021`, `1,2,3`, over-long runs).

    `.` groups thousands and `,` marks decimals. One separator before exactly three digits is ambiguous: `1.250` is
    1250 (or 1.25), `1,250` is 1.25 (or 1250). Patterns: `integer`, `thousands`, `decimal`, `grouped_decimal`
    (`8.254,817`, `1,187,93`), `english_decimal` (`1,250.5`), `mixed_thousands` (`13,200.000`).
    """
    if len(run) > MAX_CHARACTERS:
        return None
    groups = re.split(r"[.,]", run)
    marks = [c for c in run if c in ".,"]
    if not marks:
        return DigitReading(Decimal(run), "integer")
    if len(marks) == 1:
        return _one_mark(groups[0], marks[0], groups[1])
    if not _is_grouped(groups[:-1]):
        return None
    return _many_marks(groups, marks)


def _one_mark(whole: str, mark: str, rest: str) -> DigitReading:
    decimal = Decimal(f"{whole}.{rest}")
    if len(rest) != _GROUP or len(whole) > _GROUP or not whole.strip("0"):
        return DigitReading(decimal, "decimal")
    thousands = Decimal(whole + rest)
    if mark == ".":
        return DigitReading(thousands, "thousands", (decimal,))
    return DigitReading(decimal, "decimal", (thousands,))


def _many_marks(groups: list[str], marks: list[str]) -> DigitReading | None:
    whole, rest = "".join(groups[:-1]), groups[-1]
    inner, last = set(marks[:-1]), marks[-1]
    if inner == {last}:
        if len(rest) == _GROUP:
            return DigitReading(Decimal(whole + rest), "thousands")
        # "1,187,93": the decimals set off by the mark of the thousands
        set_off = last == "," and len(rest) < _GROUP
        return DigitReading(Decimal(f"{whole}.{rest}"), "grouped_decimal") if set_off else None
    if len(inner) > 1:
        return DigitReading(Decimal(whole + rest), "mixed_thousands") if len(rest) == _GROUP else None
    decimal = Decimal(f"{whole}.{rest}")
    if last == ",":
        # ",000" may be the last group of a slip of the pen, or three written-out decimals
        others = (Decimal(whole + rest),) if rest == "000" else ()
        return DigitReading(decimal, "grouped_decimal", others)
    if len(rest) == _GROUP:
        # a point before three digits groups thousands, so the commas are the slip
        return DigitReading(Decimal(whole + rest), "mixed_thousands", (decimal,))
    return DigitReading(decimal, "english_decimal")


def _is_grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])


def split_list(run: str) -> list[tuple[int, int]] | None:
    """Spans of the members of a list written without spaces (`1,2,3`); None where commas are not all that separates."""
    if "." in run or run.count(",") < 2:
        return None
    return [match.span() for match in re.finditer(r"[0-9]+", run)]
