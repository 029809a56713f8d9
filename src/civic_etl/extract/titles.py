"""One public office as a text writes it."""

from dataclasses import dataclass, field

from civic_etl.extract.title_lexicon import Organ, lexicon
from civic_etl.vietnamese.fold import fold


@dataclass(slots=True)
class Title:
    """An office as written: characters, tokens, and what was read of it.

    `organ` is the organisation in words, `level` the type of unit named after it, `unit` that unit's full name where
    the text gives it, `stands_for` what a bare type was taken for, `written` the unit where its type is abbreviated.
    `whole`: nothing need follow the head; `own`: the head names its organisation. `private`: no public office.
    """

    start: int
    end: int
    first: int
    last: int
    head: str
    organ: str = ""
    organs: list[Organ] = field(default_factory=list)
    level: str = ""
    part: str = ""
    unit: str = ""
    stands_for: str = ""
    written: str = ""
    whole: bool = False
    own: bool = False
    private: bool = False

    @property
    def party(self) -> Organ | None:
        """The Party committee that is the unit itself, where one is named."""
        return next((organ for organ in reversed(self.organs) if organ.party), None)

    @property
    def complete(self) -> bool:
        """Whether it says by itself what it is an office of."""
        return self.whole or self.own or bool(self.organ or self.part)

    def wording(self) -> str:
        """The office in words, without the name of the unit but for one whose type is abbreviated."""
        words = (self.head, self.organ, self.written or self.level, self.part)
        return " ".join(word for word in words if word)

    def same_office(self) -> str:
        """What two ways of naming one office of a unit have in common."""
        head = lexicon().same_as.get(self.head, self.head)
        return fold(" ".join(word for word in (head, self.organ, self.part) if word))
