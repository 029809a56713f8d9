"""The term of office a document is about: the one that ends, and the one that begins."""

from civic_etl.extract.calendar_period import Period, shift, year
from civic_etl.extract.calendar_period import term as term_of
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_CONGRESS, _COUNCIL, _TITLE_OF_TERM, _HELD = (
    _PATTERNS[key] for key in ("congress", "council", "title_of_term", "congress_held")
)
_NAMED_BEFORE = 120
_OPENING = 600
_TERM = 5
_TERMS = frozenset({"term", "office_term"})
_IN_TITLE = _TERMS | {"year_range"}


def before(term: Period) -> Period:
    """The term that ends where one begins, as long as that: of a village's Party cell three years or less.

    A stage that names both its ends ("giai đoạn 2015-2020") is one of five years too.
    """
    if term.end.year - term.start.year == _TERM:
        return term_of(term.start.year - _TERM, term.start.year)
    return shift(term, term.start.year - term.end.year - 1)


class Terms:
    """The terms that a document names: the `first` of them, and the `next`, which a Party congress sets goals for."""

    def __init__(self, text: TimeText) -> None:
        self._text = text
        in_title = [c.period for c in text.title_cues if c.kind in _IN_TITLE and c.period]
        named = [(c, c.period) for c in text.cues if c.kind in _TERMS and c.period]
        of_congress = [period for cue, period in named if self._is_of_congress(cue)]
        self._all = [*(period for _, period in named), *in_title]
        self._offices = [p for cue, p in named if cue.kind == "office_term"]
        self._offices += [c.period for c in text.title_cues if c.kind == "office_term" and c.period]
        self.first = next((c.period for c in (*text.title_cues, *text.cues) if c.kind in _TERMS and c.period), None)
        named_next = self._coming([*of_congress, *(in_title if _TITLE_OF_TERM.search(text.title) else ())])
        self.next = named_next or self._of_congress_held()

    def of(self, kind: str) -> Period | None:
        """The period of a cue "term_now", "term_start", "term_end" or "term_next"."""
        if kind == "term_next":
            return self.next or self._of_congress_year()
        if not self._all:
            return None
        reference = self._text.reference
        past = [t for t in self._offices or self._all if reference is None or t.start.year < reference.year - 1]
        chosen = past[0] if past else before((self._offices or self._all)[0])
        if kind == "term_end":
            return year(chosen.end.year + 1)
        return year(chosen.start.year) if kind == "term_start" else chosen

    def is_of_office(self, term: Period) -> bool:
        """Whether a run of years may be the term of office told of: it is named as one, or none is."""
        return not self._offices or term in self._offices

    def _coming(self, terms: list[Period]) -> Period | None:
        """The first of the terms that has not begun long ago."""
        reference = self._text.reference
        return next((t for t in terms if reference is not None and t.start.year >= reference.year - 1), None)

    def _of_congress_held(self) -> Period | None:
        """The term that begins with the Party congress that a title tells of; they are held in every fifth year."""
        reference = self._text.reference
        if reference is None or reference.year % _TERM or not self._text.is_published:
            return None
        return term_of(reference.year, reference.year + _TERM) if _HELD.search(self._text.title) is not None else None

    def _of_congress_year(self) -> Period | None:
        """The term that begins in a year of congresses, where the text speaks of one."""
        reference = self._text.reference
        if reference is None or reference.year % _TERM or not self._text.is_published:
            return None
        told = _HELD.search(self._text.folded, 0, _OPENING) is not None
        return term_of(reference.year, reference.year + _TERM) if told else None

    def _is_of_congress(self, cue: PeriodCue) -> bool:
        """Whether a term is named as that of a Party congress; a council's says nothing of goals."""
        before = self._text.before(cue, _NAMED_BEFORE)
        return _CONGRESS.search(before) is not None and _COUNCIL.search(before) is None
