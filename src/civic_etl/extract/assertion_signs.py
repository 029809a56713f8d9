"""What a figure and the words around it show of whether it is a fact of its place, as words that weigh."""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.layout import Sentence
from civic_etl.extract.lexicon import label_table, read_data

_WORDS = "assertion.yaml"
_IGNORED = "none"
_LABELS = sorted(read_data(_WORDS).keys() - {_IGNORED})
# so near before a figure a word tells what it is of
_BEFORE = 28
# a text speaks of what it has more words of in so many characters
_OFTEN = 2.0
_PER = 1000
# figures so near speak of the same
_NEAR = 3
_STEPS = (0.15, 0.35, 0.6, 0.85)
_FEW = Decimal(10)
# where a text without a title opens
_HEAD = 160
_COMPARED = frozenset({"plan_ratio", "plan_change", "prior_ratio", "change", "change_pct", "multiple"})
_RATES = frozenset({"percent", "percentage_point", "permille"})
_BARE = frozenset({"", "unit", "m", "km", "kg", "m2", "times"})
_GUESSED = frozenset({"left-far"})
_BOUNDS = frozenset({"lt", "le", "ge"})


class AssertionSigns:
    """The signs of the figures of one document; `drafts` are all of them, in text order."""

    def __init__(self, context: Context, drafts: list[Draft]) -> None:
        self._context = context
        self._drafts = drafts
        self._rank = {id(draft): rank for rank, draft in enumerate(drafts)}
        self._coded = [draft.code != "other" and draft.rules[0] not in _GUESSED for draft in drafts]
        found = [each for each in label_table(_WORDS).spans(context.line) if each[2] != _IGNORED]
        self._said = [label for _, _, label in found]
        self._starts = [context.line.starts[first] for first, _, _ in found]
        self._sentences: dict[int, tuple[str, ...]] = {}
        self.of_all = (*self._of_title(), *self._of_text(), *self._of_drafts())
        """The signs that all figures of the document have."""

    def of(self, draft: Draft) -> tuple[str, ...]:
        """The signs of a figure of the document."""
        return (*self.of_all, *self.own(draft))

    def own(self, draft: Draft) -> tuple[str, ...]:
        """The signs of a figure that not all of the document have."""
        around = (*self._of_sentence(draft.sentence), *self._beside(draft), *self._near(draft))
        return (*around, *_of_figure(draft))

    def _of_title(self) -> set[str]:
        line = self._context.title_line
        if line.words:
            return {f"title:{label}" for _, _, label in label_table(_WORDS).spans(line) if label != _IGNORED}
        return {f"title:{label}" for label in self._within(0, _HEAD)}

    def _within(self, start: int, end: int) -> list[str]:
        """What the words that start inside [start, end) speak of."""
        low = bisect_left(self._starts, start)
        return self._said[low : bisect_left(self._starts, end, low)]

    def _of_text(self) -> Iterator[str]:
        length = len(self._context.folded)
        for label in _LABELS:
            density = self._said.count(label) * _PER / max(length, _PER)
            if density > _OFTEN:
                yield f"text:{label}"

    def _of_drafts(self) -> Iterator[str]:
        drafts = self._drafts
        yield from _share("all:coded", sum(self._coded), len(drafts) + 2)
        yield from _share("all:compared", sum(d.measure in _COMPARED for d in drafts), len(drafts) + 2)
        yield from _share("all:rates", sum(d.unit in _RATES for d in drafts), len(drafts) + 2)
        yield from _share("all:bare", sum(d.quantity.unit in _BARE for d in drafts), len(drafts) + 2)

    def _of_sentence(self, sentence: Sentence) -> tuple[str, ...]:
        known = self._sentences.get(sentence.start)
        if known is None:
            known = tuple(f"sentence:{label}" for label in set(self._within(sentence.start, sentence.end)))
            self._sentences[sentence.start] = known
        return known

    def _beside(self, draft: Draft) -> set[str]:
        """The words right before a figure, in its sentence."""
        start = draft.quantity.start
        return {f"before:{label}" for label in self._within(max(draft.sentence.start, start - _BEFORE), start)}

    def _near(self, draft: Draft) -> Iterator[str]:
        """How many of the figures around are of indicators."""
        rank = self._rank[id(draft)]
        low = max(0, rank - _NEAR)
        others = [at for at in range(low, min(len(self._drafts), rank + _NEAR + 1)) if at != rank]
        yield from _share("near:coded", sum([self._coded[at] for at in others]), len(others))
        same = [at for at in others if self._drafts[at].sentence == draft.sentence]
        yield from _share("beside:coded", sum([self._coded[at] for at in same]), len(same))


def _share(name: str, some: int, all_: int) -> list[str]:
    """One sign for each step that a share is above."""
    return [sign for step, sign in _steps(name) if some > step * all_] if all_ else []


@cache
def _steps(name: str) -> tuple[tuple[float, str], ...]:
    """The steps of a share with their signs."""
    return tuple((step, f"{name}>{step}") for step in _STEPS)


def _of_figure(draft: Draft) -> Iterator[str]:
    quantity, rule = draft.quantity, draft.rules[0]
    coded = "coded" if draft.code != "other" else "other"
    yield f"{coded}:{rule}"
    yield f"unit:{quantity.unit or 'none'}"
    yield coded
    if draft.period is not None and not draft.period.is_day:
        yield "span"
    if quantity.per:
        yield "per"
    if quantity.comparator in _BOUNDS:
        yield "bound"
    if draft.measure == "level" and quantity.value <= _FEW and quantity.unit not in {"VND", "USD", *_RATES}:
        yield f"few {coded}"
    if draft.breakdown:
        yield "breakdown"
    if quantity.denominator is not None:
        yield "fraction"
    if draft.block.kind in {"bullet", "row"}:
        yield "listed"
