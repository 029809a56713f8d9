"""The records of the gazetteer: a unit as it was for a span of time, and an edge from one unit to its successor."""

from dataclasses import dataclass
from datetime import date

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
ALWAYS = date(9999, 12, 31)
# where the shipped table and the public lists begin: what was in force then began at an unknown earlier time
LEFT = date(2004, 8, 31)
# provinces merged, districts abolished, communes redrawn
REFORM = date(2025, 7, 1)
LEFT_CENSORED = "left_censored"


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit from `valid_from` until the day before `valid_to` (9999-12-31: still in force).

    `code` is the statistical office's and is no identity: `unit_id` is `<level>-<code>-<valid_from>`. `parent_code`
    has two digits for a province, three for a district. `lat`, `lon` in degrees, `area_km2` in square kilometres, None
    where the source has none. `cluster_id` names the connected component of the succession graph.
    """

    unit_id: str
    level: int
    code: str
    type: str
    name: str
    core_name: str
    parent_code: str | None
    province_code: str
    valid_from: date
    valid_to: date
    start_reason: str
    end_reason: str | None
    decree: str | None
    date_quality: str
    lat: float | None
    lon: float | None
    area_km2: float | None
    cluster_id: str

    def __hash__(self) -> int:
        # the id is the key; hashing all fields is ten times slower
        return hash(self.unit_id)

    def on(self, day: date) -> bool:
        """Whether the unit was in force on a day."""
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True, slots=True)
class Edge:
    """A unit's succession by another on a day; shares are of the predecessor's population, from 0 to 1.

    `relation` is whole, part, rename, retype, reparent or a `+` of them. `est_method` says how `share_est` was come by.
    """

    from_unit_id: str
    to_unit_id: str
    effective_date: date
    relation: str
    share_lo: float
    share_hi: float
    share_est: float
    est_method: str
    decree: str | None


def unit_id(level: int, code: str, valid_from: date) -> str:
    """The key of a unit version."""
    return f"{level}-{code}-{valid_from:%Y%m%d}"
