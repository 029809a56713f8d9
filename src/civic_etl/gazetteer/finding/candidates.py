"""Which units of the table a name may mean on a day, before anything near it is weighed."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import LEFT_CENSORED, REFORM, Unit

# articles speak of a new unit some months before it is in force
AHEAD = timedelta(days=190)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Units a mention may mean; `reason` is "" where name, type and day fit, else why they were let in."""

    units: list[Unit]
    reason: str = ""
    former: bool = False
    # units no longer in force that would fit if those in force lie elsewhere
    past: tuple[Unit, ...] = ()
    # let in though their type is another
    other_type: bool = False


def candidates(gazetteer: Gazetteer, mention: Mention, day: date, told_apart: Container[tuple[str, str]]) -> Candidates:
    """Units of the mention's name and type in force on a day; else the nearest thing to it.

    In order: another type where the table does not know the type of that day; a unit no longer in force; one soon to
    be; another type. `told_apart` holds the name keys and types that the text itself names: beside `phường Thống Nhất`,
    `xã Thống Nhất` is not the same unit under another type.
    """
    units = [unit for unit in gazetteer.named(mention.key) if unit.level in mention.levels]
    past = _latest([unit for unit in units if unit.valid_to <= day and _fits(unit, mention)])
    past = [unit for unit in past if not _lives_on(gazetteer, unit, day)]
    if mention.former:
        return Candidates(past, "marked as former", former=True)
    current = [unit for unit in units if unit.on(day)]
    if same := [unit for unit in current if _fits(unit, mention)]:
        return Candidates(same, past=tuple(past))
    others = [unit for unit in current if unit.level > 1 or day >= REFORM]
    others = [unit for unit in others if (mention.key, unit.type) not in told_apart]
    unsure = [unit for unit in others if unit.date_quality == LEFT_CENSORED]
    if unsure and day < gazetteer.exact_from:
        until = gazetteer.exact_from
        return Candidates(unsure, f"type differs before {until}: the table knows only the later one", other_type=True)
    if past:
        return Candidates(past, "no longer in force on that day", former=True)
    if soon := [unit for unit in units if day < unit.valid_from <= day + AHEAD and _fits(unit, mention)]:
        return Candidates(soon, f"in force from {soon[0].valid_from}")
    return Candidates(others, "the table has another type", other_type=True)


def _fits(unit: Unit, mention: Mention) -> bool:
    return not mention.types or unit.type in mention.types


def _lives_on(gazetteer: Gazetteer, unit: Unit, day: date) -> bool:
    """Whether a unit no longer in force is there still, under its name and type, in another district or province."""
    current = gazetteer.at(unit.level, unit.code, day)
    if current is None or (current.core_name, current.type) != (unit.core_name, unit.type):
        return False
    return not any(edge.effective_date == REFORM for edge in gazetteer.successors(unit))


def _latest(units: list[Unit]) -> list[Unit]:
    """Of each code the version in force last."""
    latest: dict[tuple[int, str], Unit] = {}
    for unit in units:
        known = latest.get((unit.level, unit.code))
        if known is None or known.valid_to < unit.valid_to:
            latest[unit.level, unit.code] = unit
    return list(latest.values())
