"""What finding places in prose gives."""

from dataclasses import dataclass
from typing import Literal

from civic_etl.gazetteer.units import Unit

Status = Literal["resolved", "ambiguous", "unlisted", "part"]


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A mention of a place: `text[start:end] == text`, in characters of the text as given.

    `status`: `resolved` to `unit`; `ambiguous` between `candidates`; `unlisted`, named with its type but not in the
    table on that day; `part` of a commune (`sub_area` as written, `unit` its commune where known). `full_name` runs
    from the unit up with the type the text uses; for an unlisted unit it ends at the parent that is known. `reason`
    says what decided.

    `anaphor`: a type alone (`xã`, `toàn huyện`, `địa phương`) that stands for an earlier unit. `former`: a unit no
    longer in force. `office`: the mention says whose chairman, secretary or committee somebody is. `giver`: it is who
    sets a plan (`thành phố giao`). `locates`: it only says where the unit named before it lies (`phường Đức Xuân,
    thành phố Bắc Kạn`). `beside`: another unit lies beside it (`phía đông giáp xã A`).
    """

    start: int
    end: int
    text: str
    level: int
    status: Status
    unit: Unit | None
    candidates: tuple[Unit, ...]
    reason: str
    full_name: str
    sub_area: str = ""
    anaphor: bool = False
    former: bool = False
    office: bool = False
    giver: bool = False
    locates: bool = False
    beside: bool = False
