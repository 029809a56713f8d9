"""The units that the sample articles speak of, and how people there are called."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

DATA = files("civic_etl.samples") / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """One commune-level unit on the dates it is written about.

    `unit_id` is the gazetteer's id. `parent` is the district-level unit, or the province after 2025-07-01, with its
    type (`thành phố Tuyên Quang`); `giver` is how the level that sets its plans is called in prose (`thành phố`).
    `groups` is the word for its parts (`tổ dân phố`, `thôn`, `khóm`, `ấp`). `people` maps roles (`secretary`, `chair`,
    `council`, `guest`, `guest_office`) to names. `former` names the units that a unit of 2025 was made of, `part` one
    part below the commune that some articles visit.
    """

    key: str
    unit_id: str
    type: str
    name: str
    area: str
    parent: str
    giver: str
    plan_level: str
    upper_committee: str
    groups: str
    people: dict[str, str]
    former: str = ""
    part: str = ""

    @property
    def full(self) -> str:
        """Type and name as prose has them: `phường Nông Tiến`, but `Phường 1`."""
        return f"{self.type.capitalize() if self.name.isdigit() else self.type} {self.name}"

    @property
    def ref_area_name(self) -> str:
        """The name from the unit up, as the gazetteer writes it."""
        return f"{self.type} {self.name}, {self.area}"

    @property
    def title(self) -> str:
        """The same with a capital, to open a sentence."""
        return f"{self.type.capitalize()} {self.name}"


@cache
def places() -> dict[str, Place]:
    """All places by key."""
    rows = yaml.safe_load((DATA / "places.yaml").read_text(encoding="utf-8"))
    return {key: Place(key=key, **row) for key, row in rows.items()}
