"""What became of each number of an article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from civic_etl.explain.numbers import seen_numbers
from civic_etl.explain.overlaps import Overlaps
from civic_etl.explain.reasons import reason_of
from civic_etl.extract.normal import normalise
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Extraction, Observation, Unresolved

# reasons of `Unresolved` that leave the number among the observations; the others took it away
_OPEN = frozenset({"indicator", "place", "period"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of the article at `text[start:end]` of the stored text.

    `readings` are the observations made of it, none where it was set aside; `reason` and `why` then say why. `notes`
    tell what stayed open of the readings.
    """

    number: int
    start: int
    end: int
    readings: tuple[Observation, ...] = ()
    reason: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document, what extraction made of it, and its numbers from left to right, none overlapping another."""

    document: Document
    extraction: Extraction
    marks: tuple[Mark, ...]

    def pieces(self) -> Iterator[tuple[str, Mark | None]]:
        """The whole text in order, cut at the marks."""
        text, reached = self.document.text, 0
        for mark in self.marks:
            if mark.start > reached:
                yield text[reached : mark.start], None
            yield text[mark.start : mark.end], mark
            reached = mark.end
        if reached < len(text):
            yield text[reached:], None

    @property
    def read(self) -> tuple[Mark, ...]:
        """Numbers that became observations."""
        return tuple(mark for mark in self.marks if mark.readings)

    @property
    def set_aside(self) -> tuple[Mark, ...]:
        """Numbers that did not."""
        return tuple(mark for mark in self.marks if not mark.readings)


@dataclass(frozen=True, slots=True)
class _Cluster:
    start: int
    end: int
    readings: tuple[Observation, ...]


def explain(document: Document) -> Explanation:
    """Extract from a document and say of each of its numbers what it was read as, or why it was not."""
    extraction = extract(document)
    clusters = _clusters(extraction.observations)
    left_open = [item for item in extraction.unresolved if item.reason in _OPEN]
    notes = Overlaps(left_open, lambda item: (item.char_start, item.char_end))
    drafts = [(c.start, c.end, c.readings, "", "", _notes(notes.of(c.start, c.end))) for c in clusters]
    drafts += [(*aside, ()) for aside in _set_aside(document, extraction, clusters)]
    marks = [Mark(number, *draft) for number, draft in enumerate(sorted(drafts, key=lambda d: d[:2]), 1)]
    return Explanation(document, extraction, tuple(marks))


def _clusters(observations: tuple[Observation, ...]) -> list[_Cluster]:
    """Observations whose spans overlap (a fraction and its denominator) share one mark."""
    clusters: list[_Cluster] = []
    for observation in sorted(observations, key=lambda o: (o.char_start, -o.char_end)):
        start, end = observation.char_start, observation.char_end
        if clusters and start < clusters[-1].end:
            last = clusters.pop()
            clusters.append(_Cluster(last.start, max(last.end, end), (*last.readings, observation)))
        else:
            clusters.append(_Cluster(start, end, (observation,)))
    return clusters


def _notes(left_open: Iterable[Unresolved]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{item.reason}: {item.detail}" for item in left_open))


def _set_aside(
    document: Document, extraction: Extraction, clusters: list[_Cluster]
) -> Iterator[tuple[int, int, tuple[Observation, ...], str, str]]:
    normal = normalise(document.text)
    said = Overlaps(_said(extraction), lambda item: item[:2])
    taken = Overlaps(clusters, lambda cluster: (cluster.start, cluster.end))
    for seen in seen_numbers(normal):
        start, end = normal.stored(seen.start, seen.end)
        if any(taken.of(start, end)):
            continue
        told = next(said.of(start, end), None)
        worked_out = reason_of(normal.folded, seen.start, seen.end, seen.kind)
        reason, why = told[2:] if told is not None else worked_out
        yield start, end, (), reason, why


def _said(extraction: Extraction) -> list[tuple[int, int, str, str]]:
    """Spans that extraction itself took away, with its reason."""
    own = [(s.char_start, s.char_end, s.reason, s.detail) for s in getattr(extraction, "set_aside", ())]
    # what an observation leaves open is not asked for here: its number is taken
    drafts = [(u.char_start, u.char_end, u.reason, u.detail) for u in extraction.unresolved]
    return [(start, end, reason, detail or reason) for start, end, reason, detail in own + drafts]
