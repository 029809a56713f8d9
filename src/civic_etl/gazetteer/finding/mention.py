"""A mention under way: found by the scan, settled by the resolver."""

from dataclasses import dataclass
from typing import Literal

from civic_etl.gazetteer.finding.lexicon import TypeForm
from civic_etl.gazetteer.spans import Status
from civic_etl.gazetteer.units import Unit

Kind = Literal["typed", "bare", "anaphor", "part"]


@dataclass(slots=True, eq=False)
class Mention:
    """Tokens `first` up to `last` (exclusive), what they say, and, once settled, what they mean.

    `word` is the type as written in full ("" for a bare name), `key` and `name` the name; `inside` the mention that the
    text itself says it lies in.
    """

    kind: Kind
    first: int
    last: int
    word: str
    types: tuple[str, ...]
    levels: tuple[int, ...]
    key: str = ""
    name: str = ""
    start: int = 0
    end: int = 0
    inside: "Mention | None" = None
    weak: bool = False
    sub_area: str = ""
    former: bool = False
    # the text itself says that it is former
    marked: bool = False
    # another unit was parted from it
    origin: bool = False
    office: bool = False
    giver: bool = False
    locates: bool = False
    # another unit lies beside it
    beside: bool = False
    shouted: bool = False
    # settled
    done: bool = False
    status: Status = "ambiguous"
    unit: Unit | None = None
    candidates: tuple[Unit, ...] = ()
    full_name: str = ""
    reason: str = ""

    @property
    def level(self) -> int:
        """The level of the unit meant; of a part, one below the commune."""
        if self.kind == "part":
            return 4
        return self.unit.level if self.unit is not None else self.levels[-1]


def typed(form: TypeForm, first: int, last: int, key: str, name: str) -> Mention:
    """A mention of a name that its type leads."""
    return Mention("typed", first, last, form.word, form.types, form.levels, key=key, name=name)
