"""What time is in force while a document is read from its first sentence to its last."""

from dataclasses import dataclass, field, fields, replace

from civic_etl.extract.calendar_period import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """A period in force, where the cue that opened it stands (-1: none in the text), and how far it reaches.

    `as_of`: it is a day's state. `of_paragraph`: it is a run of days inside the time under report, and ends with its
    paragraph. `of_occasion`: it is a day on which something was done, and holds for that alone. `of_years`: it is so
    many years that went by, told with figures, and ends with its paragraph, too.
    """

    period: Period | None
    cue_start: int
    as_of: bool = False
    of_paragraph: bool = False
    of_occasion: bool = False
    of_years: bool = False


NOTHING = Scope(None, -1)


@dataclass(slots=True)
class InForce:
    """The times in force at the place that reading has come to.

    `report` is what the article as a whole reports on; `running` the last scope opened, until another follows; `local`
    what a sentence opened for the rest of its block only; `span` the run of years that the running scope is a part of;
    `whole` the scope that a run of days inside of it goes back to behind its paragraph; `heading` the span of the
    heading or lead-in that was last gone back to; `above` the spans of the lead-in and the nearest heading of a list
    item; `is_gathered` whether what is reported on was gathered from the text, and neither title nor opening tells it.
    """

    report: Period | None = None
    running: Scope = NOTHING
    local: Period | None = None
    span: Period | None = None
    whole: Scope = NOTHING
    heading: tuple[int, int] | None = None
    above: list[tuple[int, int]] = field(default_factory=list)
    weekly: bool = False
    is_gathered: bool = False

    @property
    def scope(self) -> Period | None:
        """What the text itself has opened."""
        return self.local or self.running.period

    def copy(self) -> "InForce":
        """What is in force now, to go back to."""
        return replace(self, above=[*self.above])

    def go_back(self, earlier: "InForce") -> None:
        """Put in force again all that was."""
        for each in fields(self):
            setattr(self, each.name, getattr(earlier, each.name))

    def open(self, scope: Scope) -> None:
        """Put a scope in force in place of those before; of a year the run of years that it lies in is kept."""
        run = self.running.period
        if scope.of_paragraph and not self.running.of_paragraph:
            self.whole = self.running if _holds(run, scope.period) else NOTHING
        if run is not None and run.is_run_of_years:
            self.span = run
        if self.span is not None and not lies_in(scope.period, self.span):
            self.span = None
        self.running = scope
        self.local = None


def _holds(period: Period | None, part: Period | None) -> bool:
    return period is not None and part is not None and period.start <= part.start and part.end <= period.end


def lies_in(period: Period | None, run: Period) -> bool:
    """Whether a period is one of the years of a run, or the year that a term of office ends in."""
    return period is not None and period.is_calendar_year and run.start.year <= period.start.year <= run.end.year + 1
