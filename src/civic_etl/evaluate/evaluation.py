"""Reading gold sets and scoring what was found."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from civic_etl.errors import ParseError
from civic_etl.evaluate.claims import Claim, claim_of
from civic_etl.evaluate.gold import GoldSet, read_gold
from civic_etl.evaluate.levels import FULL, LEVELS, Judge
from civic_etl.evaluate.mentions import EVENT_LEVELS, OFFICE_LEVELS, events_of, offices_of, score_mentions
from civic_etl.evaluate.pairing import Pair, pair_all
from civic_etl.evaluate.score import Score
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Extraction
from civic_etl.indicators import load_catalogue

Reader = Callable[[Document], Extraction]

GROUPINGS: dict[str, Callable[[Claim], str]] = {
    "indicator": lambda claim: claim.indicator,
    "kind": lambda claim: claim.kind,
    "measure": lambda claim: claim.measure,
    "unit": lambda claim: claim.unit,
    "document": lambda claim: claim.doc_id,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was found in a set held against its gold. `texts` are the articles by id."""

    name: str
    role: str
    judge: Judge
    pairs: tuple[Pair, ...]
    offices: dict[str, Score]
    events: dict[str, Score]
    texts: dict[str, str] = field(repr=False)

    def levels(self) -> dict[str, Score]:
        """The score at each level."""
        return levels_of(self.pairs)

    def by(self, grouping: str) -> dict[str, dict[str, Score]]:
        """Scores by level for each group of a `GROUPINGS` key, most gold rows first.

        A pair counts in the group of its gold claim, a wrong find in its own group too, as found there.
        """
        key = GROUPINGS[grouping]
        groups: dict[str, dict[str, Score]] = defaultdict(lambda: dict.fromkeys(LEVELS, Score(0, 0, 0)))
        for pair in self.pairs:
            for number, level in enumerate(LEVELS):
                if pair.gold is not None:
                    groups[key(pair.gold)][level] += Score(int(pair.depth > number), 0, 1)
                if pair.found is not None:
                    groups[_found_in(pair, key)][level] += Score(0, 1, 0)
        return dict(sorted(groups.items(), key=lambda item: (-item[1]["FULL"].gold, item[0])))


def _found_in(pair: Pair, key: Callable[[Claim], str]) -> str:
    """The group a find counts in: its gold's where all is right ("other" may be answered by a newer code)."""
    if pair.gold is not None and (pair.depth == FULL or pair.found is None):
        return key(pair.gold)
    assert pair.found is not None  # noqa: S101 - asked only of pairs that found something
    return key(pair.found)


def levels_of(pairs: Iterable[Pair]) -> dict[str, Score]:
    """The score at each level of any pairs."""
    pairs = list(pairs)
    gold = sum(pair.gold is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)
    return {level: Score(sum(p.depth > number for p in pairs), found, gold) for number, level in enumerate(LEVELS)}


def evaluate_set(gold: GoldSet, reader: Reader = extract, codes: Iterable[str] | None = None) -> Evaluation:
    """Read the articles of a set and score what was found.

    `codes` are those the annotators chose from; the catalogue's if not given.
    """
    judge = Judge(frozenset(load_catalogue().indicators if codes is None else codes))
    read = [reader(document) for document in gold.documents]
    found = [claim_of(observation) for extraction in read for observation in extraction.observations]
    return Evaluation(
        name=gold.name,
        role=gold.role,
        judge=judge,
        pairs=tuple(pair_all(gold.observations, found, judge)),
        offices=score_mentions(gold.offices, [m for e in read for m in offices_of(e)], OFFICE_LEVELS),
        events=score_mentions(gold.events, [m for e in read for m in events_of(e)], EVENT_LEVELS),
        texts={document.doc_id: document.text for document in gold.documents},
    )


def evaluate_folder(folder: Path, reader: Reader = extract) -> list[Evaluation]:
    """Score a gold set, or every set in the folders inside `folder`, by name.

    Raises ParseError where there is no set.
    """
    codes = codes_of(folder)
    return [evaluate_set(gold, reader, codes) for gold in sets_in(folder)]


def sets_in(folder: Path) -> list[GoldSet]:
    """The gold set that a folder is, or those in the folders inside it. Raises ParseError where there is none."""
    return [read_gold(path) for path in folders_in(folder)]


def folders_in(folder: Path) -> list[Path]:
    """The folders of those sets, in their order."""
    paths = [folder] if (folder / "docs.jsonl").is_file() else sorted(p.parent for p in folder.glob("*/docs.jsonl"))
    if not paths:
        raise ParseError("holds no gold set: no docs.jsonl here or one folder below", file=str(folder))
    return paths


def codes_of(folder: Path) -> list[str]:
    """The codes that annotators chose from: those of `codes.txt` beside or above the sets, else the catalogue's."""
    listed = next((p for p in (folder / "codes.txt", folder.parent / "codes.txt") if p.is_file()), None)
    return list(load_catalogue().indicators) if listed is None else listed.read_text(encoding="utf-8").split()
