"""Following a unit through time: what it was made of, and what it became."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.lookup import UnitRecord, record, units_called
from civic_etl.gazetteer.units import Edge, Unit


@dataclass(frozen=True, slots=True)
class Share:
    """A predecessor or successor, and the share of the predecessor's population that went over (0 to 1)."""

    unit_id: str
    full_name: str
    relation: str
    share_lo: float
    share_hi: float
    share_est: float
    est_method: str
    decree: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of a line, what it was made of and what it became."""

    unit: UnitRecord
    made_of: tuple[Share, ...]
    became: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A line: every unit the asked one came from or went to, oldest first. `asked` are the unit ids of the question."""

    asked: tuple[str, ...]
    steps: tuple[Step, ...]

    def lines(self) -> list[str]:
        """The line as text, a unit a paragraph."""
        return [line for step in self.steps for line in _lines(step)]


def unit_history(query: str, on: date | None = None, gazetteer: Gazetteer | None = None) -> History:
    """The line of the unit called `query` ("phường Đức Xuân, Bắc Kạn") or of a unit id, as it was on a day if given.

    Raises GazetteerError where nothing, or more than one unit, is so called; the message names them.
    """
    gazetteer = gazetteer or Gazetteer.load()
    asked = [unit for unit in units_called(query, gazetteer) if on is None or unit.on(on)]
    if not asked:
        raise GazetteerError(f"no unit is called {query!r}" + (f" on {on}" if on else ""))
    before = _walk(asked, lambda unit: [e.from_unit_id for e in gazetteer.predecessors(unit)], gazetteer)
    after = _walk(asked, lambda unit: [e.to_unit_id for e in gazetteer.successors(unit)], gazetteer)
    line = before | after
    if any(unit.unit_id not in _line_of(asked[0], gazetteer) for unit in asked[1:]):
        names = "; ".join(f"{gazetteer.full_name(unit)} ({unit.unit_id})" for unit in asked)
        raise GazetteerError(f"several units are called {query!r}: {names}")
    steps = sorted(line.values(), key=lambda unit: (unit.valid_from, unit.level, unit.unit_id))
    return History(tuple(unit.unit_id for unit in asked), tuple(_step(unit, gazetteer) for unit in steps))


def _line_of(unit: Unit, gazetteer: Gazetteer) -> set[str]:
    """Ids of all units before and after one."""
    before = _walk([unit], lambda u: [e.from_unit_id for e in gazetteer.predecessors(u)], gazetteer)
    after = _walk([unit], lambda u: [e.to_unit_id for e in gazetteer.successors(u)], gazetteer)
    return set(before) | set(after)


def _walk(start: Sequence[Unit], step: Callable[[Unit], list[str]], gazetteer: Gazetteer) -> dict[str, Unit]:
    seen = {unit.unit_id: unit for unit in start}
    open_ = list(start)
    while open_:
        for unit_id in step(open_.pop()):
            if unit_id not in seen:
                seen[unit_id] = gazetteer.get(unit_id)
                open_.append(seen[unit_id])
    return seen


def _step(unit: Unit, gazetteer: Gazetteer) -> Step:
    return Step(
        unit=record(unit, gazetteer),
        made_of=tuple(_share(edge, edge.from_unit_id, gazetteer) for edge in gazetteer.predecessors(unit)),
        became=tuple(_share(edge, edge.to_unit_id, gazetteer) for edge in gazetteer.successors(unit)),
    )


def _share(edge: Edge, other: str, gazetteer: Gazetteer) -> Share:
    return Share(
        unit_id=other,
        full_name=gazetteer.full_name(gazetteer.get(other)),
        relation=edge.relation,
        share_lo=edge.share_lo,
        share_hi=edge.share_hi,
        share_est=edge.share_est,
        est_method=edge.est_method,
        decree=edge.decree,
    )


def _lines(step: Step) -> list[str]:
    unit = step.unit
    until = f"to {unit.valid_to}" if unit.valid_to else "on"
    since = f"in force by {unit.valid_from}" if unit.date_quality == "left_censored" else f"from {unit.valid_from}"
    head = f"{unit.code}  {unit.full_name}  ({since} {until}{f', {unit.decree}' if unit.decree else ''})"
    made = [f"    made of {_described(share)}" for share in step.made_of]
    became = [f"    became {_described(share)}" for share in step.became]
    return [head, *made, *became]


def _described(share: Share) -> str:
    if share.share_lo == share.share_hi:
        return f"{share.full_name}: {share.relation}"
    bounds = f"{share.share_lo:.0%} to {share.share_hi:.0%}"
    return f"{share.full_name}: {share.relation}, {bounds}, perhaps {share.share_est:.0%} ({share.est_method})"
